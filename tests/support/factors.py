"""Second factors of the tests: an authenticator with a known secret, and what it shows."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.access.models import SecondFactor
from yinuo.apps.access.totp import code_of, step_at
from yinuo.apps.people.models import Person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def bound(person: Person, now: datetime) -> Person:
    """A member of staff whose authenticator is set up; no code of it was used yet."""
    SecondFactor.objects.create(person=person, secret=SECRET, made_at=now, confirmed_at=now)
    return person


def code_at(now: datetime, steps: int = 0) -> str:
    """What the authenticator shows now, or that many steps of 30 seconds later."""
    return code_of(SECRET, step_at(now) + steps)
