"""Saying why one opens a case of one's unit that is not one's own."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.items.queries import catalogue
from yinuo.apps.looks.models import Opening
from yinuo.apps.looks.reasons import stated
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import units_of
from yinuo.core.case.looking import REASONS
from yinuo.core.clock import day_of, end_of_day
from yinuo.core.errors import Refusal


def state_reason(
    case: str, units: tuple[str, ...], key: str, words: str, *, person: Person, now: datetime
) -> Opening | Refusal:
    """It holds for this case until the end of this day. `units`: that of the case first, then any to which it
    is offered.

    `not-your-unit`: for somebody from elsewhere there is only the glass.
    """
    if not units_of(person, catalogue().city, day_of(now)) & set(units):
        return Refusal("not-your-unit")
    refused = stated(key, words, REASONS)
    if refused is not None:
        return refused
    return Opening.objects.create(
        person=person, case=case, case_unit=units[0], way="reason", key=key, words=words.strip(), at=now,
        until=end_of_day(day_of(now)),
    )  # fmt: skip
