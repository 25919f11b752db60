"""Marking notices as read."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.notices.models import Notice
from yinuo.apps.people.models import Person


def mark_read(person: Person, *, now: datetime, notice: int | None = None) -> int:
    """One of the person's notices, or all of them; returns how many had been unread."""
    found = Notice.objects.filter(person=person, read_at__isnull=True)
    return (found if notice is None else found.filter(pk=notice)).update(read_at=now)
