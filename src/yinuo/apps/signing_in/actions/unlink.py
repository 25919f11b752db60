"""Taking back that an identity provider may sign somebody in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.models import Link
from yinuo.core.errors import Refusal


def unlink(person: Person, now: datetime, *, but: UUID | None = None) -> Refusal | None:
    """All sessions end `but` this one; what the provider verified stays. `only-way-in` where nobody could
    sign in any more afterwards."""
    if not person.phone and not person.has_usable_password():
        return Refusal("only-way-in")
    with transaction.atomic():
        gone, _ = Link.objects.filter(person=person).delete()
        if gone:
            end_sessions(person, "way-changed", now, but=but)
    return None if gone else Refusal("not-linked")
