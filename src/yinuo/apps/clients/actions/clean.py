"""Throwing away what is over: kept answers after a day, codes and tokens after their time."""

from __future__ import annotations

from datetime import datetime

from oauth2_provider.models import clear_expired

from yinuo.apps.clients.actions.once import KEPT
from yinuo.apps.clients.models import Kept


def clean(now: datetime) -> int:
    """How many kept answers there were. Safe to repeat."""
    clear_expired()
    return Kept.objects.filter(made_at__lte=now - KEPT).delete()[0]
