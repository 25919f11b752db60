"""A browser in which somebody signed in before: strangers who guess at the account do not shut it out there.

The cookie holds a keyed digest of the account and no session: it signs nobody in.
"""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "yinuo.known-browser"
KEPT = 180 * 24 * 3600  # seconds


def name() -> str:
    return f"{settings.BOUND}yn_known"


def is_known(request: HttpRequest, account: str) -> bool:
    """Whether this account, as it is named at the door, was signed in to here within half a year."""
    try:
        kept = TimestampSigner(salt=SALT).unsign(request.COOKIES.get(name(), ""), max_age=KEPT)
    except BadSignature:
        return False
    return constant_time_compare(kept, _digest(account))


def remember(response: HttpResponse, account: str) -> None:
    value = TimestampSigner(salt=SALT).sign(_digest(account))
    response.set_cookie(name(), value, KEPT, secure=settings.SECURE, httponly=True, samesite="Lax")


def _digest(account: str) -> str:
    return salted_hmac(SALT, account, algorithm="sha256").hexdigest()
