"""SIGKILL at moments that a seed has drawn: of the simulated month, and within the act that comes then."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random

from support.clocked_worker import round_took, rounds

# Some acts take longer than others: a kill may come a bit later than the last one took.
LATEST = 1.3
WRITING = 0.025  # seconds from the first statement that changes something
TARGETS = ("web", "worker")


def children(parent: int) -> list[int]:
    """The processes that gunicorn, or the parent of the worker, has forked."""
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


@dataclass(frozen=True, slots=True)
class Kill:
    """`part`: how far into the act, as a part of what such an act takes; where it is `in_write`, into what
    is written."""

    at: datetime
    target: str
    part: float
    in_write: bool


def drawn(rng: Random, count: int, first: datetime, last: datetime) -> list[Kill]:
    """So many, in the order of time; every second one hits the web, and half of them aim at a transaction."""
    return sorted(
        (
            Kill(first + rng.random() * (last - first), TARGETS[n % 2], rng.uniform(0, LATEST), n % 4 < 2)
            for n in range(count)
        ),
        key=lambda kill: kill.at,
    )


@dataclass
class Killer:
    """Kills every process of a target at once. `done`: how often each was. `took`: seconds of a form."""

    kills: Sequence[Kill]
    parents: dict[str, int]
    beats: Path
    writes: Mapping[str, Path]
    armed: dict[str, list[Kill]] = field(default_factory=lambda: {target: [] for target in TARGETS})
    done: Counter[str] = field(default_factory=Counter)
    took: float = 0.2
    _threads: list[threading.Thread] = field(default_factory=list)
    _next: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def look(self, now: datetime) -> None:
        """The clock has moved: what was drawn until now goes off with what happens next."""
        while self._next < len(self.kills) and self.kills[self._next].at <= now:
            kill = self.kills[self._next]
            self.armed[kill.target].append(kill)
            self._next += 1
        if self.armed["worker"]:
            self._start(self._hit_worker, self.armed["worker"].pop(0))

    def sent(self) -> None:
        with self._lock:
            kill = self.armed["web"].pop(0) if self.armed["web"] else None
        if kill is not None:
            self._start(self._hit, kill, self.took, self._written(kill))

    def answered(self, seconds: float) -> None:
        self.took = 0.7 * self.took + 0.3 * seconds

    def settle(self) -> None:
        """Wait for everything that was set off."""
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    @property
    def is_over(self) -> bool:
        return sum(self.done.values()) == len(self.kills)

    def _start(self, hit: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=hit, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _hit_worker(self, kill: Kill) -> None:
        """From the beginning of the next round on."""
        before, until = rounds(self.beats)[0], time.monotonic() + 30
        while rounds(self.beats)[0] == before and time.monotonic() < until:
            time.sleep(0.001)
        self._hit(kill, round_took(self.beats), self._written(kill))

    def _written(self, kill: Kill) -> int:
        path = self.writes[kill.target]
        return path.stat().st_size if path.exists() else 0

    def _hit(self, kill: Kill, span: float, written: int) -> None:
        """`span`: seconds that the act takes; `written`: the writes until it began."""
        if kill.in_write:
            until, span = time.monotonic() + 2 * span, WRITING
            while self._written(kill) == written and time.monotonic() < until:
                time.sleep(0.0005)
        time.sleep(kill.part * span)
        until = time.monotonic() + 30
        while not (found := children(self.parents[kill.target])) and time.monotonic() < until:
            time.sleep(0.001)
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        with self._lock:
            self.done[kill.target] += bool(found)
