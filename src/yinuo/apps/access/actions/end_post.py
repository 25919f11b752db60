"""Ending a post: with a day to come, with today, or at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.guards import changes
from yinuo.apps.access.recording import note
from yinuo.apps.people.models import Person, Post
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal


def end_post(post: Post, last_day: date, reason: str, *, by: Person | None, now: datetime) -> Post | Refusal:
    """`last_day`: the last on which it is held; yesterday ends it at once. One that never began is gone."""
    yesterday = day_of(now) - timedelta(days=1)
    with transaction.atomic():
        post = Post.objects.select_for_update().select_related("person").get(pk=post.pk)
        no = changes(by, post.person, reason, now) or _wrong(post, last_day, yesterday)
        if no is not None:
            return no
        facts = {"post": post.post, "unit": post.unit, "to": last_day.isoformat()}
        _end(post, last_day)
        if last_day == yesterday:
            end_sessions(post.person, "post-ended", now)
        note("post-ended", post.person, by=by, reason=reason, now=now, **facts)
    return post


def _wrong(post: Post, last_day: date, yesterday: date) -> Refusal | None:
    if post.ends_on is not None and post.ends_on <= yesterday:
        return Refusal("ended-already")
    if last_day < yesterday:
        return Refusal("invalid-answers", {"ends_on": "date-in-past"})
    return None


def _end(post: Post, last_day: date) -> None:
    if last_day < post.starts_on:
        post.delete()
        return
    post.ends_on = last_day
    post.save(update_fields=["ends_on"])
