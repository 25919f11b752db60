"""Writing what the core allowed: events, projection and promises in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from yinuo.apps.cases.models import Case, CaseEvent
from yinuo.apps.promises.actions.project import project
from yinuo.core.calendar import Calendar
from yinuo.core.case import CaseState, Event
from yinuo.core.clock import SHANGHAI, Stopped, day_of
from yinuo.core.ledger import digest


def append(case: Case, events: Sequence[Event], before: str) -> None:
    """Add the events to the chain. Raises IntegrityError when somebody else was quicker."""
    for event in events:
        before = digest(before, case.number, event)
        _row(case, event, before).save(force_insert=True)


def _row(case: Case, event: Event, chained: str) -> CaseEvent:
    return CaseEvent(
        case=case,
        seq=event.seq,
        kind=event.kind,
        at=event.at,
        actor=event.actor,
        role=event.role,
        payload=event.payload,
        about=about_of(event),
        hash=chained,
    )


def about_of(event: Event) -> str | None:
    """What the database finds an event by, since it cannot read the payload; nothing of a person. The month
    of a lot; the visit whose rating counts no more, since an appeal was upheld."""
    if event.kind == "drawn":
        return str(event.payload["draw"])
    if event.kind == "appeal-decided" and event.payload["upheld"]:
        return str(event.payload["visit"])
    return None


def event_of(row: CaseEvent) -> Event:
    """The core's event of a row, with its time in Shanghai as the core made it."""
    return Event(row.seq, row.kind, row.at.astimezone(SHANGHAI), row.actor, row.role, row.payload)


def columns(state: CaseState, calendar: Calendar) -> dict[str, Any]:
    """The case row as it should stand."""
    return {
        "number": state.number,
        "query_code": state.query_code,
        "item": state.item,
        "item_version": state.item_version,
        "applicant_id": UUID(state.applicant),
        "principal": state.principal,
        "unit": state.unit,
        "offered": str(state.offered["unit"]) if state.offered else "",
        "owner": state.owner.person,
        "stage": state.stage.value,
        "step": state.step,
        "seq": state.seq,
        "received_at": state.received,
        "changed_at": state.changed,
        "ended_at": state.ended,
        "granted": state.granted,
        "rating": state.rating["level"] if state.rating else None,
        "rated_at": state.rated,
        "due_on": next_due(state, calendar),
        "accepted_at": state.accepted,
        "decided_at": state.decided,
        "notices": state.notices,
        "deemed": state.deemed,
    }


def next_due(state: CaseState, calendar: Calendar) -> Any:
    """The earliest day on which the office owes something; None while nothing runs. How long a special
    procedure may last is watched over as well, but meanwhile the clock stands still."""
    owed = (p.due(calendar) for p in state.open_promises if p.owner != "applicant" and p.key != "procedure")
    return min((day_of(due) for due in owed if not isinstance(due, Stopped)), default=None)


def write(case: Case, state: CaseState, calendar: Calendar) -> None:
    """Bring the projections up to the state."""
    for name, value in columns(state, calendar).items():
        setattr(case, name, value)
    case.save()
    project(state, calendar)
