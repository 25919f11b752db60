"""Closing a program: from now on none of its tokens opens anything."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from oauth2_provider.models import AccessToken, Grant, RefreshToken

from yinuo.apps.clients.models import Client
from yinuo.core.errors import Refusal


def close_client(client_id: str, *, now: datetime) -> Client | Refusal:
    """`no-such-program` where there is none that is open."""
    with transaction.atomic():
        client = Client.objects.select_for_update().filter(client_id=client_id, closed_at=None).first()
        if client is None:
            return Refusal("no-such-program")
        client.closed_at = now
        client.save(update_fields=["closed_at"])
        for table in (RefreshToken, AccessToken, Grant):
            table.objects.filter(application=client).delete()
    return client
