"""From core promises to the values of their rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from yinuo.apps.promises.models import PromiseRow
from yinuo.core.calendar import Calendar
from yinuo.core.case import CaseState
from yinuo.core.clock import Stopped, day_of
from yinuo.core.promise import Promise
from yinuo.core.receipt import extension_json, pause_json


def rows(state: CaseState, calendar: Calendar) -> list[PromiseRow]:
    """The rows of a case as they should stand."""
    return [
        PromiseRow(case=state.number, place=place, **values(promise, state.unit, calendar))
        for place, promise in enumerate(state.promises)
    ]


def values(promise: Promise, unit: str, calendar: Calendar) -> dict[str, Any]:
    due = promise.due(calendar)
    return {
        "key": promise.key,
        "owner": promise.owner,
        "unit": unit,
        "facts": facts(promise),
        "due_on": _day(due),
        "due_at": due if isinstance(due, datetime) else None,
        "statutory_due_on": _day(promise.statutory_due(calendar)),
        "ended_at": promise.ended,
        "is_void": promise.void,
        "is_paused": promise.is_paused,
    }


def facts(promise: Promise) -> dict[str, Any]:
    statutory = promise.statutory
    return {
        "promised": promise.promised.as_json(),
        "statutory": statutory.as_json() if statutory else None,
        "ground": promise.ground,
        "start": promise.start.isoformat(),
        "pauses": [pause_json(pause) for pause in promise.pauses],
        "extensions": [extension_json(extension) for extension in promise.extensions],
    }


def _day(due: date | datetime | Stopped | None) -> date | None:
    return None if due is None or isinstance(due, Stopped) else day_of(due)
