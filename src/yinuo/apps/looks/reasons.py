"""What somebody states before they look: one reason of a few, and words."""

from __future__ import annotations

from collections.abc import Collection

from yinuo.core.errors import Refusal

SHORTEST, LONGEST = 4, 500  # characters; "see above" and an empty sigh are no reason


def stated(key: str, words: str, known: Collection[str]) -> Refusal | None:
    """`invalid-answers` names `key` and `words` where they are wrong."""
    wrong = {
        "key": None if key in known else "not-a-choice",
        "words": _words_problem(words.strip()),
    }
    fields = {name: code for name, code in wrong.items() if code}
    return Refusal("invalid-answers", fields) if fields else None


def _words_problem(words: str) -> str | None:
    if len(words) < SHORTEST:
        return "required" if not words else "too-short"
    return "too-long" if len(words) > LONGEST else None
