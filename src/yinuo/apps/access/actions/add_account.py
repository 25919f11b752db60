"""A new member of staff: an account with a password for the first sign-in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from yinuo.apps.access.guards import has_reason, manages
from yinuo.apps.access.models import GivenPassword
from yinuo.apps.access.recording import note
from yinuo.apps.access.recovery import new_code
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

GOOD_FOR = timedelta(hours=72)
LONGEST_LOGIN, LONGEST_NAME = 40, 50


def add_account(
    login: str, name: str, reason: str, *, by: Person | None, now: datetime
) -> tuple[Person, str] | Refusal:
    """The person and the first password, which nobody can read again. One person, one account."""
    login, name = login.strip().lower(), name.strip()
    no = manages(by, now) or has_reason(reason) or _wrong(login, name)
    if no is not None:
        return no
    password = new_code()
    try:
        with transaction.atomic():
            person = Person.objects.create_person(login, name, password, is_staff=True)
            GivenPassword.objects.create(person=person, until=now + GOOD_FOR)
            note("account-added", person, by=by, reason=reason, now=now)
    except IntegrityError:
        return Refusal("invalid-answers", {"login": "login-taken"})
    return person, password


def _wrong(login: str, name: str) -> Refusal | None:
    """A staff number begins with a letter, so that it is never a phone number."""
    fields = {}
    sound = login.isascii() and login[:1].isalpha() and login.replace("-", "").isalnum()
    if not sound or len(login) > LONGEST_LOGIN:
        fields["login"] = "bad-staff-number"
    if not name or len(name) > LONGEST_NAME:
        fields["name"] = "too-long" if name else "required"
    return Refusal("invalid-answers", fields) if fields else None
