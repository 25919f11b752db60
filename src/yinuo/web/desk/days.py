"""A day as a form of the desk carries it."""

from __future__ import annotations

from datetime import date


def day_typed(text: str) -> date | None:
    """`2026-03-05`; None for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
