"""Reading what is known about a code that was asked for, and about links to the identity provider."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.models import BY_SUBJECT, Code, Link
from yinuo.apps.vault.index import blinds


def phone_of(code: str, purpose: str, now: datetime) -> str:
    """The phone that a code was asked for; empty where there is none that still counts."""
    found = Code.objects.filter(pk=UUID(code), purpose=purpose, expires_at__gt=now).first()
    return found.phone if found is not None else ""


def person_of(code: str, purpose: str, now: datetime) -> Person | None:
    """Whose code this is, as far as the number has an account; the same work where it has none."""
    return Person.objects.by_login(phone_of(code, purpose, now))


def link_of(issuer: str, subject: str) -> Link | None:
    known = Link.objects.filter(issuer=issuer, subject_index__in=blinds(BY_SUBJECT, subject))
    return known.select_related("person").first()


def is_linked(person: Person) -> bool:
    return Link.objects.filter(person=person).exists()
