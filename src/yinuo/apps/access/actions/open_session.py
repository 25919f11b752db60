"""Somebody is signed in: one more session on the list, and the oldest beyond the limit ends."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.models import PersonSession
from yinuo.apps.access.queries import open_sessions
from yinuo.apps.access.session_limits import limits_of
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import posts_text
from yinuo.core.clock import day_of


@transaction.atomic
def open_session(person: Person, browser: str, now: datetime) -> PersonSession:
    """`browser`: in words, `Firefox · Windows`. Of staff only after the second factor."""
    Person.objects.select_for_update().get(pk=person.pk)
    most = limits_of(person).most
    if most is not None:
        beyond = open_sessions(person, now)[most - 1 :]
        end_sessions(person, "too-many", now, only=[one.pk for one in beyond])
    posts = posts_text(person, catalogue().city, day_of(now))
    return PersonSession.objects.create(
        person=person, browser=browser[:60], started_at=now, seen_at=now, posts=posts
    )
