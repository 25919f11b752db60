"""The record of changes to accounts: written beside each change, in its transaction, and never again."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.access.models import Change
from yinuo.apps.people.models import Person

LONGEST_REASON = 500


def note(what: str, person: Person, *, by: Person | None, reason: str, now: datetime, **facts: str) -> None:
    """`by` None is the command line."""
    Change.objects.create(
        at=now, by=by, person=person, what=what, facts=facts, reason=reason.strip()[:LONGEST_REASON]
    )
