"""Whether whoever sits at the browser knows the password of the account."""

from __future__ import annotations

from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def confirm(person: Person, password: str) -> Refusal | None:
    """None where it is right, or where the account has none; else what is wrong with `old_password`."""
    if not person.has_usable_password() or person.check_password(password):
        return None
    return Refusal("invalid-answers", {"old_password": "wrong-password" if password else "required"})
