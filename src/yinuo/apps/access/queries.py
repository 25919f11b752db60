"""Reading sessions, second factors, delegations and the record of changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.apps.access.models import (
    Change,
    Delegation,
    Enrolment,
    GivenPassword,
    PersonSession,
    RecoveryCode,
    SecondFactor,
)
from yinuo.apps.access.session_limits import limits_of
from yinuo.apps.people.models import Person, Post


@dataclass(frozen=True, slots=True)
class Deputed:
    """A post that somebody does for whoever is absent."""

    post: str
    unit: str
    principal: UUID


def delegations_on(day: date) -> QuerySet[Delegation]:
    """What counts on a day: not ended, both people still there, and the post itself still held."""
    held = Q(post__ends_on__isnull=True) | Q(post__ends_on__gte=day)
    return Delegation.objects.filter(
        held,
        starts_on__lte=day,
        ends_on__gte=day,
        ended_at__isnull=True,
        post__starts_on__lte=day,
        post__person__is_active=True,
        deputy__is_active=True,
    )


def deputed(deputy: Person, day: date) -> list[Deputed]:
    """The posts that somebody does for others on a day."""
    found = delegations_on(day).filter(deputy=deputy).values_list("post__post", "post__unit", "post__person")
    return [Deputed(*one) for one in found.order_by("pk")]


def deputies(units: Iterable[str], posts: Iterable[str], day: date) -> list[tuple[str, Person]]:
    """(unit, person) for everybody who does one of these posts there for somebody absent."""
    found = delegations_on(day).filter(post__unit__in=list(units), post__post__in=list(posts))
    return [(one.post.unit, one.deputy) for one in found.select_related("post", "deputy")]


def stand_ins(posts: Iterable[Post], day: date) -> dict[int, UUID]:
    """Post id -> who does it on a day in place of its holder."""
    found = delegations_on(day).filter(post__in=[post.pk for post in posts])
    return dict(found.values_list("post", "deputy"))


def delegations_about(person: Person, day: date) -> list[Delegation]:
    """What somebody gave, got or arranged, and is not over."""
    mine = Q(post__person=person) | Q(deputy=person) | Q(given_by=person)
    found = Delegation.objects.filter(mine, ended_at__isnull=True, ends_on__gte=day)
    return list(found.select_related("post__person", "deputy", "given_by").order_by("starts_on", "pk"))


def factor_of(person: Person) -> SecondFactor | None:
    """The second factor, where it was confirmed with a code."""
    return SecondFactor.objects.filter(person=person, confirmed_at__isnull=False).first()


def recovery_codes_left(person: Person) -> int:
    return RecoveryCode.objects.filter(person=person, used_at__isnull=True).count()


def given_password(person: Person) -> GivenPassword | None:
    """There while the password is one that somebody else made."""
    return GivenPassword.objects.filter(person=person).first()


def enrolment_is_over(person: Person, now: datetime) -> bool:
    """Whether the authenticator was reset and no new one set up in time: then nobody can do so any more."""
    return Enrolment.objects.filter(person=person, until__lte=now).exists()


def open_sessions(person: Person, now: datetime) -> QuerySet[PersonSession]:
    """Where somebody is signed in, the latest first."""
    limits = limits_of(person)
    return PersonSession.objects.filter(
        person=person,
        ended_at__isnull=True,
        seen_at__gt=now - limits.idle,
        started_at__gt=now - limits.longest,
    ).order_by("-started_at", "pk")


def changes(person: Person | None = None) -> QuerySet[Change]:
    """What was done to one account, or to all, the latest first."""
    found = Change.objects.select_related("by", "person").order_by("-at", "-pk")
    return found.filter(person=person) if person is not None else found


def staff(words: str = "", *, also_closed: bool = True) -> QuerySet[Person]:
    """Staff accounts whose number or name has these words in it, by number."""
    found = Person.objects.filter(is_staff=True).order_by("-is_active", "login")
    found = found if also_closed else found.filter(is_active=True)
    if not words:
        return found
    wanted = words.casefold()
    held = found.values_list("pk", "login", "name")  # names are sealed: the database cannot look into them
    return found.filter(pk__in=[pk for pk, login, name in held if wanted in f"{login}\n{name}".casefold()])


def posts_of(person: Person) -> list[Post]:
    """Every post that somebody ever held, the latest first."""
    return list(Post.objects.filter(person=person).order_by("-starts_on", "unit", "post", "pk"))
