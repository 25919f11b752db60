"""The working-day calendar: what each day is, and the n-th working day found by index.

A year is known when its notice has been published (国务院办公厅关于节假日安排的通知). Any other
year is projected by the weekly pattern, and whatever is computed with it is provisional.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum


class DayKind(StrEnum):
    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"


@dataclass(frozen=True, slots=True)
class Year:
    """One announced year: `holidays` maps each day off to the key of its name, `makeup` works."""

    year: int
    notice: str | None
    holidays: Mapping[date, str]
    makeup: frozenset[date] = frozenset()

    def canonical(self) -> dict[str, object]:
        return {
            "year": self.year,
            "holidays": sorted(day.isoformat() for day in self.holidays),
            "makeup": sorted(day.isoformat() for day in self.makeup),
        }


def _weekday_rank(ordinal: int) -> int:
    """How many Mondays to Fridays lie in the days 1..ordinal (day 1 of the era is a Monday)."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


def _weekday_select(rank: int) -> int:
    """The ordinal of the rank-th Monday-to-Friday of the era."""
    weeks, rest = divmod(rank - 1, 5)
    return weeks * 7 + rest + 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """A run of consecutive announced years, with the weekly pattern on both sides of it.

    `rank` and `select` are inverse to each other, so a due date is two look-ups, whatever its length.
    `earlier`: the calendars that this one replaced, each with the moment until which it counted.
    """

    years: tuple[Year, ...]
    earlier: tuple[tuple[datetime, Calendar], ...] = field(default=(), repr=False, compare=False)
    version: str = field(init=False)
    first: int = field(init=False, repr=False)
    last: int = field(init=False, repr=False)
    _ranks: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _working: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _base: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = [year.year for year in self.years]
        if not numbers or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise ValueError(f"a calendar needs consecutive years, got {numbers}")
        put = object.__setattr__
        put(self, "version", _version(self.years))
        put(self, "first", date(numbers[0], 1, 1).toordinal())
        put(self, "last", date(numbers[-1], 12, 31).toordinal())
        working = tuple(o for o in range(self.first, self.last + 1) if self._works(o))
        put(self, "_working", working)
        put(self, "_base", _weekday_rank(self.first - 1))
        put(self, "_ranks", tuple(bisect_right(working, o) for o in range(self.first, self.last + 1)))

    def _works(self, ordinal: int) -> bool:
        return self.kind(date.fromordinal(ordinal)) in (DayKind.WORKING, DayKind.MAKEUP)

    def kind(self, day: date) -> DayKind:
        """What `day` is; outside the announced years by the weekly pattern alone."""
        index = day.year - self.years[0].year
        if 0 <= index < len(self.years):
            year = self.years[index]
            if day in year.holidays:
                return DayKind.HOLIDAY
            if day in year.makeup:
                return DayKind.MAKEUP
        return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKING

    def holiday(self, day: date) -> str | None:
        """The key of the holiday that `day` belongs to, or None."""
        index = day.year - self.years[0].year
        return self.years[index].holidays.get(day) if 0 <= index < len(self.years) else None

    def is_working(self, day: date) -> bool:
        ordinal = day.toordinal()
        return self.rank(ordinal) != self.rank(ordinal - 1)

    def is_announced(self, day: date) -> bool:
        return self.first <= day.toordinal() <= self.last

    @property
    def announced_until(self) -> date:
        return date.fromordinal(self.last)

    def rank(self, ordinal: int) -> int:
        """The number of working days up to and including the day `ordinal`."""
        if ordinal < self.first:
            return _weekday_rank(ordinal)
        if ordinal <= self.last:
            return self._base + self._ranks[ordinal - self.first]
        tail = _weekday_rank(ordinal) - _weekday_rank(self.last)
        return self._base + len(self._working) + tail

    def select(self, rank: int) -> int:
        """The ordinal of the working day with that rank: the inverse of `rank`."""
        index = rank - self._base - 1
        if 0 <= index < len(self._working):
            return self._working[index]
        if index < 0:
            return _weekday_select(rank)
        return _weekday_select(index - len(self._working) + 1 + _weekday_rank(self.last))

    def nth_working_day(self, after: date, count: int) -> date:
        """The `count`-th working day after `after`; `count` of 1 or more."""
        return date.fromordinal(self.select(self.rank(after.toordinal()) + count))

    def working_days(self, after: date, until: date) -> int:
        """How many working days d have after < d <= until; negative when `until` lies before."""
        return self.rank(until.toordinal()) - self.rank(after.toordinal())

    def on_or_after(self, day: date) -> date:
        """`day` itself when it works, else the next working day."""
        return date.fromordinal(self.select(self.rank(day.toordinal() - 1) + 1))

    def replacing(self, former: Calendar, at: datetime) -> Calendar:
        """This calendar as the one that takes the place of `former` at that moment."""
        return replace(self, earlier=(*former.earlier, (at, former)))

    def then(self, at: datetime | None) -> Calendar:
        """The calendar that counted at a moment; None is now. What has ended keeps the one it had."""
        if at is None or not self.earlier:
            return self
        return next((former for until, former in self.earlier if at < until), self)

    def of_version(self, version: str) -> Calendar | None:
        """This calendar, or what it was before one of its notices came: old receipts name that version."""
        if version == self.version:
            return self
        runs = (self.years[:n] for n in range(1, len(self.years)))
        known = next((Calendar(run) for run in runs if _version(run) == version), None)
        return known or next((former for _, former in self.earlier if former.version == version), None)


def _version(years: Iterable[Year]) -> str:
    text = json.dumps([year.canonical() for year in years], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def days_between(start: date, end: date) -> list[date]:
    """Every day from `start` to `end`, both included."""
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]
