"""`yinuo run` keeps the worker going: killed, it comes back; when the web ends, everything does."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from yinuo.cli.run import keep

LIVES = "import os, sys, time; print(os.getpid(), file=open(sys.argv[1], 'a')); time.sleep(60)"
WAITS = "import os, sys, time\nwhile len(open(sys.argv[1]).read().split()) < 2: time.sleep(0.05)\nsys.exit(3)"


@pytest.fixture(autouse=True)
def _own_handler() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_a_worker_that_is_killed_is_started_again_and_ends_with_the_web(tmp_path: Path) -> None:
    """The web here waits for a second worker and ends with 3."""
    lives = tmp_path / "lives"
    lives.touch()
    threading.Thread(target=_kill_first, args=(lives,), daemon=True).start()
    assert keep([sys.executable, "-c", WAITS, str(lives)], [[sys.executable, "-c", LIVES, str(lives)]]) == 3
    first, second = map(int, lives.read_text().split())
    assert first != second
    assert _is_gone(second)


def _kill_first(lives: Path) -> None:
    while not lives.read_text().endswith("\n"):
        time.sleep(0.02)
    os.kill(int(lives.read_text()), signal.SIGKILL)


def _is_gone(pid: int) -> bool:
    """Ended, and perhaps not yet collected by whoever started it."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return True
        time.sleep(0.02)
    return False
