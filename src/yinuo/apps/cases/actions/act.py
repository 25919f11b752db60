"""Doing one thing to a case: the door for every command after the submission."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from yinuo.apps.cases.actions.record import record
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened, context, opened
from yinuo.apps.items.queries import catalogue
from yinuo.apps.mandates.queries import actor_of
from yinuo.apps.people.models import Person
from yinuo.core.case import SYSTEM, Actor, apply, handle
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal


def act(
    case: Case, command: Any, *, person: Person | None, now: datetime, seen: int | None = None
) -> Opened | Refusal:
    """Ask the core and write what it allows. `person` None is the clock.

    `seen` is the last event that the person knew of: when more has happened since, the answer is
    `changed-meanwhile` with what happened, and nothing is done. Before anything else, what time has brought
    about since the last event is written: nobody accepts an application that silence accepted yesterday.
    """
    who = SYSTEM if person is None else actor_of(person, catalogue().city, day_of(now))
    try:
        with transaction.atomic():
            return _act(case, command, who, now=now, seen=seen)
    except IntegrityError:
        return _overtaken(opened(Case.objects.get(pk=case.pk)), seen or case.seq)


def _act(case: Case, command: Any, who: Actor, *, now: datetime, seen: int | None) -> Opened | Refusal:
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    stored, found = fresh.seq, opened(fresh, now)
    if found.state.seq != stored:
        record(fresh, found.events[stored:], found.state, found.item, now=now)
    if seen is not None and found.state.seq != seen:
        return _overtaken(found, seen)
    events = handle(command, found.state, context(who, found.item, now))
    if isinstance(events, Refusal):
        return events
    state = found.state
    for event in events:
        state = apply(state, event)
    done = Opened(fresh, state, found.item, (*found.events, *events))
    record(fresh, events, state, found.item, now=now)
    return done


def _overtaken(found: Opened, seen: int) -> Refusal:
    since = [{"kind": e.kind, "actor": e.actor, "at": e.at} for e in found.events if e.seq > seen]
    return Refusal("changed-meanwhile", facts={"since": since})
