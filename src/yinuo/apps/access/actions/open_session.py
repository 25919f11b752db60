"""A member of staff is signed in: one more session on the list, and the oldest beyond the limit ends."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.models import StaffSession
from yinuo.apps.access.queries import open_sessions
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import posts_text
from yinuo.core.clock import day_of


@transaction.atomic
def open_session(person: Person, browser: str, now: datetime) -> StaffSession:
    """`browser`: in words, `Firefox · Windows`. Only after the second factor."""
    Person.objects.select_for_update().get(pk=person.pk)
    beyond = open_sessions(person, now)[max(settings.STAFF_SESSIONS - 1, 0) :]
    end_sessions(person, "too-many", now, only=[one.pk for one in beyond])
    posts = posts_text(person, catalogue().city, day_of(now))
    return StaffSession.objects.create(
        person=person, browser=browser[:60], started_at=now, seen_at=now, posts=posts
    )
