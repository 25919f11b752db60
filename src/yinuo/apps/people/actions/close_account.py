"""Taking everything out of an account that its owner closes, and out of the table once nothing needs it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from yinuo.apps.people.models import Level, Person

CLOSED_NAME = "已注销"


def close_account(person: Person) -> Person:
    """Nobody can sign in as it any more, and it says nothing of anybody; open sessions are over."""
    person.name, person.phone, person.identity = CLOSED_NAME, "", ""
    person.login, person.identity_index = f"closed-{person.pk.hex}", None
    person.level, person.is_active = Level.NONE, False
    person.set_unusable_password()
    person.save()
    return person


def forget_account(person: Person) -> bool:
    """Delete the empty row; False where something that is still kept names it."""
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        return False
    return True
