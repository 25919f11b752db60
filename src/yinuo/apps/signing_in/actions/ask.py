"""Asking for a one-time code by text message."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from yinuo.apps.people.models import BY_PHONE, Person
from yinuo.apps.signing_in import texting
from yinuo.apps.signing_in.digits import digest, new_digits
from yinuo.apps.signing_in.models import Code, Purpose
from yinuo.apps.vault.index import blind, blinds, hold
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import check_phone, normalize

GOOD_FOR = timedelta(minutes=5)
NOT_SOONER = timedelta(seconds=60)  # between two codes for one phone
KEPT = timedelta(days=1)
MOBILE = 11  # digits; a landline takes no text messages
# What is said to a number that the code is no use to: "this number has an account already". For the others
# nobody has asked, so nothing is sent.
FOR_NEWCOMERS = (Purpose.REGISTER, Purpose.PHONE)

Words = Callable[[str, str], str]
"""(purpose, digits) -> the message; without digits it says that the number has an account already."""


def ask(
    purpose: str, phone: str, *, words: Words, now: datetime, person: Person | None = None
) -> Code | Refusal:
    """A code on its way to `phone`, where it is of use there.

    The answer and the work are the same for a number with an account and for one without. Refused: `phone`
    is no mobile number (`invalid-answers`), a code was asked for within a minute (`wait-for-code`), the city
    has no gateway (`no-text-messages`).
    """
    phone = normalize("phone", phone[:60])
    if problem := mobile_problem(phone):
        return Refusal("invalid-answers", {"phone": problem})
    if not settings.SMS_URL:
        return Refusal("no-text-messages")
    digits = new_digits()
    code = _keep(purpose, phone, digits, now, person)
    if not isinstance(code, Refusal):
        _send(purpose, phone, digits, words)
    return code


def mobile_problem(phone: str) -> str | None:
    """`phone` in canonical form."""
    is_mobile = len(phone) == MOBILE and phone.startswith("1")
    return check_phone(phone) or (None if is_mobile else "mobile-needed")


def _keep(purpose: str, phone: str, digits: str, now: datetime, person: Person | None) -> Code | Refusal:
    code = Code(id=uuid.uuid4(), purpose=purpose, phone=phone, person=person)
    code.phone_index = blind(BY_PHONE, phone)
    code.digest = digest(code.pk, purpose, phone, digits)
    code.made_at, code.expires_at = now, now + GOOD_FOR
    same = Code.objects.filter(purpose=purpose, phone_index__in=blinds(BY_PHONE, phone))
    with transaction.atomic():
        hold(BY_PHONE, phone)
        if same.filter(made_at__gt=now - NOT_SOONER).exists():
            return Refusal("wait-for-code")
        code.save(force_insert=True)
        Code.objects.filter(made_at__lt=now - KEPT).delete()
    return code


def _send(purpose: str, phone: str, digits: str, words: Words) -> None:
    is_known = Person.objects.by_login(phone) is not None
    if purpose in FOR_NEWCOMERS:
        texting.send(phone, words(purpose, "" if is_known else digits))
    elif is_known:
        texting.send(phone, words(purpose, digits))
