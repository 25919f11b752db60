"""Folding what happens around a case: urging, supervision, cards, ratings and their remedy, calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yinuo.core.case.events import Event
from yinuo.core.case.folding import Changes, Folder, begun, ended, promise_from
from yinuo.core.case.state import CaseState
from yinuo.core.promise import REMEDY


def visit_of(event: Event) -> int:
    visit: Any = event.payload["visit"]
    return int(visit)


def _urged(state: CaseState, event: Event) -> Changes:
    return {"urged": event.at, "urges": state.urges + 1, "promises": (*state.promises, *begun(event))}


def _asked(state: CaseState, event: Event) -> Changes:
    return {"promises": (*state.promises, *begun(event))}


def _answers(key: str) -> Folder:
    """The event that answers what was asked by that kind of promise."""
    return lambda state, event: {"promises": ended(state, key, event.at)}


def _carded(state: CaseState, event: Event) -> Changes:
    return {"cards": (*state.cards, event.payload), "promises": (*state.promises, *begun(event))}


def _card_answered(state: CaseState, event: Event) -> Changes:
    return {"promises": ended(state, "card", event.at, str(event.payload["card"]))}


def _rated(state: CaseState, event: Event) -> Changes:
    made: Any = event.payload["promises"]
    ratings = {**state.ratings, visit_of(event): event.payload}
    rated = state.rated if visit_of(event) else event.at
    return {"ratings": ratings, "rated": rated, "promises": (*state.promises, *map(promise_from, made))}


def _remedied(key: str) -> Folder:
    """One link of the remedy done; the next begins where the event carries one."""

    def folder(state: CaseState, event: Event) -> Changes:
        return {"promises": (*ended(state, key, event.at, str(visit_of(event))), *begun(event))}

    return folder


def _appealed(state: CaseState, event: Event) -> Changes:
    appeals = {**state.appeals, visit_of(event): {**event.payload, "by": event.actor}}
    return {"appeals": appeals, "promises": (*state.promises, *begun(event))}


def _appeal_decided(state: CaseState, event: Event) -> Changes:
    """Upheld, the rating counts no more and nothing is owed for it; it stays where everybody can see it."""
    visit = visit_of(event)
    appeals = {**state.appeals, visit: {**state.appeals[visit], **event.payload}}
    promises = ended(state, "appeal", event.at, str(visit))
    for key in REMEDY if event.payload["upheld"] else ():
        promises = ended(state.but(promises=promises), key, event.at, str(visit), void=True)
    return {"appeals": appeals, "promises": promises}


FOLDERS: Mapping[str, Folder] = {
    "urged": _urged,
    "urge-answered": _answers("urge"),
    "supervised": _asked,
    "supervision-answered": _answers("supervision"),
    "carded": _carded,
    "card-answered": _card_answered,
    "rated": _rated,
    "rating-verified": _remedied("verify"),
    "rating-answered": _remedied("answer"),
    "put-right": _remedied("put-right"),
    "called-back": _remedied("call-back"),
    "rating-appealed": _appealed,
    "appeal-decided": _appeal_decided,
    "drawn": _asked,
    "followed-up": _answers("follow-up"),
    "redated": lambda state, event: {},
}
