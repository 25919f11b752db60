"""Another phone number for an account. Whether it is in the person's hand was found out before."""

from __future__ import annotations

from django.db import transaction

from yinuo.apps.people.models import BY_PHONE, Person, login_of
from yinuo.apps.vault.index import hold
from yinuo.core.errors import Refusal


def change_phone(person: Person, phone: str) -> Person | Refusal:
    """`phone` in canonical form; `phone-taken` where somebody else has it."""
    if person.is_staff:
        return Refusal("only-an-applicant")
    with transaction.atomic():
        hold(BY_PHONE, phone)
        other = Person.objects.by_login(phone)
        if other is not None and other.pk != person.pk:
            return Refusal("phone-taken")
        person.login, person.phone = login_of(phone), phone
        person.save(update_fields=["login", "phone"])
    return person
