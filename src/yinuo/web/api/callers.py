"""Who asks: a token in the Authorization header, the scope that the operation needs, and how often."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer
from oauth2_provider.oauth2_backends import get_oauthlib_core

from yinuo.apps.clients.queries import Caller, caller
from yinuo.apps.entries.models import Forged
from yinuo.apps.limits.actions.count import count
from yinuo.core.errors import Refusal
from yinuo.web.api.problems import RefusedError
from yinuo.web.entries import forged, refused
from yinuo.web.limiting import come

LIMIT = "api"


class Bearer(HttpBearer):
    """The token of one request. `door`: what the page that does the same counts as, beside `LIMIT`.

    Raises RefusedError with `no-token`, `not-allowed-to` or `too-often`.
    """

    def __init__(self, scope: str, door: str = "") -> None:
        super().__init__()
        self.scope, self.door = scope, door

    def __call__(self, request: HttpRequest) -> Caller:
        given = "Authorization" in request.headers
        who = _known(request) if given else None
        if who is None:
            if given:
                forged(Forged.TOKEN)
            raise RefusedError(Refusal("no-token", facts={"given": given}))
        no = count(LIMIT, code=who.client.client_id, now=timezone.now())
        request.counted_client = who.client.client_id  # type: ignore[attr-defined]
        if no is None and self.scope not in who.scopes:
            refused(request, who.person)
            no = Refusal("not-allowed-to", facts={"scope": self.scope})
        if no is None and self.door:
            no = come(request, self.door, person=str(who.person.pk))
        if no is not None:
            raise RefusedError(no)
        return who

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        raise NotImplementedError("the whole request is looked at in __call__")


def _known(request: HttpRequest) -> Caller | None:
    valid, found = get_oauthlib_core().verify_request(request, scopes=[])
    if not valid or found.client.closed_at is not None:
        return None
    return caller(found.client, found.user, found.access_token.scope)


def caller_of(request: HttpRequest) -> Caller:
    who: Caller = request.auth  # type: ignore[attr-defined]
    return who
