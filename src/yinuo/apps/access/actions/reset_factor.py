"""An authenticator is lost: the next sign-in leads to a new one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.guards import changes
from yinuo.apps.access.models import RecoveryCode, SecondFactor
from yinuo.apps.access.recording import note
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def reset_factor(person: Person, reason: str, *, by: Person | None, now: datetime) -> Person | Refusal:
    no = changes(by, person, reason, now)
    if no is not None:
        return no
    with transaction.atomic():
        SecondFactor.objects.filter(person=person).delete()
        RecoveryCode.objects.filter(person=person).delete()
        end_sessions(person, "factor-reset", now)
        note("factor-reset", person, by=by, reason=reason, now=now)
    return person
