"""Colours, warning rungs and cards: rules that are data, applied to one promise at one moment.

No national thresholds were found (电子监察 is described without numbers): all of this is a city's choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yinuo.core.calendar import Calendar
from yinuo.core.clock import Stopped, Unit, day_of, day_stretches, instant, instant_stretches
from yinuo.core.duties import DUTIES, Duties
from yinuo.core.promise import Promise, Threshold, is_near, is_past

LINKS = ("person", "leader", "above", "supervisor")  # of the chain of owners, from the nearest


@dataclass(frozen=True, slots=True)
class ColourRule:
    """`threshold` for the promises that fit; an empty set fits all."""

    threshold: Threshold
    keys: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()

    def fits(self, key: str, item: str, unit: str) -> bool:
        pairs = ((self.keys, key), (self.items, item), (self.units, unit))
        return all(not wanted or given in wanted for wanted, given in pairs)


@dataclass(frozen=True, slots=True)
class Rung:
    """`name`: half, yellow, last-day, broken, or broken-N for N working days later; who is told, the card."""

    name: str
    tell: tuple[str, ...]
    keys: frozenset[str] = frozenset()
    card: str | None = None

    def is_reached(self, promise: Promise, now: datetime, calendar: Calendar, threshold: Threshold) -> bool:
        """Whether an open promise has come so far. One that stands still has come nowhere (EJ.PAUSE)."""
        due = promise.due(calendar)
        if isinstance(due, Stopped):
            return False
        if self.name.startswith("broken"):
            late = int(self.name.partition("-")[2] or 0)
            return is_past(due, now) and calendar.working_days(day_of(due), day_of(now)) >= late
        if is_past(due, now):
            return True
        if self.name == "last-day":
            return day_of(due) == day_of(now)
        return (
            is_near(promise, due, now, calendar, threshold)
            if self.name == "yellow"
            else _is_half(promise, due, now, calendar)
        )


def _is_half(promise: Promise, due: date | datetime, now: datetime, calendar: Calendar) -> bool:
    """Half of the time that counts, so without what the clock stood still, lies behind."""
    if isinstance(due, datetime):
        return (due - now) * 2 <= due - instant(promise.start) - _still_time(promise, due)
    first, today, last = (day_of(moment).toordinal() for moment in (promise.start, now, due))
    count = calendar.rank if promise.promised.unit is Unit.WORKING_DAY else int
    given = count(last) - count(first) - _still_days(promise, due, count)
    return (count(last) - count(today)) * 2 <= given


def _still_days(promise: Promise, last: date, count: Callable[[int], int]) -> int:
    """On how many days until the last one the clock stood still; `count` numbers the days that count."""
    first, end = day_of(promise.start).toordinal(), day_of(last).toordinal()
    spans = day_stretches(promise.pauses)
    stood = ((max(stop, first), end if resume is None else min(resume, end)) for stop, resume in spans)
    return sum(max(count(resume) - count(stop), 0) for stop, resume in stood)


def _still_time(promise: Promise, due: datetime) -> timedelta:
    """As `_still_days`, for a limit in hours."""
    start = instant(promise.start)
    spans = instant_stretches(promise.pauses)
    stood = ((due if resume is None else min(resume, due)) - max(stop, start) for stop, resume in spans)
    return sum((max(span, timedelta()) for span in stood), timedelta())


@dataclass(frozen=True, slots=True)
class Supervision:
    """A city's rules. Of the colour rules the first that fits is used."""

    colours: tuple[ColourRule, ...] = (ColourRule(Threshold()),)
    rungs: tuple[Rung, ...] = ()
    duties: Duties = DUTIES

    def threshold(self, key: str, item: str, unit: str) -> Threshold:
        return next((rule.threshold for rule in self.colours if rule.fits(key, item, unit)), Threshold())

    def reached(self, promise: Promise, item: str, now: datetime, calendar: Calendar) -> Iterator[Rung]:
        """The rungs that an open promise of the office has come to, the first first."""
        threshold = self.threshold(promise.key, item, promise.owner)
        for rung in self.rungs:
            fits = not rung.keys or promise.key in rung.keys
            if fits and rung.is_reached(promise, now, calendar, threshold):
                yield rung


DEFAULT = Supervision()
