"""保全: a case that is not erased until a day, whatever its rule says."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yinuo.apps.cases.queries import visible_to
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import units_for
from yinuo.apps.rights.models import Hold
from yinuo.apps.rights.queries import holds_on
from yinuo.core.clock import add_months, day_of
from yinuo.core.errors import Refusal

LONGEST_REASON = 500
LONGEST_YEARS = 5  # a design preset; whoever needs longer looks at it again


def place_hold(
    number: str, reason: str, last_day: str, *, is_told: bool, person: Person, now: datetime
) -> Hold | Refusal:
    """Refused: no case of one's units (`no-such-case`), it is held already (`held-already`), and
    `invalid-answers` with `reason` and `last_day`. `last_day`: `2027-12-31`, the last on which it holds."""
    today = day_of(now)
    wrong = {"reason": _reason_problem(reason), "last_day": _day_problem(last_day, today)}
    fields = {key: code for key, code in wrong.items() if code}
    if fields:
        return Refusal("invalid-answers", fields)
    with transaction.atomic():
        case = visible_to(person, today).select_for_update().filter(number=number).first()
        if case is None or case.unit not in units_for("legal-hold", person, catalogue().city, today):
            return Refusal("no-such-case")
        if number in holds_on([number], today):
            return Refusal("held-already")
        return Hold.objects.create(
            case=number,
            reason=reason.strip(),
            is_told=is_told,
            placed_by=person,
            placed_at=now,
            last_day=date.fromisoformat(last_day),
        )


def _reason_problem(reason: str) -> str | None:
    if not reason.strip():
        return "required"
    return "too-long" if len(reason.strip()) > LONGEST_REASON else None


def _day_problem(text: str, today: date) -> str | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return "bad-date" if text else "required"
    if day < today:
        return "past-date"
    return "hold-too-long" if day > add_months(today, 12 * LONGEST_YEARS) else None
