"""The administrator lets what was given up be sent again, once its receiver is mended."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.webhooks.models import Delivery, State


def send_again(endpoint: int, *, now: datetime) -> int:
    """How many messages of an address wait again."""
    given_up = Delivery.objects.filter(endpoint=endpoint, endpoint__closed_at=None, state=State.DEAD)
    return given_up.update(state=State.WAITING, next_try_at=now, tries=0, error="")
