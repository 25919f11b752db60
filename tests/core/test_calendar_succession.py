"""One calendar after another: what is open follows the newest, what has ended keeps the one it had."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from support.calendars import announced, announced_until

from yinuo.core.clock import SHANGHAI, Limit, Unit
from yinuo.core.promise import Promise
from yinuo.core.receipt import Receipt, verify

LANDED = datetime(2025, 11, 4, 12, 0, tzinfo=SHANGHAI)
BEFORE, AFTER = announced_until(2025), announced().replacing(announced_until(2025), LANDED)
# By the weekly pattern 1 and 2 January 2026 work: five days from 29 December end on the 5th, seven on the
# 7th. The notice takes both off and makes Sunday the 4th work, so that each ends one day later.
PROMISE = Promise(
    "decide", "unit", Limit(5, Unit.WORKING_DAY), Limit(7, Unit.WORKING_DAY), "", date(2025, 12, 29)
)


def test_a_successor_is_the_same_calendar_but_for_what_it_knows() -> None:
    assert announced() == AFTER
    assert AFTER.version == announced().version
    assert AFTER.then(None) is AFTER


def test_each_calendar_counts_until_the_moment_at_which_it_was_replaced() -> None:
    assert AFTER.then(LANDED - timedelta(seconds=1)) is BEFORE
    assert AFTER.then(LANDED) is AFTER
    assert announced().then(LANDED - timedelta(days=999)) is announced()


def test_of_three_the_middle_one_counts_in_between() -> None:
    first = announced_until(2024)
    third = announced().replacing(BEFORE.replacing(first, LANDED - timedelta(days=365)), LANDED)
    days = (LANDED - timedelta(days=400), LANDED - timedelta(days=200), LANDED)
    assert [third.then(day).version for day in days] == [
        first.version,
        BEFORE.version,
        announced().version,
    ]


def test_an_open_promise_follows_the_calendar_that_lands() -> None:
    assert (PROMISE.due(BEFORE), PROMISE.due(AFTER)) == (date(2026, 1, 5), date(2026, 1, 6))
    days = (PROMISE.statutory_due(BEFORE), PROMISE.statutory_due(AFTER))
    assert days == (date(2026, 1, 7), date(2026, 1, 8))


def test_an_ended_promise_keeps_day_and_receipt() -> None:
    ended = PROMISE.end(LANDED - timedelta(hours=1))
    later = PROMISE.end(LANDED + timedelta(hours=1))
    assert (ended.due(AFTER), ended.statutory_due(AFTER)) == (date(2026, 1, 5), date(2026, 1, 7))
    assert ended.account(AFTER).calendar is BEFORE
    assert later.account(AFTER).calendar is AFTER


def test_a_receipt_of_a_calendar_that_was_corrected_is_still_known() -> None:
    corrected = announced_until(2024).replacing(announced(), LANDED)
    assert isinstance(verify(PROMISE.account(announced()).as_json(), corrected), Receipt)
