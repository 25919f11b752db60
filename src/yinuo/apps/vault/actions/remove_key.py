"""Taking a key out of the ring for good."""

from __future__ import annotations

from django.conf import settings

from yinuo.apps.vault import ring
from yinuo.apps.vault.keys import Key
from yinuo.apps.vault.queries import by_key, stale_indexes
from yinuo.core.errors import Refusal


def remove_key(name: str) -> Key | Refusal:
    """`keys-from-environment`, `no-such-key`, `key-in-use` while it seals or anything is sealed with it."""
    if settings.KEYS:
        return Refusal("keys-from-environment")
    held = ring.fresh()
    key = held.get(name)
    if key is None:
        return Refusal("no-such-key")
    if name in (held.active, held.newest.name) or by_key()[name] or any(stale_indexes()):
        return Refusal("key-in-use")
    ring.change(lambda one: one.without(name))
    return key
