"""Blind indexes: a keyed hash by which a sealed value can be found without being readable.

The text must be in its one form before (a phone without spaces, an identity number in capitals).
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode

from django.db import connection

from yinuo.apps.vault.keys import Key, index_key
from yinuo.apps.vault.ring import ring


def blind(purpose: str, text: str) -> str:
    """43 characters base64url under the key in use: what is stored."""
    return blind_with(ring().current, purpose, text)


def blinds(purpose: str, text: str) -> list[str]:
    """Under every key of the ring: what is looked up, with `__in`. The one in use comes first."""
    held = ring()
    others = [key for key in held.keys if key.name != held.active]
    return [blind_with(key, purpose, text) for key in (held.current, *others)]


def is_blind_of(stored: str, purpose: str, text: str) -> bool:
    """Whether this is the index of the text, under any key. Compared in constant time."""
    same = [hmac.compare_digest(stored.encode(), one.encode()) for one in blinds(purpose, text)]
    return any(same)


def hold(purpose: str, text: str) -> None:
    """Inside a transaction, before a look-up and an insert that must be the only one: nobody else holds the
    same text until the transaction ends, whichever keys they know. SQLite lets one write at a time anyway.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for one in sorted(blinds(purpose, text)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [one])


def blind_with(key: Key, purpose: str, text: str) -> str:
    digest = hmac.digest(index_key(key, purpose), text.encode(), "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
