"""A post is done by a colleague while its holder is away."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yinuo.apps.access import guards
from yinuo.apps.access.models import Delegation
from yinuo.apps.access.recording import note
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person, Post
from yinuo.apps.people.queries import units_led
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal


def delegate(
    post: Post,
    deputy: Person | None,
    starts_on: date,
    ends_on: date,
    *,
    reason: str,
    by: Person,
    now: datetime,
) -> Delegation | Refusal:
    """By the holder, or by whoever leads the unit where the holder cannot; never to oneself.

    Only a post that is held oneself: what somebody does for another they cannot pass on.
    """
    if deputy is None:
        return Refusal("choose-a-person", {"deputy": "required"})
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=deputy.pk)
        no = (
            _may_give(post, by, now)
            or guards.has_reason(reason)
            or _wrong_deputy(post, deputy, by)
            or _wrong_days(post, starts_on, ends_on, now)
            or guards.clash(deputy, post.post, starts_on, ends_on)
        )
        if no is not None:
            return no
        given = Delegation.objects.create(
            post=post,
            deputy=deputy,
            starts_on=starts_on,
            ends_on=ends_on,
            given_by=by,
            given_at=now,
            reason=reason,
        )
        facts = {
            "post": post.post,
            "unit": post.unit,
            "from": starts_on.isoformat(),
            "to": ends_on.isoformat(),
        }
        note("deputy-named", deputy, by=by, reason=reason, now=now, **facts)
    return given


def _may_give(post: Post, by: Person, now: datetime) -> Refusal | None:
    if post.person_id == by.pk or post.unit in units_led(by, catalogue().city, day_of(now)):
        return None
    return Refusal("without-the-post")


def _wrong_deputy(post: Post, deputy: Person, by: Person) -> Refusal | None:
    if deputy.pk in (post.person_id, by.pk):
        return Refusal("not-to-yourself", {"deputy": "not-to-yourself"})
    sound = deputy.is_staff and deputy.is_active
    return None if sound else Refusal("choose-a-person", {"deputy": "not-a-choice"})


def _wrong_days(post: Post, starts_on: date, ends_on: date, now: datetime) -> Refusal | None:
    most = catalogue().city.posts.longest_absence
    if starts_on < day_of(now):
        return Refusal("invalid-answers", {"starts_on": "date-in-past"})
    no = guards.days(starts_on, ends_on)
    if no is None and (ends_on - starts_on).days >= most:
        no = Refusal("too-long-away", {"ends_on": "too-long-away"}, {"most": most})
    if no is None and not post.starts_on <= starts_on <= ends_on <= (post.ends_on or guards.FOR_EVER):
        no = Refusal("post-not-held", {"ends_on": "post-not-held"})
    return no or _taken(post, starts_on, ends_on)


def _taken(post: Post, starts_on: date, ends_on: date) -> Refusal | None:
    there = Delegation.objects.filter(
        post=post, ended_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    return Refusal("deputy-already", {"starts_on": "deputy-already"}) if there.exists() else None
