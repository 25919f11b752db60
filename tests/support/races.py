"""Things done at the very same time, each in a thread with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def at_once(*acts: Callable[[], Result]) -> list[Result]:
    """What each gave, in the order of the arguments; needs the fixture `committed`."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Result]) -> Result:
        try:
            start.wait(10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
