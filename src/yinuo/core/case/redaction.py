"""Taking everything personal out of the events of a case, so that it still folds and counts as before.

个人信息保护法第四十七条: what is needed no more is deleted. What stays are the steps, their days and who in
the office took them: the figures, the promises and the ledger stand on these, and they name no applicant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from yinuo.core.case.events import Event

# What stays of each kind of event, as it is. Everything else is emptied, also what a later event may carry:
# a new fact is kept only once somebody wrote here that it names nobody.
KEPT: Mapping[str, frozenset[str]] = {
    kind: frozenset(keys.split())
    for kind, keys in {
        "submitted": "number query_code item item_version unit owner promise",
        "supplement-asked": "approved_by ground answered promise",
        "notice-allowed": "",
        "supplemented": "promise",
        "accepted": "deemed promise step",
        "refused": "",
        "forwarded": "from unit owner promise",
        "taken-over": "from unit owner",
        "forward-declined": "",
        "reassigned": "from unit owner promise",
        "taken": "",
        "handed-over": "to promise",
        "stepped": "step promise",
        "returned": "promise",
        "suspended": "procedure ground longest promise",
        "resumed": "procedure overrun end",
        "extension-asked": "promise",
        "extension-granted": "",
        "extension-declined": "",
        "decided": "granted deemed promise",
        "issued": "",
        "delivered": "method",
        "closed": "",
        "withdrawn": "",
        "lapsed": "",
        "urged": "promise",
        "urge-answered": "",
        "supervised": "promise",
        "supervision-answered": "",
        "carded": "card key about since rung promise",
        "card-answered": "card",
        "rated": "level reasons visit channel promises",
        "rating-verified": "visit complex promise",
        "rating-answered": "visit",
        "put-right": "visit promise",
        "called-back": "visit reached satisfied",
        "rating-appealed": "visit to promise",
        "appeal-decided": "visit upheld",
        "drawn": "draw seed promise",
        "followed-up": "reached level",
        "redated": "promises calendar",
        "message": "",
        "revoked": "",
        "corrected": "",
    }.items()
}
ALWAYS = frozenset({"deputy_for"})  # the member of staff in whose place somebody acted
ELSEWHERE = "-"  # another organ: that a case went there is counted, its name was typed by somebody


def redacted(events: Iterable[Event], nobody: str) -> list[Event]:
    """The same events, with `nobody` (the id of the anonymous account) in the place of every applicant.

    Raises KeyError for a kind of event that is not in `KEPT`.
    """
    return [_redacted(event, nobody) for event in events]


def _redacted(event: Event, nobody: str) -> Event:
    kept = KEPT[event.kind] | ALWAYS
    facts = {key: value if key in kept else _emptied(value) for key, value in event.payload.items()}
    facts |= _standing_for(event, nobody)
    actor = nobody if event.role == "applicant" else event.actor
    return replace(event, actor=actor, payload=facts)


def _emptied(value: Any) -> Any:
    """Nothing, of the same shape where there is one, so that whoever reads it finds what they expect."""
    return type(value)() if isinstance(value, str | list | dict) else None


def _standing_for(event: Event, nobody: str) -> dict[str, Any]:
    """What the fold needs and may not have: something that says no more than it has to."""
    facts: Mapping[str, Any] = event.payload
    if event.kind == "submitted":
        return {"applicant": nobody}
    if event.kind == "refused":
        return {"to": ELSEWHERE if facts.get("to") else None}
    if event.kind == "extension-granted":
        return {"extension": {**facts["extension"], "reason": ""}}
    return {}
