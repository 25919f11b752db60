"""Throwing away what is over: kept answers after a day, codes and tokens after their time, whatever came
from a consent after its last day."""

from __future__ import annotations

from datetime import datetime

from oauth2_provider.models import RefreshToken, clear_expired

from yinuo.apps.clients.actions.once import KEPT
from yinuo.apps.clients.lasting import oldest_consent
from yinuo.apps.clients.models import Kept


def clean(now: datetime) -> int:
    """How many kept answers there were. Safe to repeat."""
    RefreshToken.objects.filter(created__lte=oldest_consent(now)).delete()
    clear_expired()
    return Kept.objects.filter(made_at__lte=now - KEPT).delete()[0]
