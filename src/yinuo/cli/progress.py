"""Progress: a bar on a terminal, plain lines when piped."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def watched(things: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """Pass things through; a terminal sees a bar after a second, a pipe sees a line at the end."""
    terminal = sys.stderr.isatty()
    count = 0
    for thing in tqdm(things, desc=what, total=total, delay=1, disable=not terminal, leave=False):
        count += 1
        yield thing
    if not terminal:
        print(f"{what}: {count}", file=sys.stderr)
