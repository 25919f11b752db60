"""Who may come in because an identity provider says who it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.people.actions.admit import admit
from yinuo.apps.people.actions.verify_identity import verify_identity
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import with_identity
from yinuo.apps.signing_in.models import BY_SUBJECT, Link
from yinuo.apps.signing_in.queries import link_of
from yinuo.apps.vault.index import blind, hold
from yinuo.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Claims:
    """What the provider says. `identity` and `phone` are "" where it says nothing certain of them."""

    issuer: str
    subject: str
    name: str
    identity: str = ""
    phone: str = ""


def sign_in_by_provider(claims: Claims, *, now: datetime, current: Person | None = None) -> Person | Refusal:
    """The account of this subject: linked before, the one signed in now, the one with the same verified
    identity number, or a new one.

    A new link ends every session of the account; whoever came by it signs in anew.

    A phone number joins no accounts: numbers are given to somebody else after a while. Refused:
    `provider-without-name`, `provider-names-another`, `linked-elsewhere`, `identity-elsewhere`,
    `identity-differs`, `wrong-login`.
    """
    if not claims.name:
        return Refusal("provider-without-name")
    with transaction.atomic():
        hold(BY_SUBJECT, claims.subject)
        result = _person(claims, current, now)
        if isinstance(result, Refusal):
            transaction.set_rollback(True)
        return result


def _person(claims: Claims, current: Person | None, now: datetime) -> Person | Refusal:
    link = link_of(claims.issuer, claims.subject)
    if link is not None and current is not None and link.person_id != current.pk:
        return Refusal("linked-elsewhere")
    if link is None and current is not None and current.name != claims.name:
        return Refusal("provider-names-another")
    known = link.person if link is not None else current or with_identity(claims.identity)
    person = known or admit(claims.name, claims.phone)
    if person.is_staff or not person.is_active:
        return Refusal("wrong-login")
    if link is None:
        _link(person, claims, now)
        end_sessions(person, "way-changed", now)
    return verify_identity(person, claims.name, claims.identity) if claims.identity else person


def _link(person: Person, claims: Claims, now: datetime) -> None:
    Link.objects.create(
        person=person,
        issuer=claims.issuer,
        subject=claims.subject,
        subject_index=blind(BY_SUBJECT, claims.subject),
        linked_at=now,
    )
