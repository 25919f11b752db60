"""Programs that may use the API: one that a person let in, one of an organisation, and their requests."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client as Browser
from django.utils import timezone
from oauth2_provider.models import AccessToken, set_token_value

from yinuo.apps.clients.actions.add_client import Added, add_client
from yinuo.apps.clients.models import Client
from yinuo.apps.clients.scopes import SCOPES
from yinuo.apps.people.models import Person

BACK = "https://program.example/back"
TOKEN = "/oauth/token/"
VERIFIER = "a-verifier-of-more-than-forty-three-characters-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def registered(name: str = "社区办事助手", scopes: Iterable[str] = tuple(SCOPES), **facts: Any) -> Added:
    """One that people let in, unless an agent is named."""
    back = {} if facts.get("agent") else {"redirect_uris": [BACK]}
    added = add_client(name, scopes, **back, **facts)
    assert isinstance(added, Added), added
    return added


def asks(program: Added, **other: str) -> dict[str, str]:
    """What a program puts into the address to which it sends the browser."""
    return {
        "response_type": "code",
        "client_id": program.client.client_id,
        "redirect_uri": BACK,
        "scope": "cases notices",
        "state": "of-the-program",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **other,
    }


def allowed(browser: Browser, asked: dict[str, str]) -> dict[str, str]:
    """The person says yes; what the browser brings back to the program."""
    page = browser.get("/oauth/authorize/", asked)
    assert page.status_code == 200, page
    done = browser.post("/oauth/authorize/", {**asked, "allow": "true"})
    assert done["Location"].startswith(f"{BACK}?")
    return {key: values[0] for key, values in parse_qs(urlsplit(done["Location"]).query).items()}


def exchanged(program: Added, code: str, **other: str) -> Any:
    body = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        "client_id": program.client.client_id,
        "client_secret": program.secret,
    }
    return Browser().post(TOKEN, body | other)


def renewed(program: Added, token: str) -> Any:
    body = {"grant_type": "refresh_token", "refresh_token": token, "client_id": program.client.client_id}
    return Browser().post(TOKEN, body | {"client_secret": program.secret})


def token_for(client: Client, person: Person | None, *scopes: str) -> str:
    """A token as the server of tokens would give one."""
    raw, lasts = secrets.token_urlsafe(), timedelta(minutes=15)
    given = AccessToken(
        user=person, application=client, scope=" ".join(scopes or SCOPES), expires=timezone.now() + lasts
    )
    set_token_value(given, raw)
    given.save()
    return raw


@dataclass(frozen=True, slots=True)
class Asking:
    """Requests with one token; `language` as a browser would ask for it."""

    token: str = ""
    language: str = "zh-Hans"

    def _head(self, key: str) -> dict[str, str]:
        head = {"Accept-Language": self.language}
        if self.token:
            head["Authorization"] = f"Bearer {self.token}"
        return head | ({"Idempotency-Key": key} if key else {})

    def get(self, path: str, **query: Any) -> Any:
        return Browser().get(f"/api/v1{path}", query, headers=self._head(""))

    def send(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        """JSON, or raw bytes as they are."""
        return Browser().generic(
            method,
            f"/api/v1{path}",
            body if isinstance(body, bytes) else _json(body),
            content_type="application/json",
            headers=self._head(key),
        )

    def upload(self, path: str, file: Any, **fields: str) -> Any:
        return Browser().post(f"/api/v1{path}", {"file": file, **fields}, headers=self._head(""))


def _json(body: Any) -> bytes:
    return b"" if body is None else json.dumps(body, ensure_ascii=False).encode()


def let_in(person: Person, *scopes: str) -> Asking:
    """A program that a person let in."""
    return Asking(token_for(registered().client, person, *scopes))
