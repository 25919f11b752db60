"""What every folder of an event needs: promises from and to JSON, ended, voided, and who has the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from yinuo.core.case.events import Event
from yinuo.core.case.state import CaseState, Holder
from yinuo.core.clock import Limit
from yinuo.core.promise import Promise
from yinuo.core.receipt import moment

Changes = dict[str, Any]
Folder = Callable[[CaseState, Event], Changes]
Promises = tuple[Promise, ...]


def promise_json(promise: Promise) -> dict[str, object]:
    """A promise as it begins, for the payload of the event that makes it."""
    statutory = promise.statutory
    return {
        "key": promise.key,
        "about": promise.about,
        "owner": promise.owner,
        "post": promise.post,
        "promised": promise.promised.as_json(),
        "statutory": statutory.as_json() if statutory else None,
        "ground": promise.ground,
        "start": promise.start.isoformat(),
    }


def promise_from(value: Mapping[str, Any]) -> Promise:
    """The promise that `promise_json` wrote."""
    statutory = value["statutory"]
    return Promise(
        value["key"],
        value["owner"],
        Limit.from_json(value["promised"]),
        Limit.from_json(statutory) if statutory else None,
        value["ground"],
        moment(value["start"]),
        about=value["about"],
        post=value["post"],
    )


def begun(event: Event, key: str = "promise") -> Promises:
    """The promise that an event makes, or none."""
    made: Any = event.payload.get(key)
    return (promise_from(made),) if made else ()


def replaced(promises: Promises, promise: Promise) -> Promises:
    """The promises with the latest of that key and thing replaced."""
    held = list(promises)
    index = max(i for i, one in enumerate(held) if (one.key, one.about) == (promise.key, promise.about))
    held[index] = promise
    return tuple(held)


def ended(
    state: CaseState, key: str, at: datetime, about: str | None = None, *, void: bool = False
) -> Promises:
    """The promises of a case with the open one of that kind, if there is one, ended."""
    promise = state.owes(key, about)
    return replaced(state.promises, promise.end(at, void=void)) if promise is not None else state.promises


# Owed as long as the case goes on. An answer to a supervisor, a card or a rating is owed even after its end.
GOES_ALONG = (
    "accept", "decide", "deliver", "supplement", "step", "procedure", "extension", "hand-over", "urge",
)  # fmt: skip


def called_off(state: CaseState, at: datetime) -> Promises:
    """The promises of a case that nobody goes on with."""
    return tuple(
        p.end(at, void=True) if p.ended is None and p.key in GOES_ALONG else p for p in state.promises
    )


def held(state: CaseState, event: Event, duty: str) -> tuple[Holder, ...]:
    """Whoever does the work has the case."""
    if event.role != "staff":
        return state.chain
    return (*state.chain, Holder(event.actor, state.unit, event.at, duty))
