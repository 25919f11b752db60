"""Administrative divisions: the province prefixes of GB/T 2260 and division codes."""

from __future__ import annotations

import re

from yinuo.core.identifiers.parts import Problem

_PROVINCE_BLOCKS = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 82))
PROVINCE_PREFIXES = frozenset(
    str(prefix) for first, last in _PROVINCE_BLOCKS for prefix in range(first, last + 1)
)
"""First two digits of every province-level division, Taiwan, Hong Kong and Macao included (GB/T 2260)."""

# County (GB/T 2260), town (GB/T 10114), village (the statistical code of twelve digits).
_LENGTHS = frozenset({6, 9, 12})
_DIGITS = re.compile(r"[0-9]+")


def check_division(text: str) -> Problem | None:
    """Judge the structure of a division code of 6, 9 or 12 digits.

    Which divisions exist below the province is data of the catalogue, for it changes every year.
    Codes: bad-length, bad-character, unknown-area. Source: GB/T 2260, GB/T 10114.
    """
    if len(text) not in _LENGTHS:
        return "bad-length"
    if not _DIGITS.fullmatch(text):
        return "bad-character"
    return None if text[:2] in PROVINCE_PREFIXES else "unknown-area"
