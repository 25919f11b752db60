"""Colours of a promise, and what pausing, extending and ending do to it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.calendars import announced
from support.clocks import extensions, instants, limits, pauses_from

from yinuo.core.clock import SHANGHAI, Extension, Limit, Pause, Stopped, Unit, day_of, due, instant
from yinuo.core.promise import Colour, Promise, Threshold, colour, is_past

CALENDAR = announced()
START = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)  # a Monday, and no holiday until 2026-04-04
BROKEN = (Colour.RED, Colour.VIOLATION)


def limit(text: str) -> Limit:
    made = Limit.parse(text)
    assert isinstance(made, Limit)
    return made


def promise(promised: str = "9wd", statutory: str | None = "20wd") -> Promise:
    by_law = limit(statutory) if statutory else None
    return Promise("decide", "unit", limit(promised), by_law, "law 第四十二条", START)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-02 10:00", Colour.GREEN),
        ("2026-03-09 23:59", Colour.GREEN),  # four of nine days left
        ("2026-03-10 00:00", Colour.YELLOW),  # three of nine: a third
        ("2026-03-13 23:59", Colour.YELLOW),  # the last day, until it ends
        ("2026-03-14 00:00", Colour.RED),
        ("2026-03-30 23:59", Colour.RED),  # the statutory limit still holds
        ("2026-03-31 00:00", Colour.VIOLATION),
    ],
)
def test_a_clock_is_green_then_yellow_then_red_then_a_violation(now: str, expected: Colour) -> None:
    assert colour(promise(), at(now), CALENDAR) is expected


def test_two_working_days_left_are_yellow_however_long_the_limit_is() -> None:
    long = promise("20wd")
    assert colour(long, at("2026-03-20 09:00"), CALENDAR) is Colour.YELLOW  # 6 of 20 left: below a third
    never_by_share = Threshold(share=100, working_days=2)
    assert colour(long, at("2026-03-25 09:00"), CALENDAR, never_by_share) is Colour.GREEN
    assert colour(long, at("2026-03-26 09:00"), CALENDAR, never_by_share) is Colour.YELLOW


def test_the_thresholds_are_data() -> None:
    half = Threshold(share=2, working_days=0)
    assert colour(promise("8wd"), at("2026-03-05 09:00"), CALENDAR, half) is Colour.GREEN
    assert colour(promise("8wd"), at("2026-03-06 09:00"), CALENDAR, half) is Colour.YELLOW


def test_a_third_of_the_time_is_measured_in_the_unit_of_the_limit() -> None:
    only_share = Threshold(share=3, working_days=-1)
    in_hours = promise("30h", None)  # to 2026-03-03 16:00
    assert colour(in_hours, at("2026-03-03 05:59"), CALENDAR, only_share) is Colour.GREEN
    assert colour(in_hours, at("2026-03-03 06:00"), CALENDAR, only_share) is Colour.YELLOW
    in_days = promise("30cd", None)  # to 2026-04-01
    assert colour(in_days, at("2026-03-21 12:00"), CALENDAR, only_share) is Colour.GREEN
    assert colour(in_days, at("2026-03-22 12:00"), CALENDAR, only_share) is Colour.YELLOW


def test_without_a_statutory_limit_late_is_red_and_never_a_violation() -> None:
    assert colour(promise(statutory=None), at("2030-01-01 09:00"), CALENDAR) is Colour.RED


def test_a_clock_of_hours_is_late_one_second_after_its_instant() -> None:
    in_hours = promise("24h", None)
    last = START + timedelta(hours=24)
    assert colour(in_hours, last, CALENDAR) is Colour.YELLOW
    assert colour(in_hours, last + timedelta(seconds=1), CALENDAR) is Colour.RED


def test_a_stopped_clock_is_grey_however_long_it_stands() -> None:
    stopped = promise().pause(Pause(at("2026-03-05 10:00"), None, "hearing", "law 第四十五条"))
    assert stopped.is_paused
    assert colour(stopped, at("2026-03-05 11:00"), CALENDAR) is Colour.GREY
    assert colour(stopped, at("2030-01-01 00:00"), CALENDAR) is Colour.GREY
    resumed = stopped.resume(at("2026-03-12 10:00"))
    assert not resumed.is_paused
    assert resumed.due(CALENDAR) == date(2026, 3, 20)


def test_a_clock_that_had_run_out_before_it_was_stopped_stays_late() -> None:
    too_late = promise().pause(Pause(at("2026-03-16 10:00"), None))
    assert colour(too_late, at("2026-03-17 10:00"), CALENDAR) is Colour.RED


def test_kept_in_time_is_green_for_ever_and_kept_late_is_late_for_ever() -> None:
    kept = promise().end(at("2026-03-13 23:59"))
    late = promise().end(at("2026-03-14 00:00"))
    broken = promise().end(at("2026-03-31 00:00"))
    for now in ("2026-03-31 09:00", "2031-01-01 09:00"):
        assert [colour(one, at(now), CALENDAR) for one in (kept, late, broken)] == [
            Colour.GREEN,
            Colour.RED,
            Colour.VIOLATION,
        ]


def test_what_is_no_longer_owed_is_not_near_its_end_but_stays_late_if_it_was() -> None:
    withdrawn = promise().end(at("2026-03-12 10:00"), void=True)
    assert colour(withdrawn, at("2026-05-12 10:00"), CALENDAR) is Colour.GREEN
    too_late = promise().end(at("2026-03-16 10:00"), void=True)
    assert colour(too_late, at("2026-05-12 10:00"), CALENDAR) is Colour.RED


def test_ending_a_promise_closes_its_open_pause() -> None:
    ended = promise().pause(Pause(at("2026-03-05 10:00"), None)).end(at("2026-03-10 10:00"))
    assert not ended.is_paused
    assert colour(ended, at("2026-03-10 10:00"), CALENDAR) is Colour.GREEN


@given(st.data(), instants, limits(), limits())
def test_a_promise_that_is_late_once_is_late_ever_after(
    data: st.DataObject, start: datetime, promised: Limit, statutory: Limit
) -> None:
    one = Promise(
        "decide",
        "unit",
        promised,
        statutory,
        "law",
        start,
        tuple(data.draw(pauses_from(start, may_be_open=True))),
        tuple(data.draw(extensions())),
    )
    begun = max([start, *(instant(pause.start) for pause in one.pauses)])
    moments = sorted(begun + timedelta(hours=data.draw(st.integers(0, 6000))) for _ in range(5))
    seen = [colour(one, now, CALENDAR) for now in moments]
    first = next((n for n, shade in enumerate(seen) if shade in BROKEN), len(seen))
    assert all(shade in BROKEN for shade in seen[first:])
    for now in moments:
        ended = one.end(now)
        assert colour(ended, now, CALENDAR) is colour(ended, now + timedelta(days=900), CALENDAR)


@given(st.data(), instants, limits())
def test_both_clocks_of_a_promise_count_by_the_same_pauses_and_extensions(
    data: st.DataObject, start: datetime, promised: Limit
) -> None:
    pauses = tuple(data.draw(pauses_from(start, may_be_open=True)))
    longer = tuple(data.draw(extensions()))
    by_law = Limit(promised.amount + 5, promised.unit) if promised.unit is not Unit.IMMEDIATE else None
    one = Promise("decide", "unit", promised, by_law, "law", start, pauses, longer)
    assert one.due(CALENDAR) == due(start, promised, CALENDAR, pauses, longer)
    assert one.account(CALENDAR).due == (
        None if isinstance(one.due(CALENDAR), Stopped) else one.due(CALENDAR)
    )
    law_says = one.statutory_due(CALENDAR)
    assert law_says == (None if by_law is None else due(start, by_law, CALENDAR, pauses, longer))


@given(st.one_of(st.dates(date(2024, 1, 1), date(2027, 1, 1)), instants), instants)
def test_a_day_is_past_when_it_has_ended_and_an_instant_when_it_is_over(
    last: date | datetime, now: datetime
) -> None:
    end = last if isinstance(last, datetime) else instant(last) + timedelta(days=1)
    assert is_past(last, now) == (now > end if isinstance(last, datetime) else now >= end)


def test_an_extension_moves_both_clocks() -> None:
    extended = promise().extend(Extension(limit("10wd"), date(2026, 3, 10), "案情复杂", "law"))
    assert extended.due(CALENDAR) == date(2026, 3, 27)
    assert extended.statutory_due(CALENDAR) == CALENDAR.nth_working_day(day_of(START), 30)


def test_a_receipt_names_the_item_and_the_ground_of_its_promise() -> None:
    receipt = promise().account(CALENDAR, "a" * 64)
    assert (receipt.item, receipt.ground) == ("a" * 64, "law 第四十二条")
    assert receipt.due == date(2026, 3, 13)


def test_midnight_belongs_to_the_next_day() -> None:
    midnight = datetime.combine(date(2026, 3, 14), time(), SHANGHAI)
    assert is_past(date(2026, 3, 13), midnight)
    assert not is_past(date(2026, 3, 13), midnight - timedelta(microseconds=1))
