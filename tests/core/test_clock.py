"""Due dates: the vectors of the design, an independent day-by-day walk, and every rule of counting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import permutations

import chinese_calendar
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.calendars import announced
from support.clocks import LONGEST, days, extensions, instants, limits, pauses_from
from support.day_walk import due_by_walking

from yinuo.core.clock import (
    SHANGHAI,
    Extension,
    Limit,
    Pause,
    Stopped,
    Unit,
    add_months,
    day_of,
    due,
    end_of_day,
    instant,
    reach,
)
from yinuo.core.errors import Refusal

CALENDAR = announced()
IN_DAYS = (Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH)
ROLLING = (Unit.CALENDAR_DAY, Unit.MONTH)


def works(day: date) -> bool:
    """The independent package where it knows the year, else the weekly pattern."""
    return chinese_calendar.is_workday(day) if 2024 <= day.year <= 2026 else day.weekday() < 5


def limit(text: str, *, rolls: bool = True) -> Limit:
    made = Limit.parse(text, rolls=rolls)
    assert isinstance(made, Limit)
    return made


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def extended(text: str) -> Extension:
    return Extension(limit(text), date(2026, 3, 2), "案情复杂", "law 第四十二条")


@pytest.mark.parametrize(
    ("trigger", "text", "last"),
    [
        ("2026-02-12", "5wd", "2026-02-26"),
        ("2026-02-12", "20wd", "2026-03-18"),
        ("2026-04-30", "5wd", "2026-05-11"),
        ("2026-09-18", "20wd", "2026-10-22"),
        ("2026-09-24", "5wd", "2026-10-09"),
        ("2025-01-24", "20wd", "2025-02-27"),
        ("2024-09-13", "7wd", "2024-09-25"),
        ("2026-02-01", "15cd", "2026-02-24"),
        ("2026-08-02", "60cd", "2026-10-08"),
        ("2026-03-06", "30cd", "2026-04-07"),
    ],
)
def test_the_check_vectors_of_the_design_hold(trigger: str, text: str, last: str) -> None:
    assert due(date.fromisoformat(trigger), limit(text), CALENDAR) == date.fromisoformat(last)


def test_the_term_of_a_held_person_ends_on_its_day() -> None:
    """刑事诉讼法第一百零五条; 2026-02-04 is an ordinary day, 2026-02-17 the middle of a holiday."""
    three_days = limit("3cd", rolls=False)
    assert due(at("2026-02-01 10:00"), three_days, CALENDAR) == date(2026, 2, 4)
    assert due(date(2026, 2, 14), three_days, CALENDAR) == date(2026, 2, 17)


def test_every_day_of_three_years_as_trigger_gives_what_a_walk_gives() -> None:
    for n in range((date(2026, 12, 31) - date(2024, 1, 1)).days + 1):
        start = date(2024, 1, 1) + timedelta(days=n)
        for one in (limit("5wd"), limit("30cd"), limit("1mo"), limit("now")):
            assert due(start, one, CALENDAR) == due_by_walking(start, one, works), (start, one)


@settings(max_examples=300)
@given(st.data(), instants, limits(), st.booleans())
def test_whatever_happens_to_a_clock_it_agrees_with_the_walk(
    data: st.DataObject, start: datetime, one: Limit, as_day: bool
) -> None:
    pauses = data.draw(pauses_from(start, may_be_open=True))
    longer = data.draw(extensions()) if one.unit is not Unit.IMMEDIATE else []
    trigger = start.date() if as_day and one.unit is not Unit.HOUR else start
    assert due(trigger, one, CALENDAR, pauses, longer) == due_by_walking(trigger, one, works, pauses, longer)


@given(st.one_of(days, instants), limits())
def test_the_short_way_without_pauses_gives_what_the_long_way_gives(
    start: date | datetime, one: Limit
) -> None:
    assert due(start, one, CALENDAR) == reach(start, one, CALENDAR).due


@given(days)
def test_the_trigger_day_is_not_counted(start: date) -> None:
    assert due(start, limit("1cd", rolls=False), CALENDAR) == start + timedelta(days=1)
    first = due(start, limit("1wd"), CALENDAR)
    assert isinstance(first, date)
    assert first > start
    assert CALENDAR.working_days(start, first) == 1


@given(st.data(), instants, limits(IN_DAYS))
def test_a_pause_takes_out_the_days_after_its_stop_up_to_its_resuming(
    data: st.DataObject, start: datetime, one: Limit
) -> None:
    """So many counted days as the pause covers are waited for behind the due day."""
    nominal = reach(start, one, CALENDAR).nominal
    assert isinstance(nominal, date)
    stop = start.date() + timedelta(days=data.draw(st.integers(0, (nominal - start.date()).days - 1)))
    resume = stop + timedelta(days=data.draw(st.integers(0, 40)))
    later = reach(start, one, CALENDAR, [Pause(stop, resume)]).nominal
    assert isinstance(later, date)
    if one.unit is Unit.WORKING_DAY:
        taken_out = CALENDAR.working_days(stop, resume)
        assert CALENDAR.working_days(nominal, later) == taken_out
    else:
        assert later - nominal == resume - stop


@given(instants, limits(IN_DAYS), st.integers(0, 30))
def test_a_pause_that_begins_on_the_last_day_comes_too_late(start: datetime, one: Limit, length: int) -> None:
    """The day of the stop still counts, and with it the clock has run out."""
    nominal = reach(start, one, CALENDAR).nominal
    assert isinstance(nominal, date)
    pause = Pause(nominal, nominal + timedelta(days=length))
    assert due(start, one, CALENDAR, [pause]) == due(start, one, CALENDAR)


@given(st.data(), instants, limits((*IN_DAYS, Unit.HOUR)))
def test_overlapping_pauses_count_once(data: st.DataObject, start: datetime, one: Limit) -> None:
    begin = start + timedelta(minutes=data.draw(st.integers(0, 50_000)))
    end = begin + timedelta(minutes=data.draw(st.integers(0, 50_000)))
    inside = sorted(begin + (end - begin) * share for share in data.draw(st.tuples(*[st.floats(0, 1)] * 2)))
    whole, part = Pause(begin, end), Pause(inside[0], inside[1])
    first, second = Pause(begin, inside[1]), Pause(inside[0], end)
    once = due(start, one, CALENDAR, [whole])
    assert due(start, one, CALENDAR, [whole, part]) == once
    assert due(start, one, CALENDAR, [whole, whole]) == once
    assert due(start, one, CALENDAR, [first, second]) == once


@given(st.data(), instants, limits((*IN_DAYS, Unit.HOUR)))
def test_the_order_of_pauses_and_extensions_does_not_matter(
    data: st.DataObject, start: datetime, one: Limit
) -> None:
    pauses = data.draw(pauses_from(start, may_be_open=True))
    longer = data.draw(extensions())
    expected = due(start, one, CALENDAR, pauses, longer)
    for some in list(permutations(pauses))[:6]:
        for more in list(permutations(longer))[:6]:
            assert due(start, one, CALENDAR, some, more) == expected


@given(st.data(), instants, st.sampled_from(list(LONGEST)))
def test_an_extension_in_the_same_unit_adds_to_the_limit(
    data: st.DataObject, start: datetime, unit: Unit
) -> None:
    one, more = data.draw(limits((unit,))), data.draw(limits((unit,)))
    pauses = data.draw(pauses_from(start))
    together = Limit(one.amount + more.amount, unit, one.rolls)
    extension = Extension(more)
    assert due(start, one, CALENDAR, pauses, [extension]) == due(start, together, CALENDAR, pauses)


@given(st.data(), instants, st.permutations(IN_DAYS))
def test_an_extension_in_another_unit_counts_on_from_the_day_that_was_reached(
    data: st.DataObject, start: datetime, units: Sequence[Unit]
) -> None:
    one, more = data.draw(limits((units[0],))), data.draw(limits((units[1],)))
    reached = reach(start, one, CALENDAR).nominal
    assert reached is not None
    on = due(reached, Limit(more.amount, more.unit, one.rolls), CALENDAR)
    if one.rolls and isinstance(on, date):
        on = CALENDAR.on_or_after(on)
    assert due(start, one, CALENDAR, (), [Extension(more)]) == on


def test_hours_added_to_days_begin_when_the_last_day_ends() -> None:
    last = due(date(2026, 3, 2), limit("2wd"), CALENDAR, (), [extended("24h")])
    assert last == at("2026-03-06 00:00")


@given(st.data(), instants, limits((*IN_DAYS, Unit.HOUR)))
def test_while_a_pause_is_open_the_clock_says_what_is_left_and_resuming_uses_exactly_that(
    data: st.DataObject, start: datetime, one: Limit
) -> None:
    stop = start + timedelta(minutes=data.draw(st.integers(0, 100_000)))
    resume = stop + timedelta(minutes=data.draw(st.integers(0, 50_000)))
    stopped = due(start, one, CALENDAR, [Pause(stop, None)])
    assume(isinstance(stopped, Stopped))
    assert isinstance(stopped, Stopped)
    assert stopped.left > 0
    resumed = reach(start, one, CALENDAR, [Pause(stop, resume)]).nominal
    if one.unit is Unit.HOUR:
        assert stopped.on == stop
        assert resumed == resume + timedelta(seconds=stopped.left)
    else:
        assert stopped.on == stop.date()
        assert resumed == due(resume, Limit(stopped.left, stopped.unit), CALENDAR)


def test_what_is_left_of_a_stopped_clock_is_in_its_own_unit() -> None:
    stop = [Pause(at("2026-03-04 11:30"), None)]
    start = at("2026-03-02 10:00")
    left = [due(start, limit(text), CALENDAR, stop) for text in ("5wd", "15cd", "1mo", "72h")]
    day = date(2026, 3, 4)
    assert left == [
        Stopped(day, 3, Unit.WORKING_DAY),
        Stopped(day, 13, Unit.CALENDAR_DAY),
        Stopped(day, 29, Unit.CALENDAR_DAY),
        Stopped(at("2026-03-04 11:30"), 22 * 3600 + 1800, Unit.HOUR),
    ]


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", 6, "2026-09-30"),
        ("2026-05-15", 1, "2026-06-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_the_last_of_the_month(start: str, months: int, last: str) -> None:
    """民法典第二百零二条."""
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(last)
    nominal = due(date.fromisoformat(start), limit(f"{months}mo", rolls=False), CALENDAR)
    assert nominal == date.fromisoformat(last)


@given(st.data(), days, limits(ROLLING))
def test_a_last_day_off_rolls_once_at_the_end_and_only_where_it_rolls(
    data: st.DataObject, start: date, one: Limit
) -> None:
    """民法典第二百零三条."""
    pauses = data.draw(pauses_from(instant(start)))
    longer = data.draw(extensions().filter(lambda many: all(e.limit.unit in ROLLING for e in many)))
    nominal = reach(start, one, CALENDAR, pauses, longer).nominal
    assert nominal == due(start, Limit(one.amount, one.unit), CALENDAR, pauses, longer)
    last = due(start, one, CALENDAR, pauses, longer)
    assert isinstance(nominal, date)
    assert last == (CALENDAR.on_or_after(nominal) if one.rolls else nominal)


@given(instants, st.integers(1, 400), st.integers(0, 86_400), st.integers(0, 200_000))
def test_hours_run_through_nights_and_holidays_and_stop_to_the_second(
    start: datetime, hours: int, after: int, length: int
) -> None:
    one = Limit(hours, Unit.HOUR)
    end = start + timedelta(hours=hours)
    assert due(start, one, CALENDAR) == end
    stop = start + timedelta(seconds=after)
    paused = due(start, one, CALENDAR, [Pause(stop, stop + timedelta(seconds=length))])
    assert paused == end + timedelta(seconds=length if stop < end else 0)


@given(days)
def test_what_is_due_at_once_is_due_on_the_day_itself_or_the_next_working_day(start: date) -> None:
    assert due(start, limit("now"), CALENDAR) == CALENDAR.on_or_after(start)


def test_what_is_due_at_once_waits_while_the_clock_stands_still() -> None:
    saturday = date(2026, 3, 7)
    until_tuesday = Pause(saturday, date(2026, 3, 10))
    assert due(saturday, limit("now"), CALENDAR, [until_tuesday]) == date(2026, 3, 11)
    assert due(saturday, limit("now"), CALENDAR, [Pause(saturday, None)]) == Stopped(
        saturday, 1, Unit.WORKING_DAY
    )
    friday = date(2026, 3, 6)
    assert due(friday, limit("now"), CALENDAR, [Pause(friday, date(2026, 3, 10))]) == friday


@given(st.data(), st.one_of(days, instants), limits())
def test_nothing_is_due_before_it_starts_and_a_pause_never_makes_it_earlier(
    data: st.DataObject, start: date | datetime, one: Limit
) -> None:
    pauses = data.draw(pauses_from(instant(start)))
    longer = data.draw(extensions())
    plain, last = due(start, one, CALENDAR, (), longer), due(start, one, CALENDAR, pauses, longer)
    assert not isinstance(plain, Stopped)
    assert not isinstance(last, Stopped)
    assert day_of(start) <= day_of(plain)
    assert instant(plain) <= instant(last)


@pytest.mark.parametrize("text", ["5wd", "60cd", "2mo", "24h", "now"])
def test_a_limit_is_written_as_it_is_read(text: str) -> None:
    one = limit(text)
    assert str(one) == text
    assert Limit.from_json(one.as_json()) == one
    assert one.rolls == (one.unit in ROLLING)


@given(limits())
def test_a_limit_survives_json(one: Limit) -> None:
    assert Limit.from_json(one.as_json()) == one


@pytest.mark.parametrize(
    "text", ["", "5", "wd", "0wd", "-1wd", "5 wd", "5WD", "５wd", "1.5h", "5d", "25001wd", "1201mo", "now "]
)
def test_what_is_no_limit_is_refused(text: str) -> None:
    refused = Limit.parse(text)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.facts) == ("bad-limit", {"text": text})
    with pytest.raises(ValueError, match="not a limit"):
        Limit.from_json({"text": text, "rolls": True})


def test_a_pause_cannot_end_before_it_starts() -> None:
    backwards = Pause(date(2026, 3, 5), date(2026, 3, 4))
    with pytest.raises(ValueError, match="ends before it starts"):
        due(date(2026, 3, 2), limit("5wd"), CALENDAR, [backwards])


def test_an_instant_without_a_time_zone_is_a_mistake() -> None:
    naive = datetime(2026, 3, 2, 10, 0)  # noqa: DTZ001
    for text in ("5wd", "24h"):
        with pytest.raises(ValueError, match="naive"):
            due(naive, limit(text), CALENDAR)


def test_days_are_those_of_shanghai_wherever_the_instant_was_written_down() -> None:
    late_in_london = datetime.fromisoformat("2026-03-02T17:00:00+00:00")
    assert day_of(late_in_london) == date(2026, 3, 3)
    assert due(late_in_london, limit("1wd"), CALENDAR) == date(2026, 3, 4)
    assert end_of_day(date(2026, 3, 3)) == at("2026-03-04 00:00")
