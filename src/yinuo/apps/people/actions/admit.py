"""An account for somebody whom an identity provider sends."""

from __future__ import annotations

import uuid

from django.db import transaction

from yinuo.apps.people.models import BY_PHONE, Person, login_of
from yinuo.apps.vault.index import hold


def admit(name: str, phone: str) -> Person:
    """A new account without a password. `phone` is taken over where nobody else has it, else left out.

    Without a phone the account has a login that nobody can type, and is entered by way of the provider.
    """
    with transaction.atomic():
        hold(BY_PHONE, phone)
        free = phone if phone and Person.objects.by_login(phone) is None else ""
        login = login_of(free) if free else f"provider-{uuid.uuid4().hex}"
        return Person.objects.create_person(login, name, None, phone=free)
