"""Giving a post in a unit, from a day on and perhaps until another."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from yinuo.apps.access import guards
from yinuo.apps.access.recording import note
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person, Post
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal


def give_post(
    person: Person,
    post: str,
    unit: str,
    starts_on: date,
    ends_on: date | None,
    *,
    reason: str,
    by: Person | None,
    now: datetime,
) -> Post | Refusal:
    """Nobody gives themselves one; `incompatible-posts` where the two may not be in one hand."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        no = (
            guards.changes(by, person, reason, now)
            or _wrong(person, post, unit, starts_on, now)
            or guards.days(starts_on, ends_on)
            or _held_already(person, post, unit, starts_on, ends_on)
            or guards.clash(person, post, starts_on, ends_on)
        )
        if no is not None:
            return no
        given = Post.objects.create(person=person, post=post, unit=unit, starts_on=starts_on, ends_on=ends_on)
        span = {"from": starts_on.isoformat(), "to": ends_on.isoformat() if ends_on else ""}
        note("post-given", person, by=by, reason=reason, now=now, post=post, unit=unit, **span)
    return given


def _wrong(person: Person, post: str, unit: str, starts_on: date, now: datetime) -> Refusal | None:
    city = catalogue().city
    fields = {}
    if post not in city.posts.kinds:
        fields["post"] = "not-a-choice"
    if unit not in city.units:
        fields["unit"] = "not-a-choice"
    if starts_on < day_of(now):
        fields["starts_on"] = "date-in-past"
    if fields:
        return Refusal("invalid-answers", fields)
    return None if person.is_active else Refusal("closed-already")


def _held_already(person: Person, post: str, unit: str, first: date, last: date | None) -> Refusal | None:
    there = Post.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=first),
        person=person,
        post=post,
        unit=unit,
        starts_on__lte=last or guards.FOR_EVER,
    )
    return Refusal("post-held-already", {"post": "post-held-already"}) if there.exists() else None
