"""The one moment at which tests happen, and others near it."""

from __future__ import annotations

from datetime import datetime

from yinuo.core.clock import SHANGHAI

# A Monday on which the office works: the seven days of National Day are over.
NOW = datetime(2026, 10, 12, 9, 30, tzinfo=SHANGHAI)


def at(text: str) -> datetime:
    """`10-13 15:00` in the year of `NOW`, Shanghai time."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)
