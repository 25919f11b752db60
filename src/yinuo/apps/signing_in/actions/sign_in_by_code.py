"""Who may come in by a one-time code."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.actions.redeem import redeem
from yinuo.apps.signing_in.models import Purpose
from yinuo.core.errors import Refusal


def sign_in_by_code(code: str, digits: str, *, now: datetime) -> Person | Refusal:
    """The citizen whose phone got the code. Staff have a password and a second lock instead."""
    used = redeem(code, Purpose.SIGN_IN, digits, now=now)
    if isinstance(used, Refusal):
        return used
    person = Person.objects.by_login(used.phone)
    if person is None or person.is_staff or not person.is_active:
        return Refusal("invalid-answers", {"code": "wrong-code"})
    return person
