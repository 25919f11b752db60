"""The demo's identity provider in a thread of the tests, and somebody who agrees there."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from django.test import Client, override_settings
from oidc_provider_mock import User
from support.posts import free_port
from werkzeug.serving import make_server

from yinuo.demo.provider import application
from yinuo.web.hall.signing_in import oidc


@contextmanager
def provider_of(*users: User, origin: str = "http://testserver") -> Iterator[str]:
    """The address of a provider that knows these people; the settings name it, and us at `origin`."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # plain HTTP, on this machine
    oidc._registered.cache_clear()
    port = free_port()
    server = make_server("127.0.0.1", port, application(users), threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    issuer = f"http://127.0.0.1:{port}"
    named = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": "hall", "OIDC_CLIENT_SECRET": "a secret"}
    with override_settings(**named, ORIGIN=origin):
        yield issuer
    server.shutdown()
    server.server_close()


def agreed(address: str, subject: str) -> str:
    """Somebody signs in at the provider; the address on our side to which they are sent back."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def through(client: Client, subject: str, **query: str) -> tuple[str, dict[str, list[str]]]:
    """From our page to the provider and back: the address to come back to, and what we had asked there."""
    away = leaving(client, **query)
    return agreed(away, subject), parse_qs(urlsplit(away).query)


def leaving(client: Client, **query: str) -> str:
    """The address at the provider to which our page leads on, once its button was pressed."""
    page: Any = client.post("/sign-in/provider/", query)
    assert page.status_code == 200, page
    return str(page.context["away"])
