"""Registering a program. Its secret is told once and kept only as a hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from oauth2_provider.generators import generate_client_secret

from yinuo.apps.clients.models import Client
from yinuo.apps.clients.scopes import SCOPES
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

HERE = frozenset({"127.0.0.1", "::1"})
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Added:
    """`secret`: empty for a program that cannot keep one, such as an app on a phone."""

    client: Client
    secret: str = field(repr=False)


def add_client(
    name: str,
    scopes: Iterable[str],
    *,
    redirect_uris: Iterable[str] = (),
    agent: Person | None = None,
    principal: str = "",
    keeps_secret: bool = True,
) -> Added | Refusal:
    """A program of an organisation where `agent` is given, else one that people let in by `redirect_uris`.

    Refused with `invalid-answers` and the field: `name`, `scopes`, `redirect_uris`, `agent`.
    """
    wanted, back = tuple(dict.fromkeys(scopes)), tuple(redirect_uris)
    wrong = dict(_wrong(name.strip(), wanted, back, agent))
    if wrong:
        return Refusal("invalid-answers", wrong)
    secret = generate_client_secret() if keeps_secret or agent else ""
    client = Client.objects.create(
        name=name.strip(),
        scopes=list(wanted),
        user=agent,
        principal=principal if agent else "",
        redirect_uris=" ".join(back),
        client_type=Client.CLIENT_CONFIDENTIAL if secret else Client.CLIENT_PUBLIC,
        authorization_grant_type=(
            Client.GRANT_CLIENT_CREDENTIALS if agent else Client.GRANT_AUTHORIZATION_CODE
        ),
        client_secret=secret,
    )
    return Added(client, secret)


def _wrong(
    name: str, scopes: tuple[str, ...], back: tuple[str, ...], agent: Person | None
) -> Iterable[tuple[str, str]]:
    if not name or len(name) > LONGEST_NAME:
        yield "name", "too-long" if name else "required"
    if not scopes or set(scopes) - set(SCOPES):
        yield "scopes", "not-a-choice" if scopes else "required"
    if bool(back) is (agent is not None) or not all(map(_is_safe, back)):
        yield "redirect_uris", "bad-format"
    if agent is not None and (agent.is_staff or not agent.is_active):
        yield "agent", "only-an-applicant"


def _is_safe(uri: str) -> bool:
    """https, or this very machine for a program that runs on it; nothing that an address does not need."""
    try:
        parts = urlsplit(uri)
        host = parts.hostname
    except ValueError:
        return False
    plain = not (parts.fragment or parts.username or parts.password or any(c.isspace() for c in uri))
    return plain and bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in HERE))
