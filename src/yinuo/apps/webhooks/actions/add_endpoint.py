"""An address that a program wants to be told at; only the administrator enters one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from yinuo.apps.clients.models import Client
from yinuo.apps.webhooks.models import Endpoint
from yinuo.apps.webhooks.signing import new_secret
from yinuo.core.errors import Refusal

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Added:
    """`secret` is told once, for the receiver to check signatures with."""

    endpoint: Endpoint
    secret: str = field(repr=False)


def add_endpoint(client: Client, address: str, *, now: datetime) -> Added | Refusal:
    """`invalid-answers` for anything but a plain https address; `there-already` for one that is in use."""
    if not _is_plain(address):
        return Refusal("invalid-answers", {"address": "bad-format"})
    secret = new_secret()
    try:
        with transaction.atomic():
            made = Endpoint.objects.create(client=client, address=address, secret=secret, added_at=now)
    except IntegrityError:
        return Refusal("there-already")
    return Added(made, secret)


def _is_plain(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    odd = parts.username or parts.password or parts.fragment or any(c.isspace() for c in address)
    named = parts.scheme == "https" and bool(parts.hostname) and address.isascii() and port != 0
    return named and not odd and len(address) <= LONGEST
