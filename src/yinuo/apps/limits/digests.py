"""What stands for a person, an address or a code in the table: keyed, so that it names nobody."""

from __future__ import annotations

import ipaddress

from yinuo.apps.limits.figures import Limit, Window
from yinuo.apps.vault.index import blind

SITE = 64  # bits of an IPv6 address that belong to one household: it may use all the others


def digest(scope: str, limit: Limit, value: str) -> str:
    """43 characters. Two windows of the same door count apart. With a new key every count begins anew."""
    within = limit.within if isinstance(limit, Window) else 0
    who = network(value) if limit.per == "address" else value
    return blind("limits", "\0".join((scope, limit.per, str(within), who)))


def network(address: str) -> str:
    """The address itself, or the network of an IPv6 address; what is no address stands for itself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((int(found) >> SITE << SITE, SITE)))
