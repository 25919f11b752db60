"""Somebody leaves: no sign-in, no post, no deputy of theirs any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.guards import changes
from yinuo.apps.access.models import Delegation
from yinuo.apps.access.recording import note
from yinuo.apps.people.models import Person, Post
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal


def close_account(person: Person, reason: str, *, by: Person | None, now: datetime) -> Person | Refusal:
    no = changes(by, person, reason, now)
    if no is None and not person.is_active:
        no = Refusal("closed-already")
    if no is not None:
        return no
    with transaction.atomic():
        person.is_active = False
        person.save(update_fields=["is_active"])
        _without_posts(person, now)
        end_sessions(person, "closed", now)
        note("account-closed", person, by=by, reason=reason, now=now)
    return person


def _without_posts(person: Person, now: datetime) -> None:
    """Posts end with yesterday; one that begins today or later never begins."""
    today = day_of(now)
    Delegation.objects.filter(deputy=person, ended_at=None).update(ended_at=now)
    Delegation.objects.filter(post__person=person, ended_at=None).update(ended_at=now)
    Post.objects.filter(person=person, starts_on__gte=today).delete()
    open_ = Post.objects.filter(person=person).exclude(ends_on__lt=today)
    open_.update(ends_on=today - timedelta(days=1))
