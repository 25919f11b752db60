"""Somebody of the unit who has said today why they look at a case."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from yinuo.apps.cases.models import Case
from yinuo.apps.looks.actions.state_reason import state_reason
from yinuo.apps.looks.models import Opening
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

WHY = "帮同事核对材料"


def says_why(person: Person | None, case: Case) -> Opening | Refusal:
    """Stated now; a refusal for somebody who does not work in the unit."""
    if person is None:
        return Refusal("not-your-unit")
    case.refresh_from_db()
    units = tuple(unit for unit in (case.unit, case.offered) if unit)
    return state_reason(case.number, units, "colleague-asks", WHY, person=person, now=timezone.now())


def broken_glass(case: Case, person: Person) -> Opening:
    """One that has closed again and waits for its review."""
    now = timezone.now()
    return Opening.objects.create(
        person=person,
        case=case.number,
        case_unit=case.unit,
        way="glass",
        key="danger",
        words=WHY,
        at=now - timedelta(hours=2),
        until=now - timedelta(hours=1),
        review_by=now.date(),
    )
