"""Rungs and colours: which warning comes on which day, counted by hand on the calendar of 2026."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.calendars import announced
from support.clocks import extensions, instants, limits, pauses_from
from support.items import limit

from yinuo.core.clock import SHANGHAI, Extension, Pause
from yinuo.core.promise import Colour, Promise, Threshold, colour
from yinuo.core.supervision import DEFAULT, ColourRule, Rung, Supervision

CALENDAR = announced()
NAMES = ("half", "yellow", "last-day", "broken", "broken-1", "broken-3", "broken-10")
ALL = Supervision(rungs=tuple(Rung(name, ("person",)) for name in NAMES))
SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


MONDAY = at("2026-03-02 10:00")


def promise(promised: str, start: datetime = MONDAY, **changes: Any) -> Promise:
    return Promise("decide", "unit", limit(promised), None, "", start, **changes)


def reached(one: Promise, now: datetime, rules: Supervision = ALL) -> list[str]:
    return [rung.name for rung in rules.reached(one, "item", now, CALENDAR)]


PAUSED = (Pause(at("2026-03-04 15:00"), at("2026-03-18 09:00")),)
LONGER = (Extension(limit("10wd"), date(2026, 3, 10)),)
# 春节 lasts from 15 to 23 February; the Saturdays 14 and 28 February and 9 May are worked.
# 清明节 lasts until Monday 6 April, 劳动节 from 1 to 5 May.
PLAIN = promise("10wd")
FESTIVAL = promise("10wd", at("2026-02-09 16:30"))
DAYS = [
    (PLAIN, "03-09 03-11 03-16 03-17 03-17 03-19 03-30"),
    (promise("9wd"), "03-09 03-10 03-13 03-14 03-16 03-18 03-27"),
    (FESTIVAL, "02-14 02-25 02-28 03-01 03-02 03-04 03-13"),
    (promise("10wd", pauses=PAUSED), "03-23 03-25 03-30 03-31 03-31 04-02 04-14"),
    (promise("10wd", extensions=LONGER), "03-16 03-25 03-30 03-31 03-31 04-02 04-14"),
    (promise("60cd"), "04-04 04-15 05-06 05-07 05-07 05-09 05-19"),
    (promise("2mo"), "04-04 04-15 05-06 05-07 05-07 05-09 05-19"),
    (promise("20cd", pauses=PAUSED), "03-27 03-26 04-07 04-08 04-08 04-10 04-21"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "days"), DAYS, ids=[days for _, days in DAYS])
@pytest.mark.parametrize("n", range(len(NAMES)), ids=NAMES)
def test_each_rung_is_reached_at_the_first_moment_of_its_day(one: Promise, days: str, n: int) -> None:
    begin = at(f"2026-{days.split()[n]} 00:00")
    assert NAMES[n] not in reached(one, begin - SECOND)
    assert NAMES[n] in reached(one, begin)


@pytest.mark.parametrize(
    ("pauses", "moments"),
    [
        ((), {"half": "2026-03-02 22:00", "last-day": "2026-03-03 00:00", "broken-3": "2026-03-06 00:00"}),
        (
            (Pause(at("2026-03-02 16:00"), at("2026-03-03 16:00")),),
            {"half": "2026-03-03 22:00", "last-day": "2026-03-04 00:00", "broken-3": "2026-03-09 00:00"},
        ),
    ],
    ids=["runs", "stood still for a day"],
)
def test_hours_are_counted_to_the_second(pauses: tuple[Pause, ...], moments: dict[str, str]) -> None:
    one = promise("24h", pauses=pauses)
    for name, begin in moments.items():
        assert name not in reached(one, at(begin) - SECOND)
        assert name in reached(one, at(begin))
    due = one.due(CALENDAR)
    assert isinstance(due, datetime)
    assert "broken" not in reached(one, due)
    assert "broken" in reached(one, due + SECOND)


def test_what_is_owed_at_once_is_warned_of_at_once_and_broken_at_midnight() -> None:
    one = promise("now")
    assert reached(one, MONDAY) == ["half", "yellow", "last-day"]
    assert reached(one, at("2026-03-03 00:00")) == ["half", "yellow", "last-day", "broken", "broken-1"]


def test_a_clock_that_stands_still_has_come_nowhere_and_goes_on_from_where_it_was() -> None:
    standing = promise("10wd").pause(Pause(at("2026-03-13 10:00"), None))
    for days in (0, 10, 100):
        assert reached(standing, at("2026-03-13 10:00") + timedelta(days=days)) == []
    going_on = standing.resume(at("2026-04-01 10:00"))
    assert reached(going_on, at("2026-04-01 10:00")) == ["half", "yellow"]
    assert reached(going_on, at("2026-04-02 00:00")) == ["half", "yellow", "last-day"]


def test_what_was_broken_before_the_clock_stopped_is_broken() -> None:
    late = promise("10wd").pause(Pause(at("2026-03-17 10:00"), None))
    assert "broken" in reached(late, at("2026-03-17 11:00"))
    assert "broken-3" in reached(late, at("2026-03-19 11:00"))


def test_a_rung_belongs_to_its_promises_and_without_any_to_all() -> None:
    rungs = (
        Rung("half", ("person",), frozenset({"decide"})),
        Rung("half", ("leader",), frozenset({"accept"})),
    )
    everybody = Rung("half", ("above",))
    rules = Supervision(rungs=(*rungs, everybody))
    found = list(rules.reached(PLAIN, "item", at("2026-03-09 00:00"), CALENDAR))
    assert found == [rungs[0], everybody]


def test_without_rungs_nobody_is_warned_however_late_it_is() -> None:
    assert reached(PLAIN, MONDAY + timedelta(days=999), Supervision()) == []
    assert reached(PLAIN, MONDAY + timedelta(days=999), DEFAULT) == []


def test_of_the_colour_rules_the_first_that_fits_is_used() -> None:
    one, two, three, rest = (Threshold(share, 0) for share in (2, 3, 4, 5))
    rules = Supervision(
        (
            ColourRule(one, keys=frozenset({"accept"}), units=frozenset({"station"})),
            ColourRule(two, keys=frozenset({"accept", "decide"}), items=frozenset({"licence"})),
            ColourRule(three, units=frozenset({"station"})),
            ColourRule(rest),
        )
    )
    asked = {
        ("accept", "licence", "station"): one,
        ("accept", "licence", "brigade"): two,
        ("decide", "licence", "station"): two,
        ("deliver", "licence", "station"): three,
        ("accept", "permit", "brigade"): rest,
    }
    assert {key: rules.threshold(*key) for key in asked} == asked


def test_where_no_colour_rule_fits_the_preset_does() -> None:
    rules = Supervision((ColourRule(Threshold(9, 9), keys=frozenset({"accept"})),))
    assert rules.threshold("decide", "item", "unit") == Threshold()
    assert Supervision(()).threshold("decide", "item", "unit") == Threshold()


def test_the_yellow_rung_and_the_yellow_colour_are_one_thing() -> None:
    """By the rule of that promise: nobody is warned of a green clock, or late of a yellow one."""
    rules = Supervision(
        (ColourRule(Threshold(2, 0), keys=frozenset({"decide"})), ColourRule(Threshold())),
        (Rung("yellow", ("person",)),),
    )
    threshold = rules.threshold("decide", "item", "unit")
    for hours in range(24 * 14):
        now = MONDAY + timedelta(hours=hours)
        shade = colour(PLAIN, now, CALENDAR, threshold)
        assert (reached(PLAIN, now, rules) == ["yellow"]) == (shade is Colour.YELLOW)
    assert reached(PLAIN, at("2026-03-09 00:00"), rules) == ["yellow"]  # five of ten days are left


@given(st.data())
def test_a_rung_that_was_reached_stays_reached(data: st.DataObject) -> None:
    start = data.draw(instants)
    one = promise("1wd", start)
    one = Promise(
        "decide", "unit", data.draw(limits()), None, "", start,
        pauses=tuple(data.draw(pauses_from(start))), extensions=tuple(data.draw(extensions())),
    )  # fmt: skip
    moments = data.draw(st.lists(st.integers(0, 400_000), min_size=2, max_size=8))
    before: set[str] = set()
    for minutes in sorted(moments):
        now = set(reached(one, start + timedelta(minutes=minutes)))
        assert before <= now
        before = now


@given(instants, limits(), st.integers(0, 400_000))
def test_no_rung_comes_before_the_one_that_stands_before_it(
    start: datetime, given_: Any, minutes: int
) -> None:
    """Half before the last day, the last day before it is broken, and that before it is broken for long."""
    one = Promise("decide", "unit", given_, None, "", start)
    found = reached(one, start + timedelta(minutes=minutes))
    late = [name for name in found if name.startswith("broken")]
    assert late == [name for name in NAMES if name.startswith("broken")][: len(late)]
    if late:
        assert {"half", "yellow", "last-day"} <= set(found)
    if "last-day" in found:
        assert {"half", "yellow"} <= set(found) or one.start == start
