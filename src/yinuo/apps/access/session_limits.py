"""How long somebody stays signed in, and in how many places: staff shorter than citizens, and in few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from yinuo.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Limits:
    """`idle`: without a page. `longest`: from signing in. `most`: places at a time; None is any number."""

    idle: timedelta
    longest: timedelta
    most: int | None


def limits_of(person: Person) -> Limits:
    if person.is_staff:
        most = max(settings.STAFF_SESSIONS, 1)
        return _limits(settings.STAFF_IDLE_MINUTES, settings.STAFF_SESSION_HOURS, most)
    return _limits(settings.CITIZEN_IDLE_MINUTES, settings.CITIZEN_SESSION_HOURS, None)


def _limits(minutes: int, hours: int, most: int | None) -> Limits:
    return Limits(timedelta(minutes=minutes), timedelta(hours=hours), most)
