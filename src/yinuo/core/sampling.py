"""A random sample that anybody can draw again: the order is a hash of the published seed and the number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def sample(numbers: Iterable[str], seed: str, size: int) -> list[str]:
    """`size` of the numbers, or all when there are fewer; the same for a seed, in whatever order given."""
    return sorted(set(numbers), key=lambda number: _place(seed, number))[:size]


def _place(seed: str, number: str) -> str:
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()
