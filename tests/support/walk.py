"""Walking every address as somebody who has no business there: what exists must look like what does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

Arguments = Mapping[str, Any]
# What differs between two answers that are the same: tokens of forms, and what a page repeats of its address.
TOKENS = re.compile(rb'(name="csrfmiddlewaretoken" value=|csrftoken=)"?[A-Za-z0-9]+"?')
TIMES = re.compile(rb"\d{2}:\d{2}(:\d{2})?(\.\d+)?")

SHORT = 4  # a shorter name also stands in the page by chance


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer, without what says only which address was asked."""

    status: int
    location: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Route:
    """One address: `there` names a thing that exists, `nowhere` one of the same shape that does not."""

    name: str
    post: bool
    there: Arguments
    nowhere: Arguments


def ask(client: Client, route: Route, arguments: Arguments, headers: Mapping[str, str] | None = None) -> Seen:
    address = reverse(route.name, kwargs=dict(arguments))
    send = client.post if route.post else client.get
    data = {"words": "x"} if route.post else {}
    response: Any = send(address, data, headers=headers)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    names = [address, *(str(one) for one in arguments.values() if len(str(one)) >= SHORT)]
    return Seen(
        response.status_code,
        _without(response.get("Location", "").encode(), names).decode(),
        _without(body, names),
    )


def _without(body: bytes, names: Iterable[str]) -> bytes:
    for one in sorted(names, key=len, reverse=True):
        body = body.replace(one.encode(), b"*")
    return TIMES.sub(b"", TOKENS.sub(b"", body))


def leaks(client: Client, routes: Iterable[Route], headers: Mapping[str, str] | None = None) -> list[str]:
    """The routes at which this client can tell that the thing exists."""
    return [
        route.name
        for route in routes
        if ask(client, route, route.there, headers) != ask(client, route, route.nowhere, headers)
    ]
