"""People at a browser without one: a client that is signed in, and what a page shows."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from yinuo.apps.people.models import Person


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def shown(response: Any) -> str:
    """The words of a page: without tags, entities as characters, white space as one space."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def value_of(response: Any, name: str) -> str | None:
    """The value that an input of the page carries; None where there is no such input."""
    for tag in re.findall(r"<input\b[^>]*>", response.content.decode()):
        if f'name="{name}"' in tag:
            found = re.search(r'value="([^"]*)"', tag)
            return html.unescape(found[1]) if found else ""
    return None
