"""Due dates by walking: one day, or one stretch of running time, after the other, as a clerk would count.

Written without a look at `yinuo.core.clock`, so that the two can be held against each other.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from yinuo.core.clock import SHANGHAI, Extension, Limit, Pause, Stopped, Unit

Works = Callable[[date], bool]
ONE_DAY = timedelta(days=1)
ORDER = (Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH, Unit.HOUR)


def due_by_walking(
    start: date | datetime,
    limit: Limit,
    works: Works,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> date | datetime | Stopped:
    same = sum(e.limit.amount for e in extensions if e.limit.unit is limit.unit)
    at = _stretch(start, limit.amount + same, limit.unit, works, pauses)
    for unit in ORDER:
        more = sum(e.limit.amount for e in extensions if e.limit.unit is unit and unit is not limit.unit)
        if more and not isinstance(at, Stopped):
            at = _stretch(at, more, unit, works, pauses)
    if limit.rolls and not isinstance(at, Stopped | datetime):
        while not works(at):
            at += ONE_DAY
    return at


def _stretch(
    at: date | datetime, amount: int, unit: Unit, works: Works, pauses: Sequence[Pause]
) -> date | datetime | Stopped:
    if unit is Unit.HOUR:
        begin = at if isinstance(at, datetime) else _midnight(at + ONE_DAY)
        return _walk_time(begin, timedelta(hours=amount), pauses)
    day = _day(at)
    if unit is Unit.WORKING_DAY:
        return _walk_days(day, amount, works, unit, pauses)
    if unit is Unit.IMMEDIATE:
        return day if works(day) else _walk_days(day, 1, works, Unit.WORKING_DAY, pauses)
    days = amount if unit is Unit.CALENDAR_DAY else (_months_later(day, amount) - day).days
    return _walk_days(day, days, lambda _: True, Unit.CALENDAR_DAY, pauses)


def _walk_days(day: date, left: int, counts: Works, unit: Unit, pauses: Sequence[Pause]) -> date | Stopped:
    ran = day
    while left:
        day += ONE_DAY
        over = [p for p in pauses if _day(p.start) < day and (p.end is None or day <= _day(p.end))]
        if any(p.end is None for p in over):
            return Stopped(ran, left, unit)
        if not over:
            ran = day
            left -= counts(day)
    return day


def _walk_time(at: datetime, left: timedelta, pauses: Sequence[Pause]) -> datetime | Stopped:
    spans = [(_instant(p.start), None if p.end is None else _instant(p.end)) for p in pauses]
    marks = sorted({mark for span in spans for mark in span if mark is not None and mark > at})
    ran = at
    for mark in [*marks, None]:
        over = [end for begin, end in spans if begin <= at and (end is None or at < end)]
        if None in over:
            return Stopped(ran, int(left.total_seconds()), Unit.HOUR)
        if not over:
            if mark is None or at + left <= mark:
                return at + left
            left -= mark - at
            ran = mark
        assert mark is not None
        at = mark
    raise AssertionError("the last stretch has no end")


def _months_later(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _day(moment: date | datetime) -> date:
    return moment.astimezone(SHANGHAI).date() if isinstance(moment, datetime) else moment


def _instant(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else _midnight(moment + ONE_DAY)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
