"""People at a browser without one: a client that is signed in, and what a page shows."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.utils import timezone

from yinuo.apps.access.actions.open_session import open_session
from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.actions.confirm import FRESH
from yinuo.web.sessions import KEY, PROVED


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        come_in(client, person)
    return client


def come_in(client: Client, person: Person) -> None:
    """Signed in without any page; staff as if they had shown their second factor."""
    client.force_login(person)
    session = client.session
    session[KEY] = str(open_session(person, "Test · Test", timezone.now()).pk)
    session[PROVED] = timezone.now().isoformat()
    session.save()


def long_in(person: Person) -> Client:
    """Signed in for so long that what weighs much asks anew who is there."""
    client = signed_in(person)
    session = client.session
    session[PROVED] = (timezone.now() - FRESH).isoformat()
    session.save()
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


def sent_to_sign_in(response: Any) -> bool:
    return bool(response.status_code == 302 and urlsplit(response["Location"]).path == "/sign-in/")


def asked_to_sign_in(response: Any) -> bool:
    """Sent to the sign-in page, or shown it with what was typed."""
    if response.status_code != 200:
        return sent_to_sign_in(response)
    return 'id="password"' in response.content.decode(errors="replace")
