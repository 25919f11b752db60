"""pyHanko is asynchronous inside; this finishes a coroutine for synchronous callers."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def finish(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of a coroutine, also where this thread already runs an event loop.

    `asyncio.run` refuses to nest, so a second thread takes the work then.
    """
    if not _is_looping():
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()


def _is_looping() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
