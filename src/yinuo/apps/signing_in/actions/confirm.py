"""Whether whoever sits at the browser is the owner of the account, before it is changed or linked."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

FRESH = timedelta(minutes=10)  # a preset: so long after showing who one is nobody else is at the browser


def confirm(person: Person, password: str, *, proved: datetime | None, now: datetime) -> Refusal | None:
    """None where the password is right. An account without one must have signed in just now (`proved`), else
    `sign-in-again`."""
    if not person.has_usable_password():
        return None if is_fresh(proved, now) else Refusal("sign-in-again")
    if person.check_password(password):
        return None
    return Refusal("invalid-answers", {"old_password": "wrong-password" if password else "required"})


def is_fresh(proved: datetime | None, now: datetime) -> bool:
    return proved is not None and now - proved < FRESH
