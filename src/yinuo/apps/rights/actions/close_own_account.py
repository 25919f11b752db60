"""Closing one's own account (个人信息保护法第四十七条), once nothing goes on that hangs on it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.cases.actions.discard_draft import discard_draft
from yinuo.apps.cases.keeping import files_kept_for
from yinuo.apps.clients.actions.revoke_programs import revoke_programs
from yinuo.apps.documents.actions.discard_uploads import discard_uploads
from yinuo.apps.documents.queries import own_files
from yinuo.apps.mandates.actions.end_organisation import end_organisation
from yinuo.apps.mandates.actions.end_ward import end_ward
from yinuo.apps.mandates.actions.revoke import revoke
from yinuo.apps.notices.actions.forget import forget_person
from yinuo.apps.people.actions.close_account import close_account
from yinuo.apps.people.models import Person
from yinuo.apps.rights.closing import Closing, closing
from yinuo.apps.rights.models import ClosedAccount
from yinuo.apps.signing_in.actions.forget import forget_ways_in
from yinuo.core.errors import Refusal


def close_own_account(person: Person, *, reason: str, now: datetime) -> ClosedAccount | Refusal:
    """Drafts with their files, notices, mandates, ways in and what is known of the person go at once.

    Ended cases stay as long as their rule says, without an account. `reason`: what the other side of a
    mandate is told. Refused: `only-an-applicant`, `cases-go-on`.
    """
    if person.is_staff:
        return Refusal("only-an-applicant")
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        found = closing(locked, now)
        if found.open:
            return Refusal("cases-go-on", facts={"n": len(found.open)})
        _end(found, locked, reason, now)
        forget_ways_in(locked)
        forget_person(locked)
        return ClosedAccount.objects.create(person=close_account(locked), closed_at=now)


def _end(found: Closing, person: Person, reason: str, now: datetime) -> None:
    for mandate in found.mandates:
        revoke(mandate, reason, person=person, now=now)
    for organisation in found.organisations:
        end_organisation(organisation, person=person, now=now)
    for ward in found.wards:
        end_ward(ward, person=person, now=now)
    revoke_programs(person)
    end_sessions(person, "closed", now)
    for draft in found.drafts:
        discard_draft(draft)
    mine = own_files(person)
    discard_uploads(mine - files_kept_for(person) if mine else ())
