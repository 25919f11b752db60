"""The holder is back, or the deputy cannot: from now on the post is the holder's again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.models import Delegation
from yinuo.apps.access.recording import note
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import units_led
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal


def end_delegation(delegation: Delegation, *, by: Person, now: datetime) -> Delegation | Refusal:
    """By the holder, by whoever leads the unit, or by the deputy."""
    post = delegation.post
    concerned = by.pk in (post.person_id, delegation.deputy_id)
    if not concerned and post.unit not in units_led(by, catalogue().city, day_of(now)):
        return Refusal("without-the-post")
    with transaction.atomic():
        if not Delegation.objects.filter(pk=delegation.pk, ended_at=None).update(ended_at=now):
            return Refusal("ended-already")
        if delegation.starts_on <= day_of(now):
            end_sessions(delegation.deputy, "post-ended", now)
        note("deputy-ended", delegation.deputy, by=by, reason="", now=now, post=post.post, unit=post.unit)
    return delegation
