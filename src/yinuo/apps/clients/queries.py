"""Who asks by a token, and which programs a person has let in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from oauth2_provider.models import AccessToken, RefreshToken

from yinuo.apps.clients.lasting import oldest_consent
from yinuo.apps.clients.models import Client
from yinuo.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Caller:
    """A program with a valid token: in whose name it asks, and for whom (`principal`, empty for oneself)."""

    client: Client
    person: Person
    principal: str
    scopes: frozenset[str]


def caller(client: Client, person: Person | None, scope: str) -> Caller | None:
    """Whoever stands behind a token; None where the account is gone, closed, or one of staff."""
    someone = person or client.user
    if someone is None or not someone.is_active or someone.is_staff:
        return None
    principal = client.principal if person is None else ""
    return Caller(client, someone, principal, frozenset(scope.split()))


def open_clients() -> QuerySet[Client]:
    return Client.objects.filter(closed_at__isnull=True).order_by("created", "pk")


def by_id(client_id: str) -> Client | None:
    return open_clients().filter(client_id=client_id).first()


@dataclass(frozen=True, slots=True)
class Program:
    """A program that acts for a person: what it may do, since when."""

    client: Client
    scopes: tuple[str, ...]
    since: datetime


def programs_of(person: Person, now: datetime) -> list[Program]:
    """The programs that can do something for a person now or after a refresh, by name."""
    found: dict[int, Program] = {}
    for token in _live(person, now):
        held = found.get(token.application_id)
        scopes = tuple(dict.fromkeys((*(held.scopes if held else ()), *_scopes(token))))
        since = min(held.since, token.created) if held else token.created
        found[token.application_id] = Program(token.application, scopes, since)
    return sorted(found.values(), key=lambda one: (one.client.name, one.client.pk))


def _live(person: Person, now: datetime) -> list[Any]:
    mine = Q(user=person, application__closed_at__isnull=True)
    access = AccessToken.objects.filter(mine, expires__gt=now).select_related("application")
    refresh = RefreshToken.objects.filter(mine, revoked__isnull=True, created__gt=oldest_consent(now))
    return [*access, *refresh.select_related("application", "access_token")]


def _scopes(token: Any) -> list[str]:
    """Of a refresh token: those of the access token that came with it, which is kept as long as it."""
    held = token.access_token if isinstance(token, RefreshToken) else token
    return held.scope.split() if held is not None else []


def listeners(person: Person, principal: str, scope: str, now: datetime) -> QuerySet[Client]:
    """The programs that may read a case that a person handed in: for oneself those that were let in, for an
    organisation its own."""
    if principal:
        return open_clients().filter(principal=principal)
    let_in = [one.client.pk for one in programs_of(person, now) if scope in one.scopes]
    return open_clients().filter(Q(pk__in=let_in) | Q(user=person, principal=""))
