"""Folding events into a state. It needs the events and nothing else, so a rebuild needs no catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from yinuo.core.case.events import Event
from yinuo.core.case.state import CaseState, Holder, Stage
from yinuo.core.clock import Extension, Limit, Pause
from yinuo.core.promise import Promise
from yinuo.core.receipt import extension_from_json, moment

Changes = dict[str, Any]
Folder = Callable[[CaseState, Event], Changes]


def fold(events: Iterable[Event]) -> CaseState:
    """The state after all events; raises ValueError when there is none or the first is no submission."""
    state: CaseState | None = None
    for event in events:
        state = apply(state, event)
    if state is None:
        raise ValueError("a case has at least one event")
    return state


def apply(state: CaseState | None, event: Event) -> CaseState:
    if state is None:
        if event.kind != "submitted":
            raise ValueError(f"a case begins with its submission, not with {event.kind}")
        return _submitted(event)
    changes = _FOLDERS[event.kind](state, event)
    kinds = state.kinds if event.kind in state.kinds else state.kinds | {event.kind}
    return state.but(seq=event.seq, changed=event.at, kinds=kinds, **changes)


def promise_json(promise: Promise) -> dict[str, object]:
    """A promise as it begins, for the payload of the event that makes it."""
    statutory = promise.statutory
    return {
        "key": promise.key,
        "owner": promise.owner,
        "promised": promise.promised.as_json(),
        "statutory": statutory.as_json() if statutory else None,
        "ground": promise.ground,
        "start": promise.start.isoformat(),
    }


def _promise(value: Mapping[str, Any]) -> Promise:
    statutory = value["statutory"]
    return Promise(
        value["key"],
        value["owner"],
        Limit.from_json(value["promised"]),
        Limit.from_json(statutory) if statutory else None,
        value["ground"],
        moment(value["start"]),
    )


def _submitted(event: Event) -> CaseState:
    facts: Mapping[str, Any] = event.payload
    return CaseState(
        number=facts["number"],
        query_code=facts["query_code"],
        item=facts["item"],
        item_version=facts["item_version"],
        applicant=facts["applicant"],
        unit=facts["unit"],
        stage=Stage.SUBMITTED,
        received=event.at,
        changed=event.at,
        seq=event.seq,
        answers=facts["answers"],
        provided=_uploads(facts["provided"]),
        promises=(_promise(facts["promise"]),),
        chain=(Holder(facts["owner"], facts["unit"], event.at, "submitted"),),
        kinds=frozenset({"submitted"}),
    )


def _uploads(value: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(ids) for key, ids in value.items()}


def _with(state: CaseState, promise: Promise) -> tuple[Promise, ...]:
    """The promises with the latest of that key replaced."""
    promises = list(state.promises)
    index = max(i for i, held in enumerate(promises) if held.key == promise.key)
    promises[index] = promise
    return tuple(promises)


def _ended(state: CaseState, key: str, at: datetime, *, void: bool = False) -> tuple[Promise, ...]:
    promise = state.promise(key)
    if promise is None or promise.ended is not None:
        return state.promises
    return _with(state, promise.end(at, void=void))


def _all_void(state: CaseState, at: datetime) -> tuple[Promise, ...]:
    return tuple(p if p.ended else p.end(at, void=True) for p in state.promises)


def _held(state: CaseState, event: Event, duty: str) -> tuple[Holder, ...]:
    """Whoever does the work has the case."""
    if event.role != "staff":
        return state.chain
    return (*state.chain, Holder(event.actor, state.unit, event.at, duty))


def _supplement_asked(state: CaseState, event: Event) -> Changes:
    facts: Mapping[str, Any] = event.payload
    accept = state.promise("accept")
    promises = state.promises
    if facts.get("answered"):
        promises = _ended(state, "accept", event.at)
    elif accept is not None and accept.ended is None:
        promises = _with(state, accept.pause(Pause(event.at, None, "supplement", facts["ground"])))
    return {
        "stage": Stage.SUPPLEMENT,
        "notices": state.notices + 1,
        "notice_allowed": None,
        "notice": facts,
        "promises": (*promises, _promise(facts["promise"])),
        "chain": _held(state, event, "supplement-asked"),
    }


def _supplemented(state: CaseState, event: Event) -> Changes:
    facts: Mapping[str, Any] = event.payload
    closed = state.but(promises=_ended(state, "supplement", event.at))
    accept = closed.promise("accept")
    promises = closed.promises
    if facts.get("promise"):
        promises = (*_ended(closed, "accept", event.at, void=True), _promise(facts["promise"]))
    elif accept is not None and accept.ended is None:
        promises = _with(closed, accept.resume(event.at))
    return {
        "stage": Stage.SUBMITTED,
        "notice": None,
        "answers": facts["answers"],
        "provided": _uploads(facts["provided"]),
        "promises": promises,
    }


def _accepted(state: CaseState, event: Event) -> Changes:
    facts: Mapping[str, Any] = event.payload
    return {
        "stage": Stage.ACCEPTED,
        "accepted_by": event.actor,
        "promises": (*_ended(state, "accept", event.at), _promise(facts["promise"])),
        "chain": _held(state, event, "accepted"),
    }


def _refused(state: CaseState, event: Event) -> Changes:
    stage = Stage.TRANSFERRED if event.payload.get("to") else Stage.REFUSED
    return {
        "stage": stage,
        "decision": event.payload,
        "ended": event.at,
        "promises": _ended(state, "accept", event.at),
        "chain": _held(state, event, stage.value),
    }


def _forwarded(state: CaseState, event: Event) -> Changes:
    facts: Mapping[str, Any] = event.payload
    holder = Holder(facts["owner"], facts["unit"], event.at, "forwarded")
    owed = tuple(replace(p, owner=facts["unit"]) if p.owner == state.unit else p for p in state.promises)
    chain = (*state.chain, holder)
    return {"unit": facts["unit"], "promises": owed, "chain": chain, "notice_allowed": None}


def _handed_over(state: CaseState, event: Event) -> Changes:
    return {"chain": (*state.chain, Holder(str(event.payload["to"]), state.unit, event.at, "handed-over"))}


def _taken(state: CaseState, event: Event) -> Changes:
    return {"chain": _held(state, event, "taken")}


def _stepped(state: CaseState, event: Event) -> Changes:
    return {
        "step": state.step + 1,
        "examined_by": state.examined_by | {event.actor},
        "chain": _held(state, event, str(event.payload["step"])),
    }


def _returned(state: CaseState, event: Event) -> Changes:
    return {"step": max(state.step - 1, 0), "chain": _held(state, event, "returned")}


def _suspended(state: CaseState, event: Event) -> Changes:
    decide = state.promise("decide")
    assert decide is not None
    pause = Pause(event.at, None, str(event.payload["procedure"]), str(event.payload["ground"]))
    return {
        "stage": Stage.SUSPENDED,
        "procedure": event.payload["procedure"],
        "promises": _with(state, decide.pause(pause)),
        "chain": _held(state, event, "suspended"),
    }


def _resumed(state: CaseState, event: Event) -> Changes:
    decide = state.promise("decide")
    assert decide is not None
    return {
        "stage": Stage.ACCEPTED,
        "procedure": None,
        "promises": _with(state, decide.resume(event.at)),
        "chain": _held(state, event, "resumed"),
    }


def _extension_granted(state: CaseState, event: Event) -> Changes:
    decide = state.promise("decide")
    assert decide is not None
    extension: Extension = extension_from_json(event.payload["extension"])  # type: ignore[arg-type]
    return {"extension": None, "promises": _with(state, decide.extend(extension))}


def _decided(state: CaseState, event: Event) -> Changes:
    facts: Mapping[str, Any] = event.payload
    promises = _ended(state, "decide", event.at)
    if facts["promise"]:
        promises = (*promises, _promise(facts["promise"]))
    return {
        "stage": Stage.GRANTED if facts["granted"] else Stage.DENIED,
        "granted": facts["granted"],
        "decision": facts,
        "extension": None,
        "promises": promises,
        "chain": _held(state, event, "decided"),
    }


def _issued(state: CaseState, event: Event) -> Changes:
    return {"stage": Stage.ISSUED, "document": event.payload, "chain": _held(state, event, "issued")}


def _delivered(state: CaseState, event: Event) -> Changes:
    return {
        "stage": Stage.DELIVERED,
        "promises": _ended(state, "deliver", event.at),
        "chain": _held(state, event, "delivered"),
    }


def _stop(stage: Stage) -> Folder:
    def folder(state: CaseState, event: Event) -> Changes:
        return {"stage": stage, "ended": event.at, "promises": _all_void(state, event.at), "notice": None}

    return folder


_FOLDERS: Mapping[str, Folder] = {
    "supplement-asked": _supplement_asked,
    "notice-allowed": lambda state, event: {"notice_allowed": event.actor},
    "supplemented": _supplemented,
    "accepted": _accepted,
    "refused": _refused,
    "forwarded": _forwarded,
    "taken": _taken,
    "handed-over": _handed_over,
    "stepped": _stepped,
    "returned": _returned,
    "suspended": _suspended,
    "resumed": _resumed,
    "extension-asked": lambda state, event: {"extension": event.payload},
    "extension-granted": _extension_granted,
    "extension-declined": lambda state, event: {"extension": None},
    "decided": _decided,
    "issued": _issued,
    "delivered": _delivered,
    "closed": lambda state, event: {"stage": Stage.CLOSED, "ended": event.at},
    "withdrawn": _stop(Stage.WITHDRAWN),
    "lapsed": _stop(Stage.LAPSED),
    "rated": lambda state, event: {"rating": event.payload},
    "urged": lambda state, event: {"urged": event.at},
    "message": lambda state, event: {},
    "revoked": lambda state, event: {"revoked": event.payload},
    "corrected": lambda state, event: {},
}
KINDS = frozenset(_FOLDERS) | {"submitted"}
