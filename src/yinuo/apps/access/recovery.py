"""Codes to be copied by hand: recovery codes, and passwords that are given for one sign-in."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import check_password, make_password

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1
LETTERS, GROUP = 15, 5
KEY = 2  # letters by which a code is found; the other 13 are the secret


def new_code() -> str:
    """75 bits, in groups of five."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return "-".join(text[n : n + GROUP] for n in range(0, LETTERS, GROUP))


def new_codes(how_many: int) -> list[str]:
    """Codes of which no two begin with the same key."""
    codes: dict[str, str] = {}
    while len(codes) < how_many:
        code = new_code()
        codes.setdefault(key_of(code), code)
    return list(codes.values())


def key_of(code: str) -> str:
    return _plain(code)[:KEY]


def hashed(codes: list[str]) -> list[str]:
    """As slow and as salted as a password (OWASP ASVS 5.0, 6.5.2), all at once: hashing leaves the
    interpreter free."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda code: make_password(_plain(code)), codes))


def is_code(code: str, digest: str) -> bool:
    return check_password(_plain(code), digest)


def _plain(code: str) -> str:
    """As it was made, however it was typed."""
    return "".join(letter for letter in code.upper() if letter in ALPHABET)
