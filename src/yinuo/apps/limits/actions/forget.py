"""A success at a door that shuts after failures: this attempt was none."""

from __future__ import annotations

from django.db.models import F

from yinuo.apps.limits.digests import digest
from yinuo.apps.limits.figures import LIMITS, Pauses
from yinuo.apps.limits.models import Count


def forget(scope: str, *, person: str | None = None, address: str | None = None) -> None:
    """The account starts anew. The address gets this one attempt back, not those at other accounts."""
    for limit in LIMITS[scope]:
        value = {"person": person, "address": address}.get(limit.per)
        if value is None or not isinstance(limit, Pauses):
            continue
        row = Count.objects.filter(digest=digest(scope, limit, value))
        if limit.per == "person":
            row.delete()
        else:
            row.update(used=F("used") - 1, closed_until=0)
