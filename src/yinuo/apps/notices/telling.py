"""What the applicant is told of, event by event: the template, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from yinuo.apps.notices.wording import Fact, rating_link
from yinuo.catalogue.notices import APPLICANT
from yinuo.core.calendar import Calendar
from yinuo.core.case import CaseState, Event
from yinuo.core.item import Item
from yinuo.core.receipt import moment

Choice = Callable[[CaseState, Event, Item], str | None]


def _always(template: str) -> Choice:
    return lambda state, event, item: template


def _accepted(state: CaseState, event: Event, item: Item) -> str:
    return "deemed" if event.payload.get("deemed") else "accepted"


def _refused(state: CaseState, event: Event, item: Item) -> str:
    return "transferred" if event.payload.get("to") else "refused"


def _resumed(state: CaseState, event: Event, item: Item) -> str:
    return "overrun" if event.payload.get("overrun") else "resumed"


def _decided(state: CaseState, event: Event, item: Item) -> str:
    if not event.payload["granted"]:
        return "denied"
    if event.payload.get("deemed"):
        return "granted-by-silence"
    return "granted" if item.route.issues else "answered"


def _delivered(state: CaseState, event: Event, item: Item) -> str:
    return f"delivered-{event.payload['method']}"


def _closed(state: CaseState, event: Event, item: Item) -> str | None:
    """It invites to rate, so not whoever has."""
    return "closed" if state.rating is None else None


def _message(state: CaseState, event: Event, item: Item) -> str | None:
    """Nobody is told of what they wrote themselves."""
    return "message" if event.role == "staff" else None


def _redated(state: CaseState, event: Event, item: Item) -> str | None:
    """Only of a day on which something is decided, answered or handed over."""
    return "redated" if _moved(event) else None


TOLD: Mapping[str, Choice] = {
    "submitted": _always("submitted"),
    "supplement-asked": _always("supplement-asked"),
    "supplemented": _always("supplemented"),
    "accepted": _accepted,
    "refused": _refused,
    "forwarded": _always("forwarded"),
    "taken-over": _always("taken-over"),
    "forward-declined": _always("taken-over"),
    "reassigned": _always("taken-over"),
    "stepped": _always("stepped"),
    "suspended": _always("suspended"),
    "resumed": _resumed,
    "extension-granted": _always("extended"),
    "decided": _decided,
    "issued": _always("issued"),
    "delivered": _delivered,
    "closed": _closed,
    "withdrawn": _always("withdrawn"),
    "lapsed": _always("lapsed"),
    "message": _message,
    "urge-answered": _always("urge-answered"),
    "redated": _redated,
    "revoked": _always("revoked"),
    "corrected": _always("corrected"),
    "rating-answered": _always("rating-answered"),
    "put-right": _always("put-right"),
    "appeal-decided": _always("appeal-decided"),
}
UNTOLD: Mapping[str, str] = {
    "notice-allowed": "inside the office; the notice that follows is told",
    "taken": "inside the office; who has the case stands on its page",
    "handed-over": "inside the office; who has the case stands on its page",
    "returned": "inside the office; no day changes",
    "extension-asked": "nothing changes until it is answered",
    "extension-declined": "the day stays as it was promised",
    "rated": "the applicant's own act",
    "urged": "the applicant's own act",
    "supervised": "between the supervisor and the unit",
    "supervision-answered": "between the supervisor and the unit",
    "carded": "between the supervisor and the unit; it is public on the board",
    "card-answered": "between the supervisor and the unit",
    "rating-verified": "a step towards the answer, which is told",
    "rating-appealed": "nothing changes until it is decided, which is told",
    "called-back": "the call itself told the applicant",
    "drawn": "the call that follows tells the applicant",
    "followed-up": "the call itself told the applicant",
}
# The promise whose day a template names.
_DUE = {"submitted": "accept", "supplemented": "accept", "supplement-asked": "supplement"}
_DUE |= {"granted": "deliver", "issued": "deliver"}


def template_for(state: CaseState, event: Event, item: Item) -> str | None:
    """The template of an event; None where the applicant is not told."""
    choose = TOLD.get(event.kind)
    return choose(state, event, item) if choose is not None else None


def facts_for(
    template: str, state: CaseState, event: Event, item: Item, calendar: Calendar
) -> dict[str, Fact]:
    """The facts that the template may name, as far as the case has them."""
    facts: dict[str, Fact] = {"item": item.name, "code": state.query_code, "number": state.number}
    wanted, payload = APPLICANT[template], event.payload
    if "unit" in wanted:
        facts["unit"] = str(payload["unit"]) if event.kind == "forwarded" else state.unit
    if "due" in wanted:
        facts["due"] = _due(template, state, event, calendar)
    if "rate" in wanted:
        facts["rate"] = rating_link(state.query_code)
    if "to" in wanted:
        facts["to"] = str(payload["to"])
    if "step" in wanted:
        step = next((one for one in item.route.steps if one.key == payload["step"]), None)
        facts["step"] = step.name if step else str(payload["step"])
    if "procedure" in wanted:
        procedure = item.procedure(str(payload["procedure"]))
        facts["procedure"] = procedure.name if procedure else str(payload["procedure"])
    return facts


def _due(template: str, state: CaseState, event: Event, calendar: Calendar) -> Fact:
    if template == "redated":
        return moment(str(_moved(event)["to"]))
    promise = state.promise(_DUE.get(template, "decide"))
    return promise.due(calendar) if promise is not None else ""


def _moved(event: Event) -> Mapping[str, Any]:
    """The first of the moved promises that the applicant knows of; empty where there is none."""
    moved: Any = event.payload.get("promises", ())
    known = ("decide", "accept", "deliver", "supplement")
    return next((one for key in known for one in moved if one["key"] == key and one["to"]), {})
