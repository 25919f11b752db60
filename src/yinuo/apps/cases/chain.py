"""Reading the chains: the hashes of all events, day by day, and the events of a case with their texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from yinuo.apps.cases.models import Case, CaseEvent
from yinuo.apps.cases.recording import event_of
from yinuo.core.case import Event
from yinuo.core.clock import SHANGHAI, day_of
from yinuo.core.ledger import EMPTY, text


class Link(NamedTuple):
    """One event in the chain of its case."""

    number: str
    seq: int
    hash: str


class Chained(NamedTuple):
    """An event, the text that was hashed, and the hash."""

    event: Event
    text: str
    hash: str


def chained(number: str) -> Iterator[Chained]:
    """The events of a case as they are stored, in their order."""
    before = EMPTY
    for row in CaseEvent.objects.filter(case__number=number).order_by("seq"):
        event = event_of(row)
        yield Chained(event, text(before, number, event).decode(), row.hash)
        before = row.hash


def first_day() -> date | None:
    """The day in Shanghai of the first event of all, None when there is none."""
    first = CaseEvent.objects.order_by("at").values_list("at", flat=True).first()
    return day_of(first) if first else None


def links(first: date, last: date) -> Iterator[tuple[date, list[Link]]]:
    """Every day from first to last that has events, with these by case number and place."""
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    rows = CaseEvent.objects.filter(at__gte=begin, at__lt=end).order_by("at")
    found = rows.values_list("at", "case__number", "seq", "hash").iterator(chunk_size=2000)
    for day, events in groupby(found, key=lambda event: day_of(event[0])):
        yield day, sorted(Link(*event[1:]) for event in events)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def unknown(numbers: set[str]) -> set[str]:
    """Those of the numbers that no case has."""
    return numbers - set(Case.objects.values_list("number", flat=True))
