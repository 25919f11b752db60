"""Noting that a promise came to a warning rung."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.promises.models import PromiseRow, RungReached


def reach(row: PromiseRow, rung: str, *, now: datetime) -> bool:
    """Whether this is the first time; safe to repeat, and by two processes at once."""
    _, is_new = RungReached.objects.get_or_create(
        case=row.case, place=row.place, rung=rung, defaults={"unit": row.unit, "at": now}
    )
    return is_new
