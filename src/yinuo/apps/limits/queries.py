"""How much is left of a number, for whoever is told so; and what stands for an address elsewhere."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.limits.digests import digest, network
from yinuo.apps.limits.figures import Window
from yinuo.apps.limits.models import Count
from yinuo.apps.vault.index import blind


def left(scope: str, limit: Window, value: str, now: datetime) -> tuple[int, int]:
    """How many more uses there are, and in how many seconds it is `limit.most` again."""
    moment = int(now.timestamp())
    row = Count.objects.filter(digest=digest(scope, limit, value), ends__gt=moment).first()
    if row is None:
        return limit.most, limit.within
    return max(limit.most - row.used, 0), row.ends - moment


def place(address: str) -> str:
    """What stands for an address, or for the network of an IPv6 address, where it is not to be counted: 43
    characters, keyed; with a new key the same place has another."""
    return blind("place", network(address))
