"""Adding a key to the ring: it opens at once, and seals when a rotation puts it into use."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from yinuo.apps.vault import ring
from yinuo.apps.vault.keys import Key, new_key
from yinuo.core.errors import Refusal


def add_key(now: datetime) -> Key | Refusal:
    """`keys-from-environment` where the ring does not lie in a file, `rotation-due` while a new key waits."""
    if settings.KEYS:
        return Refusal("keys-from-environment")
    held = ring.fresh()
    if held.newest.name != held.active:
        return Refusal("rotation-due", facts={"key": held.newest.name})
    key = new_key(settings.CIPHER, now)
    ring.change(lambda one: one.with_key(key))
    return key
