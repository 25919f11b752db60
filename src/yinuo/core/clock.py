"""Due dates: a pure function of start, limit, pauses, extensions and calendar.

Days are dates in Asia/Shanghai; the office's day ends at 24:00. Nothing here walks day by day:
the receipt does, and only when it is asked (`yinuo.core.receipt`).
"""

from __future__ import annotations

import calendar as _months
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from yinuo.core.calendar import Calendar
from yinuo.core.errors import Refusal

SHANGHAI = ZoneInfo("Asia/Shanghai")
Moment = TypeVar("Moment", int, datetime)


class Unit(StrEnum):
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    HOUR = "hour"
    IMMEDIATE = "immediate"


_SUFFIX = {"wd": Unit.WORKING_DAY, "cd": Unit.CALENDAR_DAY, "mo": Unit.MONTH, "h": Unit.HOUR}
_LIMIT = re.compile(r"([0-9]{1,6})(wd|cd|mo|h)")
# A hundred years of each: longer is a typing error, and would run off the end of `date`.
_LONGEST = {Unit.WORKING_DAY: 25_000, Unit.CALENDAR_DAY: 36_525, Unit.MONTH: 1_200, Unit.HOUR: 876_600}


@dataclass(frozen=True, slots=True)
class Limit:
    """`rolls`: a last day that is a day off moves to the next working day (民法典第二百零三条);
    terms of a held person never do (刑事诉讼法第一百零五条)."""

    amount: int
    unit: Unit
    rolls: bool = False

    @classmethod
    def parse(cls, text: str, *, rolls: bool = True) -> Limit | Refusal:
        """`5wd` `60cd` `2mo` `24h` `now`. Calendar days and months roll unless `rolls` is false."""
        if text == "now":
            return cls(0, Unit.IMMEDIATE)
        match = _LIMIT.fullmatch(text)
        unit = _SUFFIX[match[2]] if match else Unit.IMMEDIATE
        if match is None or not 0 < int(match[1]) <= _LONGEST[unit]:
            return Refusal("bad-limit", facts={"text": text})
        return cls(int(match[1]), unit, rolls and unit in (Unit.CALENDAR_DAY, Unit.MONTH))

    def __str__(self) -> str:
        if self.unit is Unit.IMMEDIATE:
            return "now"
        return f"{self.amount}{next(k for k, unit in _SUFFIX.items() if unit is self.unit)}"

    def as_json(self) -> dict[str, object]:
        return {"text": str(self), "rolls": self.rolls}

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Limit:
        """The inverse of `as_json`; raises ValueError for anything else."""
        return _limit_of(str(value["text"]), bool(value["rolls"]))


@lru_cache(maxsize=1024)
def _limit_of(text: str, rolls: bool) -> Limit:
    """There are a few dozen limits, and every promise that is folded reads one or two."""
    limit = Limit.parse(text, rolls=rolls)
    if isinstance(limit, Refusal):
        raise ValueError(f"not a limit: {text}")
    return limit


