"""The worker, but for its clock, under a parent that starts it again when it is killed.

`python -m support.clocked_worker BEATS`: one byte is written to that file when a round begins (`b`), one
when it is over (`e`), and one when the worker ended in any other way than by SIGKILL (`x`).
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

PAUSE = 0.1  # seconds between two rounds


class Beats(threading.Event):
    """Never set; it only tells how far the loop of the worker is."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._took, self._begun = Path(f"{path}.took"), 0.0

    def tell(self, beat: bytes) -> None:
        os.write(self._file, beat)

    def is_set(self) -> bool:
        self._begun = time.monotonic()
        self.tell(b"b")
        return False

    def wait(self, timeout: float | None = None) -> bool:
        self.tell(b"e")
        self._took.write_text(f"{time.monotonic() - self._begun:.3f}")
        time.sleep(PAUSE)
        return False


def main() -> None:
    import django

    django.setup()
    from django.db import connections
    from django.urls import get_resolver

    from yinuo.apps.items.queries import catalogue
    from yinuo.cli import worker

    _have_clock(worker)
    catalogue()
    assert get_resolver().url_patterns
    connections.close_all()
    beats = Beats(sys.argv[1])
    while True:
        child = os.fork()
        if not child:
            worker.work(beats)
        _until_over(child, beats)


def _have_clock(worker: object) -> None:
    """Everything that the worker calls is imported now, and reads the test's clock."""
    from django.utils import timezone
    from support import clocked

    import yinuo.apps.cases.actions.redate
    import yinuo.apps.cases.actions.tick
    import yinuo.apps.notices.actions.deliver  # noqa: F401

    timezone.now = clocked.now
    clocked.tell_writes()
    worker.datetime = clocked.Clocked  # type: ignore[attr-defined]


def _until_over(child: int, beats: Beats) -> None:
    def stop(*_: object) -> None:
        os.kill(child, signal.SIGKILL)
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    _, status = os.waitpid(child, 0)
    if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
        beats.tell(b"x")
        time.sleep(1)


def rounds(path: Path) -> tuple[int, int, int]:
    """How many rounds were begun, how many came to their end, how often the worker ended by itself."""
    seen = path.read_bytes() if path.exists() else b""
    return seen.count(b"b"), seen.count(b"e"), seen.count(b"x")


def round_took(path: Path) -> float:
    """Seconds that the last round took which came to its end; half a second while nobody knows."""
    try:
        return float(Path(f"{path}.took").read_text())
    except (OSError, ValueError):  # not there yet, or just being written
        return 0.5


if __name__ == "__main__":
    main()
