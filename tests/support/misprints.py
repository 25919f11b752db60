"""Slips of the hand, for tests of check characters."""

from __future__ import annotations


def with_one_change(text: str, alphabet: str) -> list[str]:
    """Every text that differs from `text` in exactly one place, by a character of `alphabet`."""
    return [
        text[:place] + other + text[place + 1 :]
        for place in range(len(text))
        for other in alphabet
        if other != text[place]
    ]


def swapped(text: str, first: int, second: int) -> str:
    """`text` with the characters at two places exchanged."""
    places = list(text)
    places[first], places[second] = places[second], places[first]
    return "".join(places)
