"""A supervisor has looked through looks that were no own cases of whoever looked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from yinuo.apps.items.queries import catalogue
from yinuo.apps.looks.models import Look
from yinuo.apps.looks.queries import WITHOUT_OWN_CASE
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import units_for
from yinuo.core.clock import day_of


def mark_seen(looks: Collection[int], *, person: Person, now: datetime) -> int:
    """How many were marked: those of the units for which this person reviews looks, and never one's own."""
    units = units_for("review-looks", person, catalogue().city, day_of(now))
    owed = Look.objects.filter(pk__in=looks, case_unit__in=units, purpose__in=WITHOUT_OWN_CASE)
    return owed.filter(seen_at__isnull=True).exclude(person=person).update(seen_by=person, seen_at=now)
