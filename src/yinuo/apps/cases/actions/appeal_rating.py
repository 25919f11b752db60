"""Appealing a bad rating that the unit holds to be false or malicious: the bureau decides."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.core.case.commands import AppealRating
from yinuo.core.errors import Refusal


def appeal_rating(
    case: Case, visit: int, reasons: str, *, person: Person, now: datetime, seen: int | None = None
) -> Opened | Refusal:
    to = catalogue().city.bureau.id
    return act(case, AppealRating(visit, to, reasons), person=person, now=now, seen=seen)
