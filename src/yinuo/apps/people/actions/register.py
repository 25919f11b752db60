"""A citizen signs up with a phone number and a password."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import check_phone, normalize

LONGEST_NAME = 50


def register(phone: str, name: str, password: str) -> Person | Refusal:
    """The new person; `invalid-answers` names the fields `phone`, `name`, `password` that are wrong."""
    phone, name = normalize("phone", phone), name.strip()
    wrong = {"phone": check_phone(phone), "name": _name_problem(name), "password": _weak(password)}
    fields = {key: code for key, code in wrong.items() if code}
    if fields:
        return Refusal("invalid-answers", fields)
    try:
        with transaction.atomic():
            return Person.objects.create_person(phone, name, password)
    except IntegrityError:
        return Refusal("invalid-answers", {"phone": "phone-taken"})


def _name_problem(name: str) -> str | None:
    if not name:
        return "required"
    return "too-long" if len(name) > LONGEST_NAME else None


def _weak(password: str) -> str | None:
    try:
        validate_password(password)
    except ValidationError:
        return "weak-password"
    return None
