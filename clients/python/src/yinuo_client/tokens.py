"""Getting a token: for an organisation's own program, or for a person who says yes in the browser."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypedDict, cast
from urllib.parse import urlencode

import httpx

from yinuo_client.problems import problem_of


class Token(TypedDict, total=False):
    """`refresh_token` works once and is only there where a person said yes."""

    access_token: str
    refresh_token: str
    expires_in: int
    scope: str
    token_type: str


def _verifier() -> str:
    return secrets.token_urlsafe(48)


@dataclass(frozen=True)
class Challenge:
    """What a program keeps between sending the browser away and its coming back (PKCE, S256)."""

    verifier: str = field(default_factory=_verifier, repr=False)
    state: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    def address(self, hall: str, client_id: str, redirect_uri: str, scopes: Iterable[str]) -> str:
        """Where to send the person's browser."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": redirect_uri,
            "scope": " ".join(scopes),
            "state": self.state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return f"{hall}/oauth/authorize/?{urlencode(query)}"


def client_credentials(
    hall: str, client_id: str, client_secret: str, scopes: Iterable[str], http: httpx.Client | None = None
) -> str:
    """The access token of an organisation's program; it lasts a quarter of an hour."""
    body = {"grant_type": "client_credentials", "scope": " ".join(scopes)}
    return _token(hall, body, (client_id, client_secret), http)["access_token"]


def code_for_token(
    hall: str,
    code: str,
    challenge: Challenge,
    *,
    client_id: str,
    client_secret: str = "",
    redirect_uri: str,
    http: httpx.Client | None = None,
) -> Token:
    """The tokens for the code that the browser brought back. Compare its `state` first."""
    body = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": challenge.verifier,
        "client_id": client_id,
    }
    return _token(hall, body, (client_id, client_secret) if client_secret else None, http)


def refreshed(
    hall: str,
    refresh_token: str,
    *,
    client_id: str,
    client_secret: str = "",
    http: httpx.Client | None = None,
) -> Token:
    """New tokens for a refresh token, which is worth nothing afterwards: keep the new one."""
    body = {"grant_type": "refresh_token", "refresh_token": refresh_token, "client_id": client_id}
    return _token(hall, body, (client_id, client_secret) if client_secret else None, http)


def _token(hall: str, body: dict[str, str], pair: tuple[str, str] | None, http: httpx.Client | None) -> Token:
    auth = httpx.BasicAuth(*pair) if pair else httpx.Auth()
    post = http.post if http is not None else httpx.post
    answer = post(f"{hall}/oauth/token/", data=body, auth=auth)
    if answer.status_code != 200:
        raise problem_of(answer)
    return cast(Token, answer.json())
