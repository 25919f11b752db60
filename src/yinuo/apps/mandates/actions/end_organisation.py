"""Somebody no longer represents an organisation: every mandate that they gave for it ends with that."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.mandates.models import Organisation
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def end_organisation(organisation: Organisation, *, person: Person, now: datetime) -> Organisation | Refusal:
    """Its cases stay with it; whoever represents it next states it anew and is shown them once confirmed."""
    own = Organisation.objects.filter(pk=organisation.pk, representative=person, ended_at__isnull=True)
    if not own.update(ended_at=now):
        return Refusal("not-yours-to-end")
    organisation.refresh_from_db()
    return organisation
