"""The calendar against the published notices, an independent package and a day-by-day walk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.calendars import announced, announced_until

from yinuo.core.calendar import Calendar, DayKind, Year, days_between

CALENDAR = announced()
EVERY_DAY = days_between(date(2024, 1, 1), date(2026, 12, 31))
WIDE = st.dates(date(1990, 1, 1), date(2060, 12, 31))
# Counted by hand from the notices.
WORKING_DAYS = {2024: 251, 2025: 248, 2026: 248}


def test_every_day_of_the_announced_years_is_what_the_independent_package_says() -> None:
    differing = [day for day in EVERY_DAY if CALENDAR.is_working(day) != chinese_calendar.is_workday(day)]
    assert differing == []


def test_every_day_that_works_is_an_ordinary_weekday_or_a_make_up_weekend() -> None:
    for day in EVERY_DAY:
        kind, works = CALENDAR.kind(day), chinese_calendar.is_workday(day)
        weekend = day.weekday() >= 5
        if works:
            assert kind is (DayKind.MAKEUP if weekend else DayKind.WORKING)
        else:
            assert kind is DayKind.HOLIDAY or (weekend and kind is DayKind.WEEKEND)


@pytest.mark.parametrize(("year", "count"), WORKING_DAYS.items())
def test_a_year_has_as_many_working_days_as_its_notice_leaves(year: int, count: int) -> None:
    assert CALENDAR.working_days(date(year - 1, 12, 31), date(year, 12, 31)) == count


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        (date(2026, 2, 14), DayKind.MAKEUP, None),
        (date(2026, 2, 17), DayKind.HOLIDAY, "Spring Festival"),
        (date(2026, 2, 24), DayKind.WORKING, None),
        (date(2026, 10, 11), DayKind.WEEKEND, None),
        (date(2024, 2, 9), DayKind.WORKING, None),  # New Year's Eve of 2024 was no day off
        (date(2031, 10, 1), DayKind.WORKING, None),  # no notice yet: the weekly pattern alone
        (date(2031, 10, 4), DayKind.WEEKEND, None),
    ],
)
def test_a_day_knows_its_kind_and_its_holiday(day: date, kind: DayKind, name: str | None) -> None:
    assert (CALENDAR.kind(day), CALENDAR.holiday(day)) == (kind, name)


@given(WIDE)
def test_a_day_works_when_its_kind_does(day: date) -> None:
    assert CALENDAR.is_working(day) == (CALENDAR.kind(day) in (DayKind.WORKING, DayKind.MAKEUP))


@given(WIDE, st.integers(1, 300))
def test_the_nth_working_day_is_the_one_that_a_walk_reaches(after: date, count: int) -> None:
    day, left = after, count
    while left:
        day += timedelta(days=1)
        left -= CALENDAR.is_working(day)
    assert CALENDAR.nth_working_day(after, count) == day


@given(WIDE, st.integers(0, 800))
def test_the_working_days_between_two_days_are_those_that_a_walk_meets(after: date, span: int) -> None:
    until = after + timedelta(days=span)
    met = sum(CALENDAR.is_working(day) for day in days_between(after, until)[1:])
    assert CALENDAR.working_days(after, until) == met
    assert CALENDAR.working_days(until, after) == -met


@given(WIDE)
def test_select_gives_back_the_working_day_that_rank_has_counted(day: date) -> None:
    found = CALENDAR.on_or_after(day)
    assert CALENDAR.select(CALENDAR.rank(found.toordinal())) == found.toordinal()
    assert found >= day
    assert CALENDAR.is_working(found)
    assert not any(CALENDAR.is_working(before) for before in days_between(day, found)[:-1])


def test_only_the_years_with_a_notice_are_announced() -> None:
    assert CALENDAR.announced_until == date(CALENDAR.years[-1].year, 12, 31)
    assert CALENDAR.is_announced(date(2024, 1, 1))
    assert not CALENDAR.is_announced(date(2023, 12, 31))
    assert not CALENDAR.is_announced(CALENDAR.announced_until + timedelta(days=1))


@pytest.mark.parametrize("numbers", [[], [2024, 2026], [2025, 2024], [2024, 2024]])
def test_a_calendar_needs_consecutive_years(numbers: list[int]) -> None:
    with pytest.raises(ValueError, match="consecutive"):
        Calendar(tuple(Year(number, None, {}) for number in numbers))


def test_the_version_changes_with_a_day_and_not_with_a_name_or_a_number() -> None:
    last = CALENDAR.years[-1]
    renamed = replace(last, notice="another", holidays=dict.fromkeys(last.holidays, "another name"))
    moved = replace(last, makeup=frozenset())
    fewer = replace(last, holidays=dict(list(last.holidays.items())[1:]))
    versions = [Calendar((*CALENDAR.years[:-1], year)).version for year in (renamed, moved, fewer)]
    assert versions[0] == CALENDAR.version
    assert len({CALENDAR.version, *versions}) == 3


def test_a_calendar_knows_the_versions_that_it_had_before_each_notice() -> None:
    for year in CALENDAR.years:
        before = announced_until(year.year)
        assert CALENDAR.of_version(before.version) == before
    assert CALENDAR.of_version("0" * 64) is None
