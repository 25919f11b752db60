"""From core promises to the values of their rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from yinuo.apps.promises.models import PromiseRow
from yinuo.core.calendar import Calendar
from yinuo.core.case import CaseState
from yinuo.core.clock import Limit, Stopped, day_of, instant
from yinuo.core.promise import Promise
from yinuo.core.receipt import extension_from_json, extension_json, moment, pause_from_json, pause_json


def rows(state: CaseState, calendar: Calendar) -> list[PromiseRow]:
    """The rows of a case as they should stand."""
    return [
        PromiseRow(case=state.number, place=place, **values(promise, state, calendar))
        for place, promise in enumerate(state.promises)
    ]


def values(promise: Promise, state: CaseState, calendar: Calendar) -> dict[str, Any]:
    due = promise.due(calendar)
    return {
        "key": promise.key,
        "about": promise.about,
        "owner": promise.owner,
        "unit": state.unit,
        "post": promise.post,
        "person": _person(promise, state),
        "item": state.item,
        "started_at": instant(promise.start),
        "used": None if promise.ended is None else used(promise, promise.ended, calendar),
        "facts": facts(promise),
        "reasons": [extension.reason for extension in promise.extensions] or None,
        "due_on": _day(due),
        "due_at": due if isinstance(due, datetime) else None,
        "statutory_due_on": _day(promise.statutory_due(calendar)),
        "ended_at": promise.ended,
        "is_void": promise.void,
        "is_paused": promise.is_paused,
    }


def _person(promise: Promise, state: CaseState) -> str:
    """Who had the case last while the promise ran; where another unit owes it, whoever is there knows."""
    if promise.owner == "applicant":
        return ""
    until = promise.ended or state.changed
    return next((link.person for link in reversed(state.chain) if link.since <= until), state.owner.person)


def used(promise: Promise, until: datetime, calendar: Calendar) -> int:
    """Working days from the trigger to `until`, without those of its pauses."""
    total = calendar.working_days(day_of(promise.start), day_of(until))
    for pause in promise.pauses:
        total -= calendar.working_days(day_of(pause.start), day_of(pause.end or until))
    return max(total, 0)


def facts(promise: Promise) -> dict[str, Any]:
    statutory = promise.statutory
    return {
        "promised": promise.promised.as_json(),
        "statutory": statutory.as_json() if statutory else None,
        "ground": promise.ground,
        "start": promise.start.isoformat(),
        "pauses": [pause_json(pause) for pause in promise.pauses],
        "extensions": [extension_json(replace(one, reason="")) for one in promise.extensions],
    }


def promise_of(row: PromiseRow) -> Promise:
    """The core's promise that a row was made from."""
    held = row.facts
    return Promise(
        key=row.key,
        owner=row.owner,
        promised=Limit.from_json(held["promised"]),
        statutory=Limit.from_json(held["statutory"]) if held["statutory"] else None,
        ground=held["ground"],
        start=moment(held["start"]),
        pauses=tuple(pause_from_json(pause) for pause in held["pauses"]),
        extensions=tuple(
            replace(extension_from_json(extension), reason=reason)
            for extension, reason in zip(held["extensions"], row.reasons or (), strict=True)
        ),
        ended=row.ended_at,
        void=row.is_void,
        about=row.about,
        post=row.post,
    )


def _day(due: date | datetime | Stopped | None) -> date | None:
    return None if due is None or isinstance(due, Stopped) else day_of(due)
