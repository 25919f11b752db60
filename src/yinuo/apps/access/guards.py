"""The checks that the changes of accounts share."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q

from yinuo.apps.access.models import Change, Delegation
from yinuo.apps.access.recording import LONGEST_REASON
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person, Post
from yinuo.apps.people.queries import may
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal

FOR_EVER = date.max
# As long as a password that was given can be good: whoever reset it knows it, and with the authenticator
# reset as well could come in as that person (OWASP ASVS 5.0, 8.4.2).
APART = timedelta(hours=72)


def manages(by: Person | None, now: datetime) -> Refusal | None:
    """Whether somebody may change accounts today; the command line, None, always may."""
    if by is None or may("manage-people", by, catalogue().city, day_of(now)):
        return None
    return Refusal("without-the-post", facts={"act": "manage-people"})


def changes(by: Person | None, person: Person, reason: str, now: datetime) -> Refusal | None:
    """Whether somebody may change this account: with the post, with a reason, and not one's own."""
    no = manages(by, now) or has_reason(reason)
    if no is None and not person.is_staff:
        return Refusal("no-such-account")
    return no or (Refusal("not-to-yourself") if by is not None and by.pk == person.pk else None)


def not_both(by: Person | None, person: Person, other: str, now: datetime) -> Refusal | None:
    """`needs-another-administrator` where the same one did `other` to this account a short while ago.

    Inside the transaction that writes: of two attempts at once one waits here for the other.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    did = Change.objects.filter(person=person, by=by, what=other, at__gt=now - APART)
    return Refusal("needs-another-administrator") if by is not None and did.exists() else None


def has_reason(reason: str) -> Refusal | None:
    if not reason.strip():
        return Refusal("say-why", {"reason": "required"})
    return Refusal("too-long", {"reason": "too-long"}) if len(reason) > LONGEST_REASON else None


def days(starts_on: date, ends_on: date | None) -> Refusal | None:
    if ends_on is not None and ends_on < starts_on:
        return Refusal("ends-before-it-starts", {"ends_on": "ends-before-it-starts"})
    return None


def clash(person: Person, post: str, starts_on: date, ends_on: date | None) -> Refusal | None:
    """`incompatible-posts` where somebody would hold on one day what nobody may hold together."""
    rules, last = catalogue().city.posts, ends_on or FOR_EVER
    for held in _held(person, starts_on, last):
        rule = rules.clash(post, held)
        if rule is not None:
            return Refusal(
                "incompatible-posts", {"post": "incompatible-posts"}, {"held": held, "why": rule.why}
            )
    return None


def _held(person: Person, first: date, last: date) -> list[str]:
    """The posts of somebody in these days, own ones and those done for others."""
    own = Post.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=first), person=person, starts_on__lte=last
    )
    stood = Delegation.objects.filter(
        deputy=person, ended_at__isnull=True, starts_on__lte=last, ends_on__gte=first
    )
    return [*own.values_list("post", flat=True), *stood.values_list("post__post", flat=True)]
