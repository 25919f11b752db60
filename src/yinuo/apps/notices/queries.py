"""Reading notices: one's own, those that wait, those that could not be delivered."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.apps.cases.queries import visible_to
from yinuo.apps.notices.models import UNDELIVERED, Notice, State
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import ANONYMOUS


def reader(person_id: str) -> Person | None:
    """The person with how she wants to be told; None where nobody is there or nobody gave a name."""
    found = Person.objects.select_related("notice_preference").filter(pk=UUID(person_id)).first()
    return None if found is None or found.login == ANONYMOUS else found


def of_person(person: Person, today: date) -> QuerySet[Notice]:
    """The newest first; nothing about a case that is not theirs to see any more."""
    seen = visible_to(person, today).values("number")
    about = Q(case="") | Q(case__in=seen)
    return Notice.objects.filter(about, person=person).order_by("-created_at", "-pk")


def unread(person: Person, today: date) -> int:
    return of_person(person, today).filter(read_at__isnull=True).count()


def due(now: datetime) -> QuerySet[Notice]:
    """What may be sent now, the longest waiting first."""
    return Notice.objects.filter(state=State.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")


def undelivered() -> QuerySet[Notice]:
    """What somebody has to look at, the oldest first."""
    return Notice.objects.filter(state__in=UNDELIVERED).order_by("created_at", "pk")


def told_before(moment: datetime) -> QuerySet[Notice]:
    """What was told before a moment and is on its way no more."""
    on_its_way = (State.WAITING, State.SENDING)
    return Notice.objects.filter(created_at__lt=moment).exclude(state__in=on_its_way).order_by("pk")
