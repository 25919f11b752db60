"""How people write identifiers: the canonical form of what was typed, and the masked form for showing."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Visible characters at either end: enough to recognise one's own number, too few to find the person by.
_VISIBLE = {
    "idcard": (4, 2),
    "phone": (3, 4),
    "passport": (2, 2),
    "plate": (2, 2),
    "vin": (3, 4),
    "uscc": (4, 4),
    "division": (4, 0),
    "query-code": (4, 0),
}
_NORMALIZED = frozenset(_VISIBLE) | {"org-code", "task-code", "case-number"}

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# Brackets stand around area codes; the dots are those between the letter and the serial of a plate.
_ASCII_SEPARATORS = "-()."
_SEPARATORS = dict.fromkeys(map(ord, _ASCII_SEPARATORS + "‐‑‒–—―−·•・‧"))
_FULL_WIDTH_SEPARATORS = dict.fromkeys(ord(mark) + 0xFEE0 for mark in _ASCII_SEPARATORS)
# Chat programs wrap copied numbers in zero-width and direction marks.
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
# Only ASCII letters are raised: elsewhere upper case can change the length of a text.
_UPPER = {code: chr(code - 32) for code in range(ord("a"), ord("z") + 1)}
_UPPER_FULL_WIDTH = {code: chr(code - 0xFEE0 - 32) for code in range(0xFF41, 0xFF5B)}
_CANONICAL: Mapping[int, str | None] = {
    **_FULL_WIDTH,
    **_UPPER,
    **_UPPER_FULL_WIDTH,
    **_SEPARATORS,
    **_FULL_WIDTH_SEPARATORS,
    **_INVISIBLE,
}

_COUNTRY_CODE = re.compile(r"(?:(?:\+|00)86)+|86(?=1[3-9][0-9]{9}$)")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


def normalize(field_type: str, text: str) -> str:
    """Bring a typed identifier into the one form that is checked, stored and looked up.

    Full-width becomes half-width, letters upper case; spaces, hyphens, brackets and plate dots go; a
    phone loses the country code of China. Nothing is judged. Besides the field types of `CHECKS` it
    takes `query-code`, `case-number`, `task-code` and `org-code`; ValueError for any other type.
    """
    if field_type not in _NORMALIZED:
        raise ValueError(f"no identifier type: {field_type}")
    canonical = "".join(text.translate(_CANONICAL).split())
    return _national_number(canonical) if field_type == "phone" else canonical


def _national_number(phone: str) -> str:
    prefix = _COUNTRY_CODE.match(phone)
    if prefix is None:
        return phone
    rest = phone[prefix.end() :]
    # Written internationally, a landline has lost the zero of its area code.
    return rest if not rest or rest[0] == "0" or _MOBILE.fullmatch(rest) else f"0{rest}"


def mask(field_type: str, text: str) -> str:
    """Hide the middle of a canonical identifier: 2203************12. ValueError for an unknown type.

    A text too short to hide anything between its ends is hidden whole. The length stays visible.
    """
    if field_type not in _VISIBLE:
        raise ValueError(f"no identifier type: {field_type}")
    head, tail = _VISIBLE[field_type]
    hidden = len(text) - head - tail
    if hidden < 1:
        return "*" * len(text)
    return text[:head] + "*" * hidden + text[len(text) - tail :]
