"""Telling staff what has just come to them: an urging, a card, a question, a bad rating, a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yinuo.apps.items.queries import catalogue
from yinuo.apps.notices.actions.tell import tell
from yinuo.apps.notices.wording import Facts
from yinuo.apps.people.queries import chain
from yinuo.core.case import CaseState, Event
from yinuo.core.case.rules.rating import BAD
from yinuo.core.clock import day_of
from yinuo.core.item import Item

# Event -> template, the promise that it makes, and who is told: links of the chain, or who is named in it.
TOLD: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "urged": ("urge", "urge", ("person", "leader")),
    "supervised": ("supervision", "supervision", ("person", "leader")),
    "carded": ("card", "card", ("person", "leader")),
    "rated": ("bad-rating", "verify", ("leader",)),
    "handed-over": ("hand-over", "hand-over", ()),
    "forwarded": ("hand-over", "hand-over", ()),
    "reassigned": ("hand-over", "hand-over", ()),
}


def inform(state: CaseState, events: Sequence[Event], item: Item, *, now: datetime) -> None:
    """In the transaction that writes the events; safe to repeat, since each notice has a key of its own."""
    for event in events:
        if event.kind in TOLD and not _is_no_news(event):
            _inform(state, event, item, now)


def _is_no_news(event: Event) -> bool:
    return event.kind == "rated" and event.payload["level"] not in BAD


def _inform(state: CaseState, event: Event, item: Item, now: datetime) -> None:
    served, facts = catalogue(), event.payload
    template, key, links = TOLD[event.kind]
    promise = state.promise(key)
    due = promise.due(served.calendar) if promise else day_of(now)
    told: Facts = {
        "item": item.name,
        "code": state.query_code,
        "number": state.number,
        "due": due,
        **_card(facts),
    }
    named = str(facts.get("to") or facts.get("owner") or "")
    people = chain(state.owner.person, state.unit, served.city, day_of(now)).told(links) if links else [named]
    for person in people:
        key_of_notice = f"{state.number}:{event.seq}:{template}:{person}"
        tell(person, template, told, case=state.number, key=key_of_notice, now=now)


def _card(facts: Any) -> dict[str, str]:
    return {"card": str(facts["card"])} if "card" in facts else {}
