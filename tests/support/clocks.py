"""Hypothesis strategies for clocks: starts, limits, pauses and extensions of every kind."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from yinuo.core.clock import SHANGHAI, Extension, Limit, Pause, Unit

FIRST, LAST = date(2023, 6, 1), date(2027, 6, 30)
LONGEST = {Unit.WORKING_DAY: 60, Unit.CALENDAR_DAY: 90, Unit.MONTH: 14, Unit.HOUR: 400}

days = st.dates(FIRST, LAST)
instants = st.builds(
    lambda day, seconds: datetime.combine(day, time(), SHANGHAI) + timedelta(seconds=seconds),
    days,
    st.integers(0, 86_399),
)


def limits(units: tuple[Unit, ...] = (*LONGEST, Unit.IMMEDIATE)) -> st.SearchStrategy[Limit]:
    return st.sampled_from(units).flatmap(_limit)


def _limit(unit: Unit) -> st.SearchStrategy[Limit]:
    if unit is Unit.IMMEDIATE:
        return st.just(Limit(0, unit))
    rolls = st.booleans() if unit in (Unit.CALENDAR_DAY, Unit.MONTH) else st.just(False)
    return st.builds(Limit, st.integers(1, LONGEST[unit]), st.just(unit), rolls)


@st.composite
def pauses_from(draw: st.DrawFn, start: datetime, *, may_be_open: bool = False) -> list[Pause]:
    """Up to four pauses that begin around the start or in the four months after it; they may overlap."""
    made = []
    for _ in range(draw(st.integers(0, 4))):
        begin = start + timedelta(minutes=draw(st.integers(-20_000, 180_000)))
        end = begin + timedelta(minutes=draw(st.integers(0, 60_000)))
        is_open = may_be_open and draw(st.integers(0, 5)) == 0
        made.append(Pause(begin, None if is_open else end, "hearing", "law 第四十五条"))
    return made


def extensions() -> st.SearchStrategy[list[Extension]]:
    one = st.builds(
        Extension,
        limits(tuple(LONGEST)),
        st.just(date(2026, 3, 2)),
        st.just("案情复杂"),
        st.just("law 第一条"),
    )
    return st.lists(one, max_size=3)
