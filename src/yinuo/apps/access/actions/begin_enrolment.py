"""The first sign-in: a secret for the authenticator. It counts for nothing until a code confirms it."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.access.models import SecondFactor
from yinuo.apps.access.totp import new_secret
from yinuo.apps.people.models import Person


def begin_enrolment(person: Person, now: datetime) -> SecondFactor:
    """The same secret however often the page is opened, so that a QR that was scanned stays right."""
    factor, _made = SecondFactor.objects.get_or_create(
        person=person, defaults={"secret": new_secret(), "made_at": now}
    )
    return factor
