"""An address is told nothing any more; what still waited for it is thrown away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.webhooks.models import Delivery, Endpoint, State
from yinuo.core.errors import Refusal


def close_endpoint(endpoint: int, *, now: datetime) -> Refusal | None:
    """`no-such-program` where there is none in use."""
    with transaction.atomic():
        if not Endpoint.objects.filter(pk=endpoint, closed_at=None).update(closed_at=now):
            return Refusal("no-such-program")
        Delivery.objects.filter(endpoint=endpoint).exclude(state=State.SENT).delete()
    return None
