"""How long a person's consent to a program lasts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings


def oldest_consent(now: datetime) -> datetime:
    """Whatever was allowed at this moment or before is over."""
    return now - timedelta(days=settings.CONSENT_DAYS)
