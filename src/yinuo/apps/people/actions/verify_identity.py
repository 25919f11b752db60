"""An identity provider says who somebody is."""

from __future__ import annotations

from django.db import transaction

from yinuo.apps.people.models import BY_IDENTITY, Level, Person
from yinuo.apps.people.queries import with_identity
from yinuo.apps.vault.index import blind, hold
from yinuo.core.errors import Refusal


def verify_identity(person: Person, name: str, number: str) -> Person | Refusal:
    """The person at level `VERIFIED` with this name and number, `number` in canonical form.

    Refused: another account has the number (`identity-elsewhere`), or this one another (`identity-differs`).
    """
    with transaction.atomic():
        hold(BY_IDENTITY, number)
        other = with_identity(number)
        if other is not None and other.pk != person.pk:
            return Refusal("identity-elsewhere")
        if person.level == Level.VERIFIED and person.identity != number:
            return Refusal("identity-differs")
        person.name, person.identity, person.level = name, number, Level.VERIFIED
        person.identity_index = blind(BY_IDENTITY, number)
        person.save(update_fields=["name", "identity", "level", "identity_index"])
    return person
