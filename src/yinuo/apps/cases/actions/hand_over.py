"""Giving a case to a colleague of the same unit."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import actor
from yinuo.core.case.commands import HandOver
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal


def hand_over(
    case: Case, to: Person | None, reason: str, *, person: Person, now: datetime, seen: int | None = None
) -> Opened | Refusal:
    if to is None:
        return Refusal("choose-a-person", {"to": "required"})
    receiver = actor(to, catalogue().city, day_of(now))
    return act(case, HandOver(receiver, reason), person=person, now=now, seen=seen)
