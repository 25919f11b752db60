"""Reading notices: one's own, those that wait, those that could not be delivered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from yinuo.apps.notices.models import UNDELIVERED, Notice, State
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import ANONYMOUS


def reader(person_id: str) -> Person | None:
    """The person with how she wants to be told; None where nobody is there or nobody gave a name."""
    found = Person.objects.select_related("notice_preference").filter(pk=UUID(person_id)).first()
    return None if found is None or found.login == ANONYMOUS else found


def of_person(person: Person) -> QuerySet[Notice]:
    """The newest first."""
    return Notice.objects.filter(person=person).order_by("-created_at", "-pk")


def unread(person: Person) -> int:
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def due(now: datetime) -> QuerySet[Notice]:
    """What may be sent now, the longest waiting first."""
    return Notice.objects.filter(state=State.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")


def undelivered() -> QuerySet[Notice]:
    """What somebody has to look at, the oldest first."""
    return Notice.objects.filter(state__in=UNDELIVERED).order_by("created_at", "pk")
