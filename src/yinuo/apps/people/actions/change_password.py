"""Another password."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.clients.actions.revoke_programs import revoke_programs
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def change_password(
    person: Person, password: str, now: datetime, *, but: UUID | None = None
) -> Person | Refusal:
    """The person with the new password. All sessions are over `but` this one, and no program that was let in
    acts any more: whoever knew the old password is out."""
    if problem := weakness(password, person.phone, person.name):
        return Refusal("invalid-answers", {"password": problem})
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        end_sessions(person, "password-changed", now, but=but)
        revoke_programs(person)
    return person


def weakness(password: str, phone: str = "", name: str = "") -> str | None:
    """None, or the code of what is wrong with it as the password of whoever has this phone and name."""
    try:
        validate_password(password, Person(phone=phone, name=name))
    except ValidationError as error:
        return str(error.error_list[0].code)
    return None
