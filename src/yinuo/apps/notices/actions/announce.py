"""Telling the applicant what has just happened to a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yinuo.apps.items.queries import catalogue
from yinuo.apps.mandates.queries import contact
from yinuo.apps.notices.outbox import Message, put
from yinuo.apps.notices.queries import reader
from yinuo.apps.notices.telling import facts_for, template_for
from yinuo.core.case import CaseState, Event
from yinuo.core.clock import day_of
from yinuo.core.item import Item


def announce(state: CaseState, events: Sequence[Event], item: Item, *, now: datetime) -> int:
    """One notice for each event that the applicant is told of, in the transaction that writes the events.

    `state` is the state after the events. Whoever stayed anonymous is told nothing. Safe to repeat: the key
    of a notice is made of case, event, template and person.
    """
    told = [(event, key) for event in events if (key := template_for(state, event, item)) is not None]
    person = reader(_whom(state, now)) if told else None
    if person is None:
        return 0
    calendar = catalogue().calendar
    messages = [
        Message(
            key=f"{state.number}:{event.seq}:{template}:{person.pk}",
            template=template,
            facts=facts_for(template, state, event, item, calendar),
            case=state.number,
            item=item.id,
        )
        for event, template in told
    ]
    return put(person, messages, now)


def _whom(state: CaseState, now: datetime) -> str:
    """Who handed it in while they may; else the principal, who goes on alone."""
    return contact(state.principal, state.applicant, state.item, day_of(now))
