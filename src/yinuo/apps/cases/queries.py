"""Reading cases. Every query that returns cases starts from `visible_to`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from yinuo.apps.cases.models import Case, CaseEvent, Draft
from yinuo.apps.cases.moved import moved_in
from yinuo.apps.cases.recording import about_of, columns, event_of
from yinuo.apps.documents import auditing
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.looks.queries import opened_by_glass
from yinuo.apps.mandates.queries import contact, covered
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import ANONYMOUS, anonymous, units_of
from yinuo.apps.promises.models import PromiseRow
from yinuo.apps.promises.projection import rows
from yinuo.apps.promises.queries import of_case, run_out
from yinuo.core.calendar import Calendar
from yinuo.core.case import SYSTEM, Actor, CaseState, Context, Event, Stage, apply, fold, handle
from yinuo.core.case.commands import Redate
from yinuo.core.case.passing import CLOSE_AFTER, TIMED, TIMED_KEYS, pass_time
from yinuo.core.case.redaction import redacted
from yinuo.core.case.state import UNDECIDED
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import check_query_code, normalize
from yinuo.core.item import Item
from yinuo.core.ledger import first_break


def visible_to(person: Any, today: date, now: datetime | None = None) -> QuerySet[Case]:
    """The cases that somebody may see at all: own ones and those of whom they act for today, or those that
    one's units have or are offered. What was erased is nobody's to see any more.

    With `now`, for the page of one case and never for a list: also what this person broke the glass of.
    """
    found = counted_for(person, today)
    if now is not None and isinstance(person, Person) and person.is_staff:
        found = found | Case.objects.filter(number__in=opened_by_glass(person, now))
    return found.filter(erased_on__isnull=True)


def counted_for(person: Any, today: date) -> QuerySet[Case]:
    """The same with the cases that were erased since, for numbers that name no case and must not shrink."""
    if not isinstance(person, Person):
        return Case.objects.none()
    if person.is_staff:
        units = units_of(person, catalogue().city, today)
        return Case.objects.filter(Q(unit__in=units) | Q(offered__in=units))
    return Case.objects.filter(Q(principal="", applicant=person) | covered(person, today))


def open_queue(person: Any, today: date) -> QuerySet[Case]:
    """What staff still have to do, the next due first; a stopped clock comes last."""
    delivered = Stage.DELIVERED.value  # waits only for the applicant
    queue = visible_to(person, today).filter(ended_at__isnull=True).exclude(stage=delivered)
    return queue.order_by(F("due_on").asc(nulls_last=True), "pk")


def named(text: str) -> Case | None:
    """The case of a number or a query code, whoever may see it: for breaking the glass, and nothing else."""
    found = Q(number=text.strip()) | Q(query_code=normalize("query-code", text))
    return Case.objects.filter(found, erased_on__isnull=True).first()


def drafts_of(person: Person, today: date) -> QuerySet[Draft]:
    """The applications that somebody may go on with, own ones and those of whom they act for today."""
    own = Q(principal="", person=person) | covered(person, today)
    return Draft.objects.filter(own, case__isnull=True).order_by("-changed_at")


def draft_of(person: Person, draft: UUID, today: date) -> Draft | None:
    """One application, handed in or not, that somebody may go on with; any other does not exist.

    A draft that became an anonymous report is nobody's: whoever still knows its id was its sender.
    """
    unnamed = Q(person__login=ANONYMOUS, case__isnull=False)
    own = Q(principal="", person=person) | covered(person, today) | unnamed
    return Draft.objects.select_related("case__applicant").filter(own, pk=draft).first()


def speaks_for(case: Case, today: date) -> Person:
    """Who is asked and called about a case: who handed it in while they may act, else the principal."""
    return Person.objects.get(pk=contact(case.principal, str(case.applicant_id), case.item, today))


@dataclass(frozen=True, slots=True)
class Opened:
    """A case as somebody reads it: the row, the folded state, the item it pinned and its events."""

    case: Case
    state: CaseState
    item: Item
    events: tuple[Event, ...]


def opened(case: Case, now: datetime | None = None) -> Opened:
    """The case as its events say; at `now`, with what another calendar and time have brought about since,
    written down or not."""
    events = tuple(event_of(row) for row in case.events.order_by("seq"))
    state, item = fold(events), pinned(case.item, case.item_version)
    if now is None:
        return Opened(case, state, item, events)
    state, redated = _redated(state, clock(item, now))
    state, passed = pass_time(state, clock(item, now))
    return Opened(case, state, item, (*events, *redated, *passed))


def _redated(state: CaseState, context: Context) -> tuple[CaseState, list[Event]]:
    """Other days for open promises, before anything else happens: whoever acts, acts on the new ones."""
    found = moved_in(state.number, context.calendar)
    if not found:
        return state, []
    command = Redate([one.as_json() for one in found], context.calendar.version)
    events = handle(command, state, context)
    if isinstance(events, Refusal):
        return state, []
    for event in events:
        state = apply(state, event)
    return state, events


def clock(item: Item, now: datetime) -> Context:
    """What a rule may look at when time itself acts."""
    return context(SYSTEM, item, now)


def context(who: Actor, item: Item, now: datetime) -> Context:
    served = catalogue()
    duties, powers = served.rules.supervision.duties, served.city.posts.powers
    return Context(who, now, item, served.calendar, duties, powers)


def progress(code: str, now: datetime) -> Opened | None:
    """The case of a query code, for a page that shows how far it is and nothing about anybody.

    None for a code that does not exist. The code is the permission: 12 characters that only the
    applicant was given.
    """
    code = normalize("query-code", code)
    if check_query_code(code) is not None:
        return None
    case = Case.objects.filter(query_code=code, erased_on__isnull=True).first()
    return opened(case, now) if case else None


def touched_by_time(now: datetime) -> list[int]:
    """The keys of the cases in which time may have brought something about: never one too few."""
    quiet = Q(stage=Stage.DELIVERED.value, changed_at__lt=now - CLOSE_AFTER)
    silent = [key for key, item in catalogue().items.items() if item.silence is not None]
    by_law = Q(item__in=silent, stage__in=[stage.value for stage in UNDECIDED])
    over = Q(stage__in=[stage.value for stage in TIMED], number__in=run_out(now, TIMED_KEYS))
    return list(Case.objects.filter(quiet | by_law | over).order_by("pk").values_list("pk", flat=True))


def by_number(number: str, now: datetime) -> Opened | None:
    """The case that a signed rating link names; the signature is the permission, and only to rate."""
    kept = Case.objects.filter(erased_on__isnull=True)
    case = kept.select_related("applicant").filter(number=number).first()
    return opened(case, now) if case else None


def drawn(draw: str) -> bool:
    """Whether the lot of that month was drawn already."""
    return PromiseRow.objects.filter(key="follow-up", about=draw).exists()


@dataclass(frozen=True, slots=True)
class Fault:
    """One case that does not equal the fold of its events."""

    number: str
    what: str


def audit(calendar: Calendar) -> Iterator[tuple[str, list[Fault]]]:
    """Case by case: the chain holds; row, promises and documents equal what the events add up to."""
    for pk, number in Case.objects.order_by("pk").values_list("pk", "number").iterator():
        yield number, list(_readable(pk, number, calendar))


def _readable(pk: int, number: str, calendar: Calendar) -> Iterator[Fault]:
    try:
        yield from _faults(Case.objects.get(pk=pk), calendar)
    except Exception as error:  # a row that was changed by hand fails in any way
        where = _unreadable(pk) or f"the case or a promise ({type(error).__name__})"
        yield Fault(number, f"cannot be read: {where}")


def _unreadable(pk: int) -> str:
    """The events of a case that cannot even be read; empty when they can."""
    found = []
    for event, seq in CaseEvent.objects.filter(case=pk).order_by("seq").values_list("pk", "seq"):
        try:
            event_of(CaseEvent.objects.get(pk=event))
        except Exception:  # as above
            found.append(f"event {seq}")
    return ", ".join(found)


def _faults(case: Case, calendar: Calendar) -> Iterator[Fault]:
    stored = list(case.events.order_by("seq"))
    wrong = _erased_faults(case, stored) if case.erased_on else _chain_faults(case, stored)
    if wrong:
        yield Fault(case.number, wrong)
        return
    yield from _mislaid(case.number, stored)
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
    for what in () if case.erased_on else _papers(case.number, stored):
        yield Fault(case.number, what)


def _mislaid(number: str, stored: list[CaseEvent]) -> Iterator[Fault]:
    """Events that the database finds by something that they do not say."""
    for row in stored:
        if row.about != about_of(event_of(row)):
            yield Fault(number, f"event {row.seq} is found by {row.about!r}, which it does not say")


def _chain_faults(case: Case, stored: list[CaseEvent]) -> str:
    broken = first_break(case.number, ((event_of(row), row.hash) for row in stored))
    return f"the chain breaks at event {broken}" if broken is not None else ""


def _erased_faults(case: Case, stored: list[CaseEvent]) -> str:
    """Of an erased case no event gives its hash any more; the hashes are compared with the sealed days. What
    can be told is whether an event is missing, and whether anything personal was left or put back."""
    events = [event_of(row) for row in stored]
    if [event.seq for event in events] != list(range(1, len(events) + 1)):
        return "an event of the erased case is gone"
    left = [e.seq for e, bare in zip(events, redacted(events, str(anonymous().pk)), strict=True) if e != bare]
    return f"it was erased, and event {left[0]} still tells of somebody" if left else ""


def _papers(number: str, stored: list[CaseEvent]) -> Iterator[str]:
    """What is wrong with the files that the events of a case name."""
    revoked = next((row.at for row in stored if row.kind == "revoked"), None)
    yield from auditing.results(number, [row.payload for row in stored if row.kind == "issued"], revoked)
    handed_in = (row.payload.get("provided", {}) for row in stored if row.role == "applicant")
    yield from auditing.missing(key for provided in handed_in for ids in provided.values() for key in ids)


def _compared(row: PromiseRow) -> tuple[object, ...]:
    return (
        row.place, row.key, row.about, row.owner, row.unit, row.post, row.person, row.item, row.started_at,
        row.used, row.facts, row.reasons, row.due_on, row.due_at, row.statutory_due_on, row.ended_at,
        row.is_void, row.is_paused,
    )  # fmt: skip


def last_hash(case: Case) -> str:
    return CaseEvent.objects.filter(case=case).order_by("-seq").values_list("hash", flat=True)[0]
