"""A new password for whoever forgot the old one and has the phone."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.people.actions.change_password import change_password, weakness
from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.actions.redeem import redeem
from yinuo.apps.signing_in.models import Purpose
from yinuo.apps.signing_in.queries import phone_of
from yinuo.core.errors import Refusal


def reset_password(code: str, digits: str, *, password: str, now: datetime) -> Person | Refusal:
    """The person, with the new password; every session and program that was let in ends with the old one.

    A weak password is refused before the code is tried, by the phone alone: it says nothing of an account.
    """
    if problem := weakness(password, phone_of(code, Purpose.RESET, now)):
        return Refusal("invalid-answers", {"password": problem})
    used = redeem(code, Purpose.RESET, digits, now=now)
    if isinstance(used, Refusal):
        return used
    person = Person.objects.by_login(used.phone)
    if person is None or person.is_staff or not person.is_active:
        return Refusal("invalid-answers", {"code": "wrong-code"})
    return change_password(person, password, now)
