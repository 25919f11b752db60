"""From where a request comes, as far as it can be believed."""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address

import structlog
from django.conf import settings
from django.http import HttpRequest

log = structlog.get_logger("yinuo.address")
FORWARDED = "X-Forwarded-For"


def client_address(request: HttpRequest) -> str:
    """Who opened the connection; behind `YINUO_PROXIES` proxies what the first of those wrote down.

    Each proxy adds the address that it saw at the right end. Whatever stands left of our own proxies' was
    sent by the client, who may write what it likes.
    """
    near, hops = str(request.META.get("REMOTE_ADDR", "")), settings.PROXIES
    named = [part.strip() for part in request.headers.get(FORWARDED, "").split(",") if part.strip()]
    if hops == 0:
        if named and near in ("127.0.0.1", "::1", ""):
            _warn()
        return near
    told = _parsed(named[-hops]) if len(named) >= hops else None
    return str(told) if told is not None else near


def request_id(request: HttpRequest) -> str:
    """What a proxy of our own calls this request; empty without one: a visitor writes what they like."""
    return request.headers.get("X-Request-Id", "") if settings.PROXIES else ""


def counted_address(request: HttpRequest) -> str | None:
    """The address that limits count; None for one behind which the office says that many people sit."""
    address = client_address(request)
    found = _parsed(address)
    is_shared = found is not None and any(found in network for network in settings.SHARED_ADDRESSES)
    return None if is_shared else address


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


@cache
def _warn() -> None:
    """Once for each process."""
    log.warning("a proxy stands before us, but YINUO_PROXIES is 0: all visitors count as one address")
