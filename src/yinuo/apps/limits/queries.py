"""How much is left of a number, for whoever is told so; asking does not count."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.limits.digests import digest
from yinuo.apps.limits.figures import Window
from yinuo.apps.limits.models import Count


def left(scope: str, limit: Window, value: str, now: datetime) -> tuple[int, int]:
    """How many more uses there are, and in how many seconds it is `limit.most` again."""
    moment = int(now.timestamp())
    row = Count.objects.filter(digest=digest(scope, limit, value), ends__gt=moment).first()
    if row is None:
        return limit.most, limit.within
    return max(limit.most - row.used, 0), row.ends - moment
