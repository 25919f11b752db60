"""What a password must be: long enough, hard to guess for whoever knows its owner, and known to no thief."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from pypinyin import lazy_pinyin
from zxcvbn import zxcvbn

from yinuo.apps.signing_in.breached import is_breached
from yinuo.apps.signing_in.local_words import local_words

SHORTEST = 8  # OWASP ASVS 5.0, 6.2.1
LONGEST = 200
# 3 of 0 to 4: a thief who has the digest needs more than 10^8 guesses; zxcvbn reads 72 characters at most.
SAFE, READ = 3, 72


def password_problem(password: str, near: Iterable[str] = (), local: Iterable[str] = ()) -> str | None:
    """None, or `password-short`, `password-long`, `weak-password`, `breached-password`.

    `near`: what others know about the person, such as name and phone; `local`: what everybody here thinks of,
    as it is typed. A password made of either is weak.
    """
    if len(password) < SHORTEST:
        return "password-short"
    if len(password) > LONGEST:
        return "password-long"
    if zxcvbn(password[:READ], user_inputs=[*_guesses(near), *local])["score"] < SAFE:
        return "weak-password"
    return "breached-password" if is_breached(password) else None


def _guesses(near: Iterable[str]) -> list[str]:
    """What is known as it stands, its pinyin whole, without the surname and by syllables, ends of numbers."""
    guesses: list[str] = []
    for known in filter(None, near):
        syllables = lazy_pinyin(known)
        guesses += [known, "".join(syllables), "".join(syllables[1:]), *syllables]
        guesses += [known[-length:] for length in (4, 6, 8) if known[-length:].isdecimal()]
    return list(dict.fromkeys(guesses))


class Policy:
    """The same for whatever asks Django's validators: commands, and accounts that staff are given."""

    def validate(self, password: str, user: Any = None) -> None:
        near = [getattr(user, key, "") for key in ("name", "phone", "login", "identity")]
        code = password_problem(password, near, local_words())
        if code is not None:
            raise ValidationError(code, code=code)

    def get_help_text(self) -> str:
        return ""
