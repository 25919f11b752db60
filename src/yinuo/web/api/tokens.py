"""Where programs get, renew and give back their tokens, and where they find these addresses."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from oauth2_provider.views import RevokeTokenView, TokenView

from yinuo.apps.clients.scopes import SCOPES
from yinuo.apps.entries.models import Forged
from yinuo.core.errors import Refusal
from yinuo.web import addresses, sentences
from yinuo.web.entries import forged
from yinuo.web.limiting import come

GRANTS = ("authorization_code", "refresh_token", "client_credentials")
NOT_KNOWN = (400, 401)  # a code, a refresh token or a secret that is none of ours, or no longer


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponseBase:
    """RFC 6749, 3.2, for the grants of OAuth 2.1 only."""
    no = come(request, "api-token", code=_client_id(request))
    if no is not None:
        return _slower(no)
    if request.POST.get("grant_type") not in GRANTS:
        return _private(JsonResponse({"error": "unsupported_grant_type"}, status=400))
    answer = TokenView.as_view()(request)
    if answer.status_code in NOT_KNOWN:
        forged(Forged.TOKEN)
    return _private(answer)


@csrf_exempt
@require_POST
def revoke(request: HttpRequest) -> HttpResponseBase:
    """RFC 7009."""
    no = come(request, "api-token", code=_client_id(request))
    return _slower(no) if no is not None else _private(RevokeTokenView.as_view()(request))


@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    """RFC 8414: everything that a program has to know before it asks."""
    return JsonResponse(
        {
            "issuer": settings.ORIGIN,
            "authorization_endpoint": addresses.public("oauth-allow"),
            "token_endpoint": addresses.public("oauth-token"),
            "revocation_endpoint": addresses.public("oauth-revoke"),
            "scopes_supported": list(SCOPES),
            "response_types_supported": ["code"],
            "grant_types_supported": list(GRANTS),
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
            "authorization_response_iss_parameter_supported": True,
            "service_documentation": addresses.public("api-openapi"),
        }
    )


def _client_id(request: HttpRequest) -> str | None:
    """Who says to be asking; it only decides whose attempts are counted."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            return base64.b64decode(value).decode().partition(":")[0] or None
        except (binascii.Error, UnicodeDecodeError):
            return None
    return request.POST.get("client_id") or None


def _slower(no: Refusal) -> HttpResponse:
    body = {"error": "temporarily_unavailable", "error_description": sentences.refusal(no)}
    response = JsonResponse(body, status=429)
    response["Retry-After"] = str(no.facts["seconds"])
    return response


def _private(response: Any) -> HttpResponseBase:
    response["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return]
