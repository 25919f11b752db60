"""The whole site as somebody meets it who sends anything to every address, signed in as anybody."""

from __future__ import annotations

import html
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from io import BytesIO
from random import Random
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from support import hostile

# Seconds of work, and seconds in all: others on the machine make an answer late, and that is not its fault.
SLOWEST, LATEST = 10.0, 60.0
TRACES = ("Traceback (most recent call last)", "DoesNotExist at", "site-packages/django", "yinuo/src/yinuo")
LEFT_OUT = {"sign-out"}


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes, and what its fields may be given."""

    address: str
    method: str
    fields: dict[str, list[str]]


@dataclass(slots=True)
class Site:
    """`people`: name -> cookies. `values`: argument of an address -> true ones."""

    people: dict[str, SimpleCookie]
    values: dict[str, list[str]]
    files: list[bytes]
    forms: dict[str, list[Form]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)

    def client(self, who: str) -> Client:
        client = Client()
        client.cookies = SimpleCookie(self.people[who].output(header="", sep=";"))
        return client


@dataclass(frozen=True, slots=True)
class Found:
    """Something that must not happen: who did what, and what came of it."""

    who: str
    what: str
    came: str

    def __str__(self) -> str:
        return f"{self.who} {self.what[:600]}\n    {self.came}"


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address below the root as Django writes it, `desk/cases/<str:number>/`, with its pattern."""
    for one in (resolver or get_resolver()).url_patterns:
        here = before + str(one.pattern).lstrip("^").rstrip("$")
        if isinstance(one, URLResolver):
            yield from routes(one, here)
        elif one.name not in LEFT_OUT:
            yield here, one


def address(rng: Random, site: Site, route: str, wild: float = 0.3) -> str:
    """The route with true arguments, and for the share `wild` with altered or made-up ones."""

    def filled(found: re.Match[str]) -> str:
        true_ones = site.values.get(found[1], ["x"])
        if rng.random() >= wild:
            return rng.choice(true_ones)
        is_near = rng.random() < 0.5
        return _in_path(hostile.altered(rng, rng.choice(true_ones)) if is_near else hostile.text(rng))

    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", filled, route)


def _in_path(text: str) -> str:
    from urllib.parse import quote

    return quote(text[:300], safe="")


def harvest(site: Site, who: str, path: str) -> None:
    """Remember the forms of a page."""
    response = site.client(who).get(path)
    if response.status_code == 200 and "html" in response.headers.get("Content-Type", ""):
        page = response.content.decode()
        for tag, body in re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.S):
            made, known = _form(path, tag, body), site.forms.setdefault(who, [])
            if not any(one.address == made.address and one.fields == made.fields for one in known):
                known.append(made)


def _form(path: str, tag: str, body: str) -> Form:
    action = re.search(r'action="([^"]*)"', tag)
    method = "post" if 'method="post"' in tag else "get"
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]+)"[^>]*?(?:value="([^"]*)")?', body):
        fields.setdefault(html.unescape(name), []).append(html.unescape(value))
    return Form(html.unescape(action[1]) if action and action[1] else path, method, fields)


def fill(rng: Random, site: Site, form: Form) -> dict[str, Any]:
    """The form as somebody fills it who means no good: true values, hostile ones, files, fields left out."""
    made: dict[str, Any] = {}
    for name, true_ones in form.fields.items():
        dice = rng.random()
        if dice < 0.1:
            continue
        if dice < 0.4:
            made[name] = rng.choice(true_ones)
        elif dice < 0.5:
            made[name] = upload(rng, site)
        elif dice < 0.6:
            made[name] = [hostile.text(rng) for _ in range(rng.randint(0, 4))]
        else:
            made[name] = hostile.text(rng)
    if rng.random() < 0.1:
        made[hostile.text(rng)[:50] or "x"] = hostile.text(rng)
    return made


class Sent(BytesIO):
    """A file under any name, also one that no file system would take."""

    def __init__(self, name: str, content: bytes, content_type: str) -> None:
        super().__init__(content)
        self.name, self.content_type = name, content_type

    def __repr__(self) -> str:
        return f"{self.name!r} {self.content_type} {self.getvalue()[:80]!r}"


def upload(rng: Random, site: Site) -> Sent:
    kinds = ("image/png", "application/pdf", "text/html", "", "image/svg+xml")
    return Sent(rng.choice(hostile.NAMES), hostile.file(rng, site.files), rng.choice(kinds))


class _UndoneError(Exception):
    """Everything that one input wrote is taken back, so that the next one finds the same site."""


def tried(site: Site, kind: str, who: str, what: str, send: Any) -> Found | None:
    """Send one input and judge the answer; the database is afterwards as it was before."""
    site.counts[kind] += 1
    began, worked, came = time.perf_counter(), time.process_time(), ""
    try:
        with transaction.atomic():
            came = _judged(site, send(site.client(who)))
            raise _UndoneError
    except _UndoneError:
        pass
    except Exception:
        came = where()
    took, work = time.perf_counter() - began, time.process_time() - worked
    slow = took > LATEST or work > SLOWEST
    came = came or (f"took {took:.1f} s and {work:.1f} s of work" if slow else "")
    return Found(who, what, came) if came else None


def where() -> str:
    """The exception that is being handled, with the last few calls of our own code."""
    error = sys.exc_info()[1]
    assert error is not None
    calls = [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(error.__traceback__)]
    ours = [call for call in calls if "yinuo/" in call] or calls
    return "\n    ".join([f"{type(error).__name__}: {str(error)[:300]}", *ours[-4:]])


def _judged(site: Site, response: Any) -> str:
    site.statuses[response.status_code] += 1
    if response.status_code >= 500:
        return f"status {response.status_code}"
    body = b"".join(response.streaming_content) if response.streaming else response.content
    shown = next((words for words in TRACES if words.encode() in body), "")
    away = response.headers.get("Location", "")
    if re.match(r"(?:[a-z]+:|//|/\\|\\)", away, re.I) and not away.startswith("http://testserver/"):
        return f"leads away to {away}"
    return f"shows {shown!r}" if shown else ""
