"""A citizen signs up with a phone number and a password."""

from __future__ import annotations

from django.db import transaction

from yinuo.apps.people.actions.change_password import weakness
from yinuo.apps.people.models import BY_PHONE, Person
from yinuo.apps.vault.index import hold
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import check_phone, normalize

LONGEST_NAME = 50


def register(phone: str, name: str, password: str) -> Person | Refusal:
    """The new person; `invalid-answers` names the fields `phone`, `name`, `password` that are wrong.

    `phone-taken` is for whoever holds the phone: no page says it to anybody else.
    """
    phone, name = normalize("phone", phone), name.strip()
    if fields := registration_problems(phone, name, password):
        return Refusal("invalid-answers", fields)
    with transaction.atomic():
        hold(BY_PHONE, phone)
        if Person.objects.by_login(phone) is not None:
            return Refusal("invalid-answers", {"phone": "phone-taken"})
        return Person.objects.create_citizen(phone, name, password)


def registration_problems(phone: str, name: str, password: str) -> dict[str, str]:
    """Field -> code of what is wrong with it; whether the number is free is not asked."""
    wrong = {
        "phone": check_phone(phone),
        "name": _name_problem(name.strip()),
        "password": weakness(password, phone, name.strip()),
    }
    return {key: code for key, code in wrong.items() if code}


def _name_problem(name: str) -> str | None:
    if not name:
        return "required"
    return "too-long" if len(name) > LONGEST_NAME else None
