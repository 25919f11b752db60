"""Moving a case that is stuck: a supervisor names a competent unit and one of its people."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import colleagues
from yinuo.core.case.commands import Reassign
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal


def reassign(
    case: Case, unit: str, to: str, reason: str, *, person: Person, now: datetime, seen: int | None = None
) -> Opened | Refusal:
    """to: the id of somebody with a post in that unit today."""
    city, item = catalogue().city, pinned(case.item, case.item_version)
    competent = {one.id for one in city.competent(item.jurisdiction, item.branch)} | {case.unit}
    if unit not in competent:
        return Refusal("choose-a-unit", {"unit": "not-a-choice"})
    if to not in {str(one.pk) for one in colleagues(unit, day_of(now))}:
        return Refusal("choose-a-person", {"to": "not-a-choice"})
    return act(case, Reassign(unit, to, reason), person=person, now=now, seen=seen)
