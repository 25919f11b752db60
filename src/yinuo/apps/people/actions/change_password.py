"""Another password."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def change_password(person: Person, password: str) -> Person | Refusal:
    """The person with the new password, and all sessions that began with the old one over."""
    if problem := weakness(password, person.phone, person.name):
        return Refusal("invalid-answers", {"password": problem})
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


def weakness(password: str, phone: str = "", name: str = "") -> str | None:
    """None, or the code of what is wrong with it as the password of whoever has this phone and name."""
    try:
        validate_password(password, Person(phone=phone, name=name))
    except ValidationError as error:
        return str(error.error_list[0].code)
    return None
