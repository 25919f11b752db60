"""The identity provider: OpenID Connect, authorization code with PKCE, state and nonce."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from joserfc.errors import JoseError

from yinuo.apps.signing_in.actions.sign_in_by_provider import Claims
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import check_idcard, check_phone, normalize

TIMEOUT = 10  # seconds
DISCOVERY = "/.well-known/openid-configuration"
# Only keys that the provider alone has: with a shared secret whoever reads our settings could sign.
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
FAULTS = (
    AuthlibBaseError,
    JoseError,
    requests.RequestException,
    RuntimeError,
    ValueError,
    KeyError,
    TypeError,
)
"""What goes wrong with an answer that is cut off, forged, late, or no answer at all."""

LONGEST_NAME, LONGEST_SUBJECT = 50, 255  # of our table, and OpenID Connect Core 1.0, 2


def begin(request: HttpRequest) -> str | Refusal:
    """The address at the provider where somebody signs in; `provider-failed` where it does not answer."""
    try:
        return str(_client().authorize_redirect(request, _back()).url)
    except FAULTS:
        return Refusal("provider-failed")


def finish(request: HttpRequest) -> Claims | Refusal:
    """What the provider says of whoever comes back: `provider-refused` where they did not agree."""
    if request.GET.get("error") == "access_denied":
        return Refusal("provider-refused")
    try:
        return _claims(_told(request))
    except FAULTS:
        return Refusal("provider-failed")


def _told(request: HttpRequest) -> dict[str, Any]:
    """The claims of the ID token, whose signature, issuer, audience, time and nonce hold, and of the user
    info, which must be of the same subject (OpenID Connect Core 1.0, 3.1.3.7 and 5.3.2)."""
    client = _client()
    expected = {
        "iss": {"essential": True, "value": settings.OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
    }
    token = client.authorize_access_token(request, claims_options=expected)
    told = dict(token["userinfo"])
    if client.server_metadata.get("userinfo_endpoint"):
        more = dict(client.userinfo(token=token))
        if more.get("sub") != told["sub"]:
            raise ValueError("the user info is of somebody else")
        told = more | told
    return told


def _claims(told: dict[str, Any]) -> Claims:
    number = normalize("idcard", _text(told, settings.OIDC_IDENTITY_CLAIM))
    phone = normalize("phone", _text(told, "phone_number"))
    has_phone = told.get("phone_number_verified") is True and check_phone(phone) is None
    return Claims(
        issuer=settings.OIDC_ISSUER,
        subject=str(told["sub"])[:LONGEST_SUBJECT],
        name=_text(told, settings.OIDC_NAME_CLAIM)[:LONGEST_NAME],
        identity=number if check_idcard(number) is None else "",
        phone=phone if has_phone else "",
    )


def _text(told: dict[str, Any], claim: str) -> str:
    value = told.get(claim)
    return value.strip().replace("\x00", "") if isinstance(value, str) else ""


def _back() -> str:
    return f"{settings.ORIGIN.rstrip('/')}{reverse('provider-back')}"


def _client() -> Any:
    """The client, with what the provider says of itself; ValueError where that is of another provider."""
    client = _registered(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)
    metadata = client.load_server_metadata()
    if str(metadata.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
        raise ValueError("the provider says that it is another one")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [one for one in offered if one in SIGNED_BY]
    return client


class _Straight(OAuth2Session):  # type: ignore[misc]
    """Asks the addresses that the provider named and follows it to no other: a redirect is a fault."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.max_redirects = 0


class _Provider(DjangoOAuth2App):  # type: ignore[misc]
    client_cls = _Straight


@lru_cache(maxsize=4)
def _registered(issuer: str, client_id: str, secret: str) -> Any:
    """One for each provider and process: it keeps the provider's addresses and keys."""
    method = "client_secret_basic" if secret else "none"
    return OAuth().register(
        "provider",
        client_cls=_Provider,
        client_id=client_id,
        client_secret=secret or None,
        server_metadata_url=issuer + DISCOVERY,
        client_kwargs={
            "scope": settings.OIDC_SCOPE,
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": method,
            "default_timeout": TIMEOUT,
        },
    )
