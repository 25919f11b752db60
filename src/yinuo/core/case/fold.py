"""Folding events into a state. It needs the events and nothing else, so a rebuild needs no catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from yinuo.core.case import fold_upkeep
from yinuo.core.case.events import Event
from yinuo.core.case.folding import (
    Changes,
    Folder,
    Promises,
    begun,
    called_off,
    ended,
    held,
    promise_from,
    replaced,
)
from yinuo.core.case.state import CaseState, Holder, Stage
from yinuo.core.clock import Extension, Pause, instant
from yinuo.core.receipt import extension_from_json, moment


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
    if "handed-over" in state.kinds or "reassigned" in state.kinds:
        state = _received(state, event)
    changes = _FOLDERS[event.kind](state, event)
    kinds = state.kinds if event.kind in state.kinds else state.kinds | {event.kind}
    return state.but(seq=event.seq, changed=event.at, kinds=kinds, **changes)


# By these somebody has the case, whoever was to take it; with the last nobody needs to any more.
_GOES_ON = frozenset(
    {"supplement-asked", "accepted", "refused", "taken-over", "taken", "stepped", "returned", "suspended",
     "resumed", "decided", "issued", "delivered", "closed"}
)  # fmt: skip


def _received(state: CaseState, event: Event) -> CaseState:
    """Whoever was handed a case has taken it by the first thing that they do to it; where somebody else
    goes on with it, nobody waits for them any more."""
    mine = state.owner.person == event.actor
    other = event.kind in _GOES_ON and (event.role == "staff" or event.kind == "closed")
    if not (mine or other):
        return state
    return state.but(promises=ended(state, "hand-over", event.at, "person", void=not mine))


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
        promises=(promise_from(facts["promise"]),),
        chain=(Holder(facts["owner"], facts["unit"], event.at, "submitted"),),
        kinds=frozenset({"submitted"}),
        principal=facts.get("principal", ""),
        mandate=facts.get("mandate", ""),
    )


def _uploads(value: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(ids) for key, ids in value.items()}


def _supplement_asked(state: CaseState, event: Event) -> Changes:
    facts: Mapping[str, Any] = event.payload
    state = _unoffered(state, event)
    accept = state.owes("accept")
    promises = state.promises
    if facts.get("answered"):
        promises = ended(state, "accept", event.at)
    elif accept is not None:
        promises = replaced(promises, accept.pause(Pause(event.at, None, "supplement", facts["ground"])))
    return {
        "stage": Stage.SUPPLEMENT,
        "notices": state.notices + 1,
        "notice_allowed": None,
        "notice": facts,
        "offered": None,
        "promises": (*promises, promise_from(facts["promise"])),
        "chain": held(state, event, "supplement-asked"),
    }


def _supplemented(state: CaseState, event: Event) -> Changes:
    facts: Mapping[str, Any] = event.payload
    closed = state.but(promises=ended(state, "supplement", event.at))
    accept = closed.owes("accept")
    promises = closed.promises
    if facts.get("promise"):
        promises = (*ended(closed, "accept", event.at, void=True), promise_from(facts["promise"]))
    elif accept is not None:
        promises = replaced(promises, accept.resume(event.at))
    return {
        "stage": Stage.SUBMITTED,
        "notice": None,
        "answers": facts["answers"],
        "provided": _uploads(facts["provided"]),
        "promises": promises,
    }


def _unoffered(state: CaseState, event: Event) -> CaseState:
    """Whoever goes on with a case does not give it away: what was offered to another unit is called off."""
    if state.offered is None:
        return state
    return state.but(offered=None, promises=ended(state, "hand-over", event.at, "unit", void=True))


def _accepted(state: CaseState, event: Event) -> Changes:
    state = _unoffered(state, event)
    return {
        "stage": Stage.ACCEPTED,
        "offered": None,
        "accepted_by": event.actor,
        "accepted": event.at,
        "deemed": event.payload["deemed"],
        "promises": (*ended(state, "accept", event.at), *begun(event), *begun(event, "step")),
        "chain": held(state, event, "accepted"),
    }


def _refused(state: CaseState, event: Event) -> Changes:
    state = _unoffered(state, event)
    stage = Stage.TRANSFERRED if event.payload.get("to") else Stage.REFUSED
    return {
        "stage": stage,
        "offered": None,
        "decision": event.payload,
        "ended": event.at,
        "promises": ended(state.but(promises=ended(state, "accept", event.at)), "urge", event.at),
        "chain": held(state, event, stage.value),
    }


def _forwarded(state: CaseState, event: Event) -> Changes:
    return {"offered": event.payload, "promises": (*state.promises, *begun(event))}


def _declined(state: CaseState, event: Event) -> Changes:
    return {"offered": None, "promises": ended(state, "hand-over", event.at, "unit")}


def _taken_over(state: CaseState, event: Event) -> Changes:
    taken = state.but(promises=ended(state, "hand-over", event.at, "unit"))
    return _moved(
        taken,
        str(event.payload["unit"]),
        Holder(event.actor, str(event.payload["unit"]), event.at, "taken-over"),
    )


def _reassigned(state: CaseState, event: Event) -> Changes:
    facts: Mapping[str, Any] = event.payload
    state = _unoffered(state, event)
    moved = _moved(state, facts["unit"], Holder(facts["owner"], facts["unit"], event.at, "reassigned"))
    still = state.but(promises=moved["promises"])
    return moved | {"promises": (*ended(still, "hand-over", event.at, "person", void=True), *begun(event))}


def _moved(state: CaseState, unit: str, holder: Holder) -> Changes:
    """In another unit, which from now on owes whatever the one before still owed."""
    owed = tuple(
        replace(p, owner=unit) if p.ended is None and p.owner == state.unit else p for p in state.promises
    )
    chain = (*state.chain, holder)
    return {"unit": unit, "promises": owed, "chain": chain, "notice_allowed": None, "offered": None}


def _handed_over(state: CaseState, event: Event) -> Changes:
    chain = (*state.chain, Holder(str(event.payload["to"]), state.unit, event.at, "handed-over"))
    before = ended(state, "hand-over", event.at, "person")
    return {"chain": chain, "promises": (*before, *begun(event))}


def _taken(state: CaseState, event: Event) -> Changes:
    return {"chain": held(state, event, "taken")}


def _stepped(state: CaseState, event: Event) -> Changes:
    return {
        "step": state.step + 1,
        "examined_by": state.examined_by | {event.actor},
        "promises": (*ended(state, "step", event.at), *begun(event)),
        "chain": held(state, event, str(event.payload["step"])),
    }


def _returned(state: CaseState, event: Event) -> Changes:
    return {
        "step": max(state.step - 1, 0),
        "promises": (*ended(state, "step", event.at, void=True), *begun(event)),
        "chain": held(state, event, "returned"),
    }


def _suspended(state: CaseState, event: Event) -> Changes:
    pause = Pause(event.at, None, str(event.payload["procedure"]), str(event.payload["ground"]))
    promises = state.promises
    for promise in _counting(state):
        promises = replaced(promises, promise.pause(pause))
    return {
        "stage": Stage.SUSPENDED,
        "procedure": event.payload["procedure"],
        "promises": (*promises, *begun(event)),
        "chain": held(state, event, "suspended"),
    }


def _counting(state: CaseState) -> Promises:
    """The clocks that stand still while a special procedure goes on."""
    return tuple(p for p in (state.owes("decide"), state.owes("step")) if p is not None)


def _resumed(state: CaseState, event: Event) -> Changes:
    """The clocks run again from now, or from where the longest duration of the procedure ended."""
    end: Any = event.payload.get("end")
    promises = ended(state, "procedure", event.at)
    for promise in _counting(state):
        promises = replaced(promises, promise.resume(instant(moment(end)) if end else event.at))
    return {
        "stage": Stage.ACCEPTED,
        "procedure": None,
        "promises": promises,
        "chain": held(state, event, "resumed"),
    }


def _extension_asked(state: CaseState, event: Event) -> Changes:
    return {"extension": event.payload, "promises": (*state.promises, *begun(event))}


def _extension_declined(state: CaseState, event: Event) -> Changes:
    return {"extension": None, "promises": ended(state, "extension", event.at)}


def _extension_granted(state: CaseState, event: Event) -> Changes:
    decide = state.promise("decide")
    assert decide is not None
    extension: Extension = extension_from_json(event.payload["extension"])  # type: ignore[arg-type]
    promises = ended(state, "extension", event.at)
    return {"extension": None, "promises": replaced(promises, decide.extend(extension))}


# What a decision settles besides itself: it answers whoever urged, and acceptance came too late where silence
# decided; whatever else was still owed on the way to it is owed no more.
_SETTLED: Mapping[str, bool] = {  # key of a promise -> whether it becomes void
    "decide": False, "accept": False, "urge": False, "step": True, "procedure": True, "extension": True,
}  # fmt: skip


def _decided(state: CaseState, event: Event) -> Changes:
    facts: Mapping[str, Any] = event.payload
    state = _unoffered(state, event)
    promises = tuple(
        p.end(event.at, void=_SETTLED[p.key]) if p.ended is None and p.key in _SETTLED else p
        for p in state.promises
    )
    return {
        "stage": Stage.GRANTED if facts["granted"] else Stage.DENIED,
        "granted": facts["granted"],
        "decision": facts,
        "decided": event.at,
        "offered": None,
        "procedure": None,
        "extension": None,
        "promises": (*promises, *begun(event)),
        "chain": held(state, event, "decided"),
    }


def _issued(state: CaseState, event: Event) -> Changes:
    return {"stage": Stage.ISSUED, "document": event.payload, "chain": held(state, event, "issued")}


def _delivered(state: CaseState, event: Event) -> Changes:
    return {
        "stage": Stage.DELIVERED,
        "promises": ended(state, "deliver", event.at),
        "chain": held(state, event, "delivered"),
    }


def _stop(stage: Stage) -> Folder:
    def folder(state: CaseState, event: Event) -> Changes:
        return {
            "stage": stage,
            "ended": event.at,
            "promises": called_off(state, event.at),
            "notice": None,
            "offered": None,
            "procedure": None,
            "extension": None,
        }

    return folder


_FOLDERS: Mapping[str, Folder] = {
    "supplement-asked": _supplement_asked,
    "notice-allowed": lambda state, event: {"notice_allowed": event.actor},
    "supplemented": _supplemented,
    "accepted": _accepted,
    "refused": _refused,
    "forwarded": _forwarded,
    "taken-over": _taken_over,
    "forward-declined": _declined,
    "reassigned": _reassigned,
    "taken": _taken,
    "handed-over": _handed_over,
    "stepped": _stepped,
    "returned": _returned,
    "suspended": _suspended,
    "resumed": _resumed,
    "extension-asked": _extension_asked,
    "extension-granted": _extension_granted,
    "extension-declined": _extension_declined,
    "decided": _decided,
    "issued": _issued,
    "delivered": _delivered,
    "closed": lambda state, event: {"stage": Stage.CLOSED, "ended": event.at},
    "withdrawn": _stop(Stage.WITHDRAWN),
    "lapsed": _stop(Stage.LAPSED),
    **fold_upkeep.FOLDERS,
    "message": lambda state, event: {},
    "revoked": lambda state, event: {"revoked": event.payload},
    "corrected": lambda state, event: {},
}
KINDS = frozenset(_FOLDERS) | {"submitted"}
