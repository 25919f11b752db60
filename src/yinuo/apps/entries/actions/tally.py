"""Something came that no page and no program of ours sends: it is counted, by day and kind."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from yinuo.apps.entries.models import Forged, Tally
from yinuo.core.clock import day_of


def tally(kind: Forged, now: datetime) -> None:
    """One more. Two at once are both counted: the database adds."""
    today = Tally.objects.filter(day=day_of(now), kind=kind)
    if not today.update(count=F("count") + 1):
        Tally.objects.get_or_create(day=day_of(now), kind=kind)
        today.update(count=F("count") + 1)
