"""Taking back that an identity provider may sign somebody in."""

from __future__ import annotations

from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.models import Link
from yinuo.core.errors import Refusal


def unlink(person: Person) -> Refusal | None:
    """What the provider verified stays. `only-way-in` where nobody could sign in any more afterwards."""
    if not person.phone and not person.has_usable_password():
        return Refusal("only-way-in")
    gone, _ = Link.objects.filter(person=person).delete()
    return None if gone else Refusal("not-linked")
