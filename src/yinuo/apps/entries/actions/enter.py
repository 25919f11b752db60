"""Somebody came, tried to, or was turned away: that leaves an entry."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.apps.entries.models import Entry, Kind, Outcome
from yinuo.apps.limits.queries import place
from yinuo.apps.people.models import Person

ONCE = timedelta(minutes=10)  # to be refused the same page again within this time is the same attempt


def enter(
    kind: Kind, way: str, outcome: Outcome, *, person: Person | None, address: str, now: datetime
) -> Entry | None:
    """The entry; None where somebody was refused the same a moment ago, so that nobody fills the table.

    `person` None: nobody has the number that was typed. Writing it down is the same work.
    """
    if kind == Kind.REFUSED and _was_just_refused(person, way, now):
        return None
    return Entry.objects.create(
        at=now, kind=kind, way=way[:40], outcome=outcome, person=person, digest=place(address)
    )


def _was_just_refused(person: Person | None, way: str, now: datetime) -> bool:
    same = Entry.objects.filter(person=person, kind=Kind.REFUSED, way=way[:40], at__gt=now - ONCE)
    return same.exists()
