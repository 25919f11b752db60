"""The digits of a one-time code, and what is kept of them."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.utils.crypto import salted_hmac

LENGTH = 6


def new_digits() -> str:
    return f"{secrets.randbelow(10**LENGTH):0{LENGTH}}"


def digest(code: UUID, purpose: str, phone: str, digits: str) -> str:
    """64 characters, under the secret of the site: a copy of the table is no help in guessing a code."""
    return salted_hmac(
        "yinuo.signing_in.code", f"{code}:{purpose}:{phone}:{digits}", algorithm="sha256"
    ).hexdigest()


def typed(text: str) -> str:
    """The digits as somebody typed them: spaces and hyphens go, full-width becomes half-width."""
    kept = (one for one in text[:40] if one.isdecimal())
    return "".join(str(int(one)) for one in kept)[: LENGTH + 1]
