"""Reading cases. Every query that returns cases starts from `visible_to`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from yinuo.apps.cases.models import Case, CaseEvent, Draft
from yinuo.apps.cases.recording import columns, event_of
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import units_of
from yinuo.apps.promises.models import PromiseRow
from yinuo.apps.promises.projection import rows
from yinuo.apps.promises.queries import of_case
from yinuo.core.calendar import Calendar
from yinuo.core.case import CaseState, Event, Stage, fold
from yinuo.core.identifiers import check_query_code, normalize
from yinuo.core.item import Item
from yinuo.core.ledger import first_break


def visible_to(person: Any, today: date) -> QuerySet[Case]:
    """The cases that somebody may see at all: own ones, or those of the units where a post is held."""
    if not isinstance(person, Person):
        return Case.objects.none()
    if person.is_staff:
        return Case.objects.filter(unit__in=units_of(person, catalogue().city, today))
    return Case.objects.filter(applicant=person)


def open_queue(person: Any, today: date) -> QuerySet[Case]:
    """What staff still have to do, the next due first; a stopped clock comes last."""
    delivered = Stage.DELIVERED.value  # waits only for the applicant
    queue = visible_to(person, today).filter(ended_at__isnull=True).exclude(stage=delivered)
    return queue.order_by(F("due_on").asc(nulls_last=True), "pk")


def drafts_of(person: Person) -> QuerySet[Draft]:
    """Applications that were begun and not handed in."""
    return Draft.objects.filter(person=person, case__isnull=True).order_by("-changed_at")


@dataclass(frozen=True, slots=True)
class Opened:
    """A case as somebody reads it: the row, the folded state, the item it pinned and its events."""

    case: Case
    state: CaseState
    item: Item
    events: tuple[Event, ...]


def opened(case: Case) -> Opened:
    events = tuple(event_of(row) for row in case.events.order_by("seq"))
    return Opened(case, fold(events), pinned(case.item, case.item_version), events)


def progress(code: str) -> Opened | None:
    """The case of a query code, for a page that shows how far it is and nothing about anybody.

    None for a code that does not exist. The code is the permission: 12 characters that only the
    applicant was given.
    """
    code = normalize("query-code", code)
    if check_query_code(code) is not None:
        return None
    case = Case.objects.filter(query_code=code).first()
    return opened(case) if case else None


@dataclass(frozen=True, slots=True)
class Fault:
    """One case that does not equal the fold of its events."""

    number: str
    what: str


def audit(calendar: Calendar) -> Iterator[tuple[str, list[Fault]]]:
    """Case by case: the chain holds, and row and promises equal what the events add up to."""
    for case in Case.objects.order_by("pk").iterator():
        yield case.number, list(_faults(case, calendar))


def _faults(case: Case, calendar: Calendar) -> Iterator[Fault]:
    stored = list(case.events.order_by("seq"))
    broken = first_break(case.number, ((event_of(row), row.hash) for row in stored))
    if broken is not None:
        yield Fault(case.number, f"the chain breaks at event {broken}")
        return
    if not stored:
        yield Fault(case.number, "there are no events")
        return
    state = fold(event_of(row) for row in stored)
    for name, value in columns(state, calendar).items():
        if getattr(case, name) != value:
            yield Fault(case.number, f"{name} is {getattr(case, name)!r}, the events say {value!r}")
    wanted, held = rows(state, calendar), list(of_case(case.number))
    if [_compared(row) for row in wanted] != [_compared(row) for row in held]:
        yield Fault(case.number, "the promises are not those of the events")


def _compared(row: PromiseRow) -> tuple[object, ...]:
    return (
        row.place, row.key, row.owner, row.unit, row.facts, row.due_on, row.due_at, row.statutory_due_on,
        row.ended_at, row.is_void, row.is_paused,
    )  # fmt: skip


def last_hash(case: Case) -> str:
    return CaseEvent.objects.filter(case=case).order_by("-seq").values_list("hash", flat=True)[0]
