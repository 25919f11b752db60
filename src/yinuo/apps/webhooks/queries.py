"""Which messages wait, and which were given up."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from yinuo.apps.webhooks.models import Delivery, Endpoint, State


def endpoints() -> QuerySet[Endpoint]:
    """Those in use, with their programs."""
    open_ = Endpoint.objects.filter(closed_at__isnull=True, client__closed_at__isnull=True)
    return open_.select_related("client").order_by("pk")


def due(now: datetime) -> QuerySet[Delivery]:
    """What may be sent now, the longest waiting first."""
    return Delivery.objects.filter(state=State.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")


def dead() -> QuerySet[Delivery]:
    """What was given up, the oldest first."""
    return Delivery.objects.filter(state=State.DEAD).select_related("endpoint__client").order_by("pk")
