"""A parent no longer acts for a child here."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.mandates.models import Ward
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def end_ward(ward: Ward, *, person: Person, now: datetime) -> Ward | Refusal:
    """What was handed in for the child stays as it is."""
    if not Ward.objects.filter(pk=ward.pk, guardian=person, ended_at__isnull=True).update(ended_at=now):
        return Refusal("not-yours-to-end")
    ward.refresh_from_db()
    return ward
