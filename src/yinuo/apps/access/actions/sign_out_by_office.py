"""Signing out one person, or everybody: a telephone was stolen, or something went wrong."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.access.guards import has_reason
from yinuo.apps.access.models import PersonSession
from yinuo.apps.access.recording import note
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def sign_out_by_office(person: Person | None, reason: str, now: datetime) -> int | Refusal:
    """How many sessions ended; of everybody where `person` is None. Refused as `guards.has_reason` says.

    Staff have it on their record; a citizen reads at the next page that the office did it.
    """
    if no := has_reason(reason):
        return no
    with transaction.atomic():
        open_ = PersonSession.objects.filter(ended_at=None)
        if person is not None:
            open_ = open_.filter(person=person)
        for one in Person.objects.filter(is_staff=True, pk__in=open_.values("person")):
            note("sessions-ended", one, by=None, reason=reason, now=now)
        return open_.update(ended_at=now, why="by-office")
