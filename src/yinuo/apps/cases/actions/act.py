"""Doing one thing to a case: the door for every command after the submission."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened, last_hash, opened
from yinuo.apps.cases.recording import append, write
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import actor
from yinuo.core.case import SYSTEM, Actor, Context, apply, handle
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal


def act(
    case: Case, command: Any, *, person: Person | None, now: datetime, seen: int | None = None
) -> Opened | Refusal:
    """Ask the core and write what it allows. `person` None is the clock.

    `seen` is the last event that the person knew of: when more has happened since, the answer is
    `changed-meanwhile` with what happened, and nothing is done.
    """
    who = SYSTEM if person is None else actor(person, catalogue().city, day_of(now))
    try:
        with transaction.atomic():
            return _act(case, command, who, now=now, seen=seen)
    except IntegrityError:
        return _overtaken(opened(Case.objects.get(pk=case.pk)), seen or case.seq)


def _act(case: Case, command: Any, who: Actor, *, now: datetime, seen: int | None) -> Opened | Refusal:
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    found = opened(fresh)
    if seen is not None and found.state.seq != seen:
        return _overtaken(found, seen)
    calendar = catalogue().calendar
    events = handle(command, found.state, Context(who, now, found.item, calendar))
    if isinstance(events, Refusal):
        return events
    state = found.state
    for event in events:
        state = apply(state, event)
    append(fresh, events, last_hash(fresh))
    write(fresh, state, calendar)
    return Opened(fresh, state, found.item, (*found.events, *events))


def _overtaken(found: Opened, seen: int) -> Refusal:
    since = [{"kind": e.kind, "actor": e.actor, "at": e.at} for e in found.events if e.seq > seen]
    return Refusal("changed-meanwhile", facts={"since": since})
