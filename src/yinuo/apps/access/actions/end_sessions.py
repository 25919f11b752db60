"""Signing somebody out: everywhere, everywhere else, or in one place."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from yinuo.apps.access.models import PersonSession
from yinuo.apps.people.models import Person


def end_sessions(
    person: Person,
    why: str,
    now: datetime,
    *,
    only: Collection[UUID] | None = None,
    but: UUID | None = None,
) -> int:
    """How many ended. `why`: signed-out, everywhere, too-many, idle, too-long, post-ended, password-changed,
    phone-moved, way-changed, factor-reset, by-office or closed. `only` these; all `but` this one."""
    found = PersonSession.objects.filter(person=person, ended_at=None)
    if only is not None:
        found = found.filter(pk__in=only)
    if but is not None:
        found = found.exclude(pk=but)
    return found.update(ended_at=now, why=why)
