"""What is counted before anything is divided. Tallies add up, so a whole is the sum of its parts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from yinuo.core.clock import day_of

MAIN = ("accept", "decide", "deliver")  # the clocks of the service itself: at most one of them runs
CONTENT = (1, 2, 3)  # levels that count as satisfied
Stop = tuple[str, str]  # why a clock stood still: kind and legal ground


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included; days of Shanghai."""

    first: date
    last: date

    def has(self, moment: date | datetime | None) -> bool:
        return moment is not None and self.first <= day_of(moment) <= self.last


@dataclass(slots=True)
class Tally:
    """`counts`: by the keys of COUNTS. `days`: how many decisions took so many working days.

    `stops` and `stopped`: how often clocks stood still for a reason, and for how many working days.
    """

    counts: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)
    stops: Counter[Stop] = field(default_factory=Counter)
    stopped: Counter[Stop] = field(default_factory=Counter)

    def add(self, other: Tally) -> Tally:
        """Take the other one in; returns itself."""
        self.counts.update(other.counts)
        self.days.update(other.days)
        self.stops.update(other.stops)
        self.stopped.update(other.stopped)
        return self

    def total(self, *keys: str) -> int:
        return sum(self.counts[key] for key in keys)

    def plain(self) -> dict[str, dict[Any, int]]:
        """Without what is nought, for comparing and for JSON."""
        return {
            "counts": _left(self.counts),
            "days": _left(self.days),
            "stops": _left(self.stops),
            "stopped": _left(self.stopped),
        }


def _left(counter: Counter[Any]) -> dict[Any, int]:
    return {key: n for key, n in sorted(counter.items()) if n}
