"""Passwords that are known from break-ins: a sorted file of SHA-1 digests, looked up without a network."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

WIDTH = 40  # hexadecimal digits of SHA-1; behind them may stand `:count`


def is_breached(password: str) -> bool:
    """Whether the file holds this password; False where the city has none."""
    path: Path | None = settings.BREACHED_PASSWORDS
    if path is None:
        return False
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file:
        return _holds(file, wanted)


def _holds(file: BinaryIO, wanted: bytes) -> bool:
    """Binary search by byte: every line that begins before `low` is smaller, from `high` on larger."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        start, line = _line_from(file, middle)
        found = line[:WIDTH].upper()
        if start < high and found == wanted:
            return True
        if start < high and found < wanted:
            low = start + len(line)
        else:
            high = middle
    return False


def _line_from(file: BinaryIO, at: int) -> tuple[int, bytes]:
    """Where the first line begins that does so at `at` or later, and the line."""
    file.seek(max(at - 1, 0))
    if at:
        file.readline()
    return file.tell(), file.readline()
