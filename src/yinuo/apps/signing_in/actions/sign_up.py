"""Signing up with a phone that is in one's hand."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.people.actions.register import register, registration_problems
from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.actions.redeem import redeem
from yinuo.apps.signing_in.models import Purpose
from yinuo.apps.signing_in.queries import phone_of
from yinuo.core.errors import Refusal


def sign_up(code: str, digits: str, *, name: str, password: str, now: datetime) -> Person | Refusal:
    """The new account. What is wrong with name and password is said first, and costs the code no try.

    A number with an account got no code, so nobody learns here that it has one.
    """
    phone = phone_of(code, Purpose.REGISTER, now)
    if wrong := registration_problems(phone, name, password):
        return Refusal("invalid-answers", wrong)
    used = redeem(code, Purpose.REGISTER, digits, now=now)
    if isinstance(used, Refusal):
        return used
    person = register(used.phone, name, password)
    return Refusal("invalid-answers", {"code": "wrong-code"}) if isinstance(person, Refusal) else person
