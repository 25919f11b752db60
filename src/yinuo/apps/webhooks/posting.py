"""Sending one message to an address that the administrator entered: https, no way inside, no detours."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable, Mapping
from http.client import HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 10.0  # seconds
UNICAST = IPv6Network("2000::/3")  # what is given out on the internet (RFC 4291, 2.4)
Address = IPv4Address | IPv6Address


class Pinned(HTTPSConnection):
    """Connects to the address that was looked at, so that no second look-up leads elsewhere.

    The certificate is still that of the name.
    """

    def __init__(self, host: str, port: int, address: Address) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(host, port, timeout=TIMEOUT, context=self._tls)
        self._address = address

    def connect(self) -> None:
        raw = socket.create_connection((str(self._address), self.port), TIMEOUT)
        self.sock = self._tls.wrap_socket(raw, server_hostname=self.host)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> str:
    """Empty where it was taken (2xx), else why not: `no-address`, `private-address`, `connection`, `timeout`,
    `http-302` and so on. A redirect is a refusal; nothing of the answer is read."""
    parts = urlsplit(url)
    try:
        found = resolved(str(parts.hostname), parts.port or 443)
        if not found:
            return "private-address"
        return _sent(Pinned(str(parts.hostname), parts.port or 443, found[0]), _target(url), body, headers)
    except socket.gaierror:
        return "no-address"
    except TimeoutError:
        return "timeout"
    except (OSError, HTTPException):
        return "connection"


def resolved(host: str, port: int) -> list[Address]:
    """The addresses of a name, if every one of them may be reached; else none."""
    told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = [ip_address(str(one[4][0])) for one in told]
    return found if may_reach(found) else []


def may_reach(found: Iterable[Address]) -> bool:
    """Only the open internet, and the networks that the administrator named."""
    return all(_is_open(one) or any(one in net for net in settings.WEBHOOK_NETWORKS) for one in found)


def _is_open(address: Address) -> bool:
    """An IPv6 address that a gateway turns into some IPv4 address (NAT64, 6to4, Teredo) is not: nobody has
    looked at that one."""
    plain = address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
    if isinstance(plain, IPv6Address) and (plain not in UNICAST or plain.sixtofour or plain.teredo):
        return False
    return plain.is_global and not plain.is_multicast


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _sent(connection: Pinned, target: str, body: bytes, headers: Mapping[str, str]) -> str:
    try:
        connection.request("POST", target, body, {"Content-Type": "application/json", **headers})
        status = connection.getresponse().status
    finally:
        connection.close()
    return "" if 200 <= status < 300 else f"http-{status}"