@dataclass(frozen=True, slots=True)
class Pause:
    """Takes out the days d with start < d <= end; open while `end` is None."""

    start: date | datetime
    end: date | datetime | None
    kind: str = "pause"
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """Adds `limit` to the budget; `on` is the day on which it was approved."""

    limit: Limit
    on: date | None = None
    reason: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The clock stands still: since `on`, with `left` of `unit` (hours as seconds) not yet used."""

    on: date | datetime
    left: int
    unit: Unit


def due(
    start: date | datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> date | datetime | Stopped:
    """The last day of a limit (a datetime for hours), or where the clock stands while it is paused.

    start: the trigger, a date or an aware datetime. Raises ValueError for a pause that ends before
    it starts and for a naive datetime where an instant is needed.
    """
    if pauses or extensions:
        return reach(start, limit, calendar, pauses, extensions).due
    return _plain_due(start, limit, calendar)


def _plain_due(start: date | datetime, limit: Limit, calendar: Calendar) -> date | datetime:
    """`due` without pauses and extensions: what nearly every promise is, nearly all the time."""
    if limit.unit is Unit.HOUR:
        return instant(start) + timedelta(hours=limit.amount)
    first = day_of(start)
    if limit.unit is Unit.WORKING_DAY:
        return date.fromordinal(calendar.select(calendar.rank(first.toordinal()) + limit.amount))
    if limit.unit is Unit.IMMEDIATE:
        return calendar.on_or_after(first)
    calendar_days = limit.unit is Unit.CALENDAR_DAY
    last = first + timedelta(limit.amount) if calendar_days else add_months(first, limit.amount)
    return calendar.on_or_after(last) if limit.rolls else last


@dataclass(frozen=True, slots=True)
class Phase:
    """One counted stretch: from `start`, `budget` units, to `end` (None when stopped)."""

    start: date | datetime
    unit: Unit
    budget: int
    end: date | datetime | None


@dataclass(frozen=True, slots=True)
class Reached:
    due: date | datetime | Stopped
    nominal: date | datetime | None
    phases: tuple[Phase, ...]


def reach(
    start: date | datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Reached:
    """As `due`, with the phases it went through and the last day before it rolled."""
    budgets = _budgets(limit, extensions)
    phases: list[Phase] = []
    at: date | datetime = start
    for amount, unit in budgets:
        if phases and unit is Unit.HOUR and not isinstance(at, datetime):
            at = end_of_day(at)
        reached, budget = _advance(at, amount, unit, calendar, pauses)
        end = None if isinstance(reached, Stopped) else reached
        phases.append(Phase(at, unit, budget, end))
        if isinstance(reached, Stopped):
            return Reached(reached, None, tuple(phases))
        at = reached
    last = at
    if limit.rolls and not isinstance(at, datetime):
        last = calendar.on_or_after(at)
    return Reached(last, at, tuple(phases))


def _budgets(limit: Limit, extensions: Sequence[Extension]) -> list[tuple[int, Unit]]:
    """The limit with every extension in its own unit, then the others in a fixed order of units."""
    if not extensions:
        return [(limit.amount, limit.unit)]
    totals: dict[Unit, int] = {limit.unit: limit.amount}
    for unit in Unit:
        amount = sum(e.limit.amount for e in extensions if e.limit.unit is unit)
        if amount:
            totals[unit] = totals.get(unit, 0) + amount
    return [(amount, unit) for unit, amount in totals.items()]


def _advance(
    at: date | datetime, amount: int, unit: Unit, calendar: Calendar, pauses: Sequence[Pause]
) -> tuple[date | datetime | Stopped, int]:
    if unit is Unit.HOUR:
        return _hours(instant(at), amount, pauses), amount
    day = day_of(at)
    stretches = day_stretches(pauses)
    if unit is Unit.WORKING_DAY:
        return _count_working(day, amount, calendar, stretches), amount
    if unit is Unit.IMMEDIATE:
        return _at_once(day, calendar, stretches), 1
    budget = amount if unit is Unit.CALENDAR_DAY else (add_months(day, amount) - day).days
    return _count_calendar(day, budget, unit, stretches), budget


def _count_working(
    day: date, left: int, calendar: Calendar, stretches: Sequence[tuple[int, int | None]]
) -> date | Stopped:
    at = day.toordinal()
    for stop, resume in stretches:
        have = calendar.rank(stop) - calendar.rank(at) if stop > at else 0
        if have >= left:
            break
        left -= have
        if resume is None:
            return Stopped(date.fromordinal(max(stop, at)), left, Unit.WORKING_DAY)
        at = max(at, resume)
    return date.fromordinal(calendar.select(calendar.rank(at) + left))


def _count_calendar(
    day: date, left: int, unit: Unit, stretches: Sequence[tuple[int, int | None]]
) -> date | Stopped:
    at = day.toordinal()
    for stop, resume in stretches:
        have = max(stop - at, 0)
        if have >= left:
            break
        left -= have
        if resume is None:
            # A month is days once its last day is found, so what is left of it is days too.
            return Stopped(date.fromordinal(max(stop, at)), left, Unit.CALENDAR_DAY)
        at = max(at, resume)
    return date.fromordinal(at + left)


def _at_once(day: date, calendar: Calendar, stretches: Sequence[tuple[int, int | None]]) -> date | Stopped:
    """The trigger day itself, or the next working day on which the clock runs."""
    if calendar.is_working(day):
        return day
    return _count_working(day, 1, calendar, stretches)


def _hours(start: datetime, amount: int, pauses: Sequence[Pause]) -> datetime | Stopped:
    at, left = start, timedelta(hours=amount)
    for stop, resume in instant_stretches(pauses):
        have = max(stop - at, timedelta())
        if have >= left:
            break
        left -= have
        if resume is None:
            return Stopped(max(stop, at), int(left.total_seconds()), Unit.HOUR)
        at = max(at, resume)
    return at + left


def day_stretches(pauses: Sequence[Pause]) -> list[tuple[int, int | None]]:
    """Pauses as merged, sorted stretches of ordinals (stop, resume): out are stop < d <= resume."""
    return _merge(
        [(day_of(p.start).toordinal(), None if p.end is None else day_of(p.end).toordinal()) for p in pauses]
    )


def instant_stretches(pauses: Sequence[Pause]) -> list[tuple[datetime, datetime | None]]:
    """As `day_stretches`, to the second. A pause given as dates stops and resumes at 24:00."""
    return _merge(
        [(_pause_instant(p.start), None if p.end is None else _pause_instant(p.end)) for p in pauses]
    )


def _merge(spans: list[tuple[Moment, Moment | None]]) -> list[tuple[Moment, Moment | None]]:
    merged: list[tuple[Moment, Moment | None]] = []
    for stop, resume in sorted(spans, key=lambda span: span[0]):
        if resume is not None and resume < stop:
            raise ValueError("a pause ends before it starts")
        if not merged or (merged[-1][1] is not None and stop > merged[-1][1]):
            merged.append((stop, resume))
            continue
        first, before = merged[-1]
        merged[-1] = (first, None if before is None or resume is None else max(before, resume))
    return merged


def _pause_instant(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else end_of_day(moment)


def add_months(day: date, months: int) -> date:
    """Same day of the month, else its last day (民法典第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _months.monthrange(year, month + 1)[1]))


def day_of(moment: date | datetime) -> date:
    """The Shanghai day of a date or an aware datetime."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no day")
    return moment.astimezone(SHANGHAI).date()


def instant(moment: date | datetime) -> datetime:
    """A date stands for its first second."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(), SHANGHAI)
    if moment.tzinfo is None:
        raise ValueError("a naive datetime is no instant")
    return moment.astimezone(SHANGHAI)


def end_of_day(day: date) -> datetime:
    """24:00 of a day, when the office's day ends."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
