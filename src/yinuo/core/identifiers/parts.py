"""What several identifiers share: the problem codes, patterns with a length, dates written as yyyymmdd."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

Problem = Literal[
    "bad-length",
    "bad-character",
    "bad-pattern",
    "bad-check-digit",
    "bad-date",
    "future-date",
    "unknown-area",
    "bad-province",
    "bad-level",
    "bad-serial",
    "old-id-card",
    "old-residence-card",
    "service-number",
    "missing-area-code",
]
"""Every code that a check can give. Codes are stable: the web maps each to words."""


def shape_problem(text: str, *, length: int, pattern: re.Pattern[str]) -> Problem | None:
    """`bad-length` before `bad-character`: a missing place shifts all that follow it."""
    if len(text) != length:
        return "bad-length"
    return None if pattern.fullmatch(text) else "bad-character"


def real_date(digits: str) -> date | None:
    """The day that eight digits yyyymmdd name, or None where the calendar has no such day."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
