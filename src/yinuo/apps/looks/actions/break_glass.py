"""Opening a case of another unit for an hour, in an emergency, with a reason that is reviewed."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.apps.cases.queries import named, visible_to
from yinuo.apps.items.queries import catalogue
from yinuo.apps.looks.models import Opening
from yinuo.apps.looks.reasons import stated
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import may
from yinuo.core.case.looking import GLASS_REASONS
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal

OPEN_FOR = timedelta(minutes=60)
REVIEW_WITHIN = 3  # working days, for the supervisors of the unit whose case it is; a design preset


def break_glass(text: str, key: str, words: str, *, person: Person, now: datetime) -> Opening | Refusal:
    """The case of a number or a query code can be read, and nothing done to it, for an hour from `now`.

    `may-not-break`: no post of this person does that. `no-such-case`; `already-visible` with its `number`.
    """
    served, today = catalogue(), day_of(now)
    if not may("break-glass", person, served.city, today):
        return Refusal("may-not-break")
    refused = stated(key, words, GLASS_REASONS)
    if refused is not None:
        return refused
    case = named(text)
    if case is None:
        return Refusal("no-such-case")
    if visible_to(person, today, now).filter(pk=case.pk).exists():
        return Refusal("already-visible", facts={"number": case.number})
    return Opening.objects.create(
        person=person, case=case.number, case_unit=case.unit, way="glass", key=key, words=words.strip(),
        at=now, until=now + OPEN_FOR, review_by=served.calendar.nth_working_day(today, REVIEW_WITHIN),
    )  # fmt: skip
