"""Giving open promises the days that another calendar counts, with an event that says so to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from yinuo.apps.cases.actions.record import record
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.moved import out_of_date
from yinuo.apps.cases.queries import opened
from yinuo.apps.cases.recording import write
from yinuo.core.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Redated:
    """A case that was brought up to date, and how many of its promises moved."""

    case: str
    promises: int


def redate(calendar: Calendar, now: datetime) -> Iterator[Redated]:
    """Case by case, so that it can be watched, stopped and begun again; `calendar`: the one in service.

    Whoever acts on a case before its turn has come does the same to it (`queries.opened`), so each move is
    written once, whatever crashes, and by however many at once.
    """
    for number in out_of_date(calendar):
        try:
            done = _redate(number, calendar, now)
        except IntegrityError:  # somebody acts on it at this moment, and does it
            continue
        yield done


@transaction.atomic
def _redate(number: str, calendar: Calendar, now: datetime) -> Redated:
    case = Case.objects.select_for_update().get(number=number)
    stored, found = case.seq, opened(case, now)
    events = found.events[stored:]
    if events:
        record(case, events, found.state, found.item, now=now)
    else:  # only the day of the law is another one, or somebody was quicker
        write(case, found.state, calendar)
    told: list[Any] = [event.payload["promises"] for event in events if event.kind == "redated"]
    return Redated(number, sum(map(len, told)))
