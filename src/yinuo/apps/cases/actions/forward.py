"""Passing a case on to the unit that is competent; its duty officer has it from that moment."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import on_duty
from yinuo.core.case.commands import Forward
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal


def forward(
    case: Case, unit: str, reason: str, *, person: Person, now: datetime, seen: int | None = None
) -> Opened | Refusal:
    city, item = catalogue().city, pinned(case.item, case.item_version)
    competent = {one.id for one in city.competent(item.jurisdiction, item.branch)}
    duty = on_duty(unit, city, day_of(now)) if unit in competent else None
    if duty is None:
        return Refusal("choose-a-unit", {"unit": "not-a-choice"})
    return act(case, Forward(unit, duty, reason), person=person, now=now, seen=seen)
