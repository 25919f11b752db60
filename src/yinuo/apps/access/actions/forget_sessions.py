"""Nothing is kept of who was signed in where, once nobody can come back to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session

from yinuo.apps.access.models import PersonSession


def forget_sessions(now: datetime) -> int:
    """How many rows there were. Safe to repeat. What a browser may still show is kept, to tell it why it is
    signed out."""
    Session.objects.filter(expire_date__lte=now).delete()
    first = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return PersonSession.objects.filter(started_at__lte=first).delete()[0]
