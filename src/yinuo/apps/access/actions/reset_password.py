"""A password is lost: another for one sign-in, at which one's own has to be chosen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.access.actions.add_account import GOOD_FOR
from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.guards import changes, not_both
from yinuo.apps.access.models import GivenPassword
from yinuo.apps.access.recording import note
from yinuo.apps.access.recovery import new_code
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def reset_password(person: Person, reason: str, *, by: Person | None, now: datetime) -> str | Refusal:
    """The password, which nobody can read again. The second factor stays as it is.

    `needs-another-administrator` for whoever has just reset that of the same person.
    """
    no = changes(by, person, reason, now)
    if no is not None:
        return no
    password = new_code()
    with transaction.atomic():
        if no := not_both(by, person, "factor-reset", now):
            return no
        person.set_password(password)
        person.save(update_fields=["password"])
        GivenPassword.objects.update_or_create(person=person, defaults={"until": now + GOOD_FOR})
        end_sessions(person, "password-changed", now)
        note("password-reset", person, by=by, reason=reason, now=now)
    return password
