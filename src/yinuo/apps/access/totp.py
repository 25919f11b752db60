"""Time-based codes (RFC 6238): 30 seconds, six digits; the step before and the one after are good as well."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

STEP, WINDOW = 30, 1  # seconds; steps to either side, for clocks that differ (RFC 6238 §5.2)
ISSUER = "Yinuo"
DIGITS = 6


def new_secret() -> str:
    """160 bits in base32, as long as the hash (RFC 4226 §4)."""
    return pyotp.random_base32(32)


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def code_of(secret: str, step: int) -> str:
    return pyotp.TOTP(secret).at(step * STEP)


def is_step_code(typed: str) -> bool:
    """Whether this looks like a code of an authenticator; else it may be a recovery code."""
    plain = "".join(typed.split())
    return plain.isascii() and plain.isdecimal() and len(plain) == DIGITS


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is. Each one of the window is compared, in constant time, whichever fits."""
    present, found = step_at(now), None
    for step in range(present - WINDOW, present + WINDOW + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), code.encode()):
            found = step
    return found


def address_of(secret: str, login: str) -> str:
    """The otpauth: address that an authenticator reads from a QR."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
