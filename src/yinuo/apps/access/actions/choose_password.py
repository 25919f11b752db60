"""A member of staff chooses a password of their own; every other session of theirs is over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yinuo.apps.access.models import GivenPassword
from yinuo.apps.access.recording import note
from yinuo.apps.people.actions.change_password import change_password
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def choose_password(
    person: Person, password: str, now: datetime, *, but: UUID | None = None
) -> Person | Refusal:
    """`same-password` where it is the one that somebody else made; `invalid-answers` where it is weak."""
    if person.check_password(password):
        return Refusal("same-password", {"password": "same-password"})
    with transaction.atomic():
        changed = change_password(person, password, now, but=but)
        if not isinstance(changed, Refusal):
            GivenPassword.objects.filter(person=person).delete()
            note("password-chosen", person, by=person, reason="", now=now)
    return changed
