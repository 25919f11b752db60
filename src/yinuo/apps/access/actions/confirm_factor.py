"""The first code of a new authenticator: from now on it is asked for at every sign-in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.access.models import Enrolment, SecondFactor
from yinuo.apps.access.queries import enrolment_is_over
from yinuo.apps.access.recording import note
from yinuo.apps.access.totp import matching_step
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def confirm_factor(person: Person, code: str, now: datetime) -> Refusal | None:
    """None: it counts. Else `wrong-second-code`, `no-such-account`, or `enrolment-over` where it was reset
    and the time for a new one has passed."""
    if enrolment_is_over(person, now):
        return Refusal("enrolment-over", {"code": "enrolment-over"})
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(person=person, confirmed_at=None).first()
        if factor is None:
            return Refusal("no-such-account")
        step = matching_step(factor.secret, code, now)
        if step is None:
            return Refusal("wrong-second-code", {"code": "wrong-second-code"})
        factor.confirmed_at, factor.last_step = now, step
        factor.save(update_fields=["confirmed_at", "last_step"])
        Enrolment.objects.filter(person=person).delete()
        note("factor-confirmed", person, by=person, reason="", now=now)
    return None
