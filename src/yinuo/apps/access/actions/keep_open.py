"""A page is asked for: the session goes on, or it is over by now."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.models import PersonSession
from yinuo.apps.access.session_limits import limits_of
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import posts_text
from yinuo.core.clock import day_of

SEEN_EVERY = timedelta(minutes=1)  # a page more does not need a write more


def keep_open(person: Person, session: UUID | None, now: datetime) -> str:
    """'' while it goes on; else why it does not: `no-session`, or as `end_sessions` says."""
    kept = PersonSession.objects.filter(pk=session, person=person).first() if session else None
    if kept is None:
        return "no-session"
    if kept.ended_at is not None:
        return kept.why
    why = _over(kept, person, now)
    if why:
        end_sessions(person, why, now, only=[kept.pk])
    elif now - kept.seen_at >= SEEN_EVERY:
        PersonSession.objects.filter(pk=kept.pk, ended_at=None).update(seen_at=now)
    return why


def _over(kept: PersonSession, person: Person, now: datetime) -> str:
    limits = limits_of(person)
    if now - kept.seen_at >= limits.idle:
        return "idle"
    if now - kept.started_at >= limits.longest:
        return "too-long"
    if not kept.posts:
        return ""
    held = posts_text(person, catalogue().city, day_of(now))
    return "post-ended" if set(kept.posts) - set(held) else ""
