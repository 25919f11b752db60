"""An authenticator is lost: the next sign-in leads to a new one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.guards import changes, not_both
from yinuo.apps.access.models import Enrolment, RecoveryCode, SecondFactor
from yinuo.apps.access.recording import note
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

# For no longer does the password alone lead to a new authenticator (OWASP ASVS 5.0, 6.4.4). The person has
# just stood before the administrator, and whoever is on duty for 24 hours still has time.
TO_ENROL = timedelta(hours=24)


def reset_factor(person: Person, reason: str, *, by: Person | None, now: datetime) -> Person | Refusal:
    """A new one can be set up within `TO_ENROL`. `needs-another-administrator` for whoever has just reset the
    password of the same person."""
    no = changes(by, person, reason, now)
    if no is not None:
        return no
    with transaction.atomic():
        if no := not_both(by, person, "password-reset", now):
            return no
        Enrolment.objects.update_or_create(person=person, defaults={"until": now + TO_ENROL})
        SecondFactor.objects.filter(person=person).delete()
        RecoveryCode.objects.filter(person=person).delete()
        end_sessions(person, "factor-reset", now)
        note("factor-reset", person, by=by, reason=reason, now=now)
    return person
