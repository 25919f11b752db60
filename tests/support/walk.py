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
    return seen(send(address, data, headers=headers), [address, *arguments.values()])


def seen(response: Any, asked: Iterable[Any]) -> Seen:
    """What was answered, without the names that were `asked` for."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    names = [str(one) for one in asked if len(str(one)) >= SHORT]
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


def counted(what: str, number: int, people: int) -> tuple[str, Any]:
    """A property of a test, for `summary`."""
    return "walk", [what, number, people]


def summary(properties: Iterable[tuple[str, Any]]) -> str:
    """How much was walked, in one line; empty where no walk was among the tests."""
    walked = [value for name, value in properties if name == "walk"]
    if not walked:
        return ""
    parts = " + ".join(f"{number} {what}" for what, number, _ in walked)
    return f"walk: {parts} × {walked[0][2]} people = {sum(n * people for _, n, people in walked)} answers"
