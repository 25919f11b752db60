"""The receipt: complete, adding up, recomputable, and false in no single place without being found out."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.calendars import announced, announced_until
from support.clocks import days, extensions, instants, limits, pauses_from

from yinuo.core.clock import SHANGHAI, Extension, Limit, Pause, Unit, day_of, instant
from yinuo.core.errors import Refusal
from yinuo.core.receipt import Receipt, account, moment, verify

CALENDAR = announced()
GROUND = "administrative-licensing-law 第四十二条"
COUNTED = ("counted", "makeup")


def limit(text: str, *, rolls: bool = True) -> Limit:
    made = Limit.parse(text, rolls=rolls)
    assert isinstance(made, Limit)
    return made


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def labels(receipt: Receipt) -> dict[str, str]:
    return {row.day.isoformat(): row.label for row in receipt.days()}


HEARING = Pause(at("2026-02-25 10:00"), at("2026-02-27 09:00"), "hearing", "law 第四十五条")
LONGER = Extension(limit("10wd"), date(2026, 3, 10), "案情复杂", "law 第四十二条")


def a_full_receipt() -> Receipt:
    """With everything in it: a pause, an extension, a holiday, make-up days, a ground and an item."""
    return account(
        at("2026-02-12 15:00"),
        limit("20wd"),
        CALENDAR,
        [HEARING],
        [LONGER],
        ground=GROUND,
        item="a" * 64,
    )


def test_a_receipt_says_of_every_day_what_it_counted_as() -> None:
    receipt = account(date(2026, 2, 12), limit("5wd"), CALENDAR, [HEARING])
    assert labels(receipt) == {
        "2026-02-12": "trigger",
        "2026-02-13": "counted 1/5",
        "2026-02-14": "makeup counted 2/5",
        **{f"2026-02-{n}": "holiday" for n in range(15, 24)},
        "2026-02-24": "counted 3/5",
        "2026-02-25": "counted 4/5",
        "2026-02-26": "paused: hearing, law 第四十五条",
        "2026-02-27": "paused: hearing, law 第四十五条",
        "2026-02-28": "makeup counted 5/5",
    }


def test_a_receipt_shows_the_days_on_which_the_last_day_rolled() -> None:
    receipt = account(date(2026, 2, 1), limit("13cd"), CALENDAR)
    assert labels(receipt)["2026-02-14"] == "counted 13/13"
    rolled = account(date(2026, 2, 5), limit("1mo"), CALENDAR)
    assert list(labels(rolled).items())[-1] == ("2026-03-05", "counted 28/28")
    sunday = account(date(2026, 2, 22), limit("14cd"), CALENDAR)
    assert list(labels(sunday).items())[-2:] == [
        ("2026-03-08", "counted 14/14"),
        ("2026-03-09", "rolled"),
    ]


def test_a_clock_of_hours_says_how_many_it_has_used_when_each_day_ends() -> None:
    receipt = account(at("2026-03-02 10:00"), limit("48h"), CALENDAR)
    assert labels(receipt) == {
        "2026-03-02": "trigger",
        "2026-03-03": "counted 38/48",
        "2026-03-04": "counted 48/48",
    }


def test_hours_added_to_days_leave_no_day_out() -> None:
    receipt = account(date(2026, 3, 2), limit("2wd"), CALENDAR, (), [Extension(limit("36h"))])
    assert receipt.due == at("2026-03-06 12:00")
    assert labels(receipt) == {
        "2026-03-02": "trigger",
        "2026-03-03": "counted 1/2",
        "2026-03-04": "counted 2/2",
        "2026-03-05": "counted 24/36",
        "2026-03-06": "counted 36/36",
    }


def test_what_is_due_at_once_needs_no_counting() -> None:
    assert labels(account(date(2026, 3, 6), limit("now"), CALENDAR)) == {"2026-03-06": "trigger"}
    assert labels(account(date(2026, 3, 7), limit("now"), CALENDAR)) == {
        "2026-03-07": "trigger",
        "2026-03-08": "weekend",
        "2026-03-09": "rolled",
    }


def test_a_stopped_clock_has_a_receipt_up_to_the_stop() -> None:
    receipt = account(date(2026, 3, 2), limit("5wd"), CALENDAR, [Pause(at("2026-03-04 10:00"), None)])
    assert receipt.due is None
    assert receipt.as_json()["stopped"] == {"on": "2026-03-04", "left": 3, "unit": "working_day"}
    assert list(labels(receipt)) == ["2026-03-02", "2026-03-03", "2026-03-04"]


@given(st.data(), instants, limits())
def test_the_rows_are_every_day_from_the_trigger_to_the_due_day(
    data: st.DataObject, start: datetime, one: Limit
) -> None:
    pauses = data.draw(pauses_from(start, may_be_open=True))
    receipt = account(start, one, CALENDAR, pauses, data.draw(extensions()))
    rows = [row.day for row in receipt.days()]
    assert rows == [rows[0] + timedelta(days=n) for n in range(len(rows))]
    assert rows[0] == start.date()
    end = receipt.due if receipt.stopped is None else receipt.stopped.on
    assert end is not None
    assert rows[-1] == day_of(end)


@given(st.data(), instants, limits((Unit.WORKING_DAY, Unit.CALENDAR_DAY)))
def test_the_counted_rows_add_up_to_the_budget(data: st.DataObject, start: datetime, one: Limit) -> None:
    longer = data.draw(st.lists(st.builds(Extension, limits((one.unit,))), max_size=2))
    pauses = data.draw(pauses_from(start, may_be_open=True))
    receipt = account(start, one, CALENDAR, pauses, longer)
    budget = one.amount + sum(extension.limit.amount for extension in longer)
    counted = [row for row in receipt.days() if row.what in COUNTED]
    left = receipt.stopped.left if receipt.stopped else 0
    assert [row.count for row in counted] == list(range(1, budget - left + 1))
    assert {row.of for row in counted} <= {budget}
    assert all(CALENDAR.is_working(row.day) for row in counted) or one.unit is Unit.CALENDAR_DAY


@given(st.data(), instants, limits((Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH)))
def test_a_day_is_marked_as_paused_exactly_when_a_pause_covers_it(
    data: st.DataObject, start: datetime, one: Limit
) -> None:
    pauses = data.draw(pauses_from(start))
    for row in account(start, one, CALENDAR, pauses).days()[1:]:
        covered = any(day_of(p.start) < row.day <= day_of(p.end) for p in pauses if p.end)
        assert (row.what == "paused") == covered or row.what in ("rolled", "weekend", "holiday")


@given(st.data(), instants, limits((Unit.HOUR,)))
def test_the_hours_of_a_receipt_grow_to_the_budget(data: st.DataObject, start: datetime, one: Limit) -> None:
    receipt = account(start, one, CALENDAR, data.draw(pauses_from(start)))
    used = [row.count for row in receipt.days() if row.what == "counted"]
    assert used == sorted(used)
    assert not used or used[-1] == one.amount or receipt.days()[-1].what == "paused"


@pytest.mark.parametrize(
    ("start", "text", "provisional"),
    [
        ("2026-12-28", "3wd", False),  # to 2026-12-31, the last day that has been announced
        ("2026-12-28", "4wd", True),
        ("2026-12-31", "5cd", True),  # it may roll, and whether it does is not known
        ("2026-12-01", "30cd", False),
        ("2027-03-01", "5wd", True),
        ("2027-03-01", "24h", False),  # hours ask no calendar
        ("2023-12-29", "5wd", True),
        ("2023-12-31", "5wd", False),  # the trigger is not counted, so its year has no say
        ("2023-12-31", "now", True),  # but here it has
        ("2027-01-04", "now", True),
    ],
)
def test_a_date_is_provisional_when_a_year_without_a_notice_has_a_say(
    start: str, text: str, provisional: bool
) -> None:
    receipt = account(date.fromisoformat(start), limit(text), announced_until(2026))
    assert receipt.provisional is provisional
    assert receipt.as_json()["provisional"] is provisional


def test_what_never_rolls_is_never_provisional() -> None:
    in_custody = account(date(2027, 3, 1), limit("3cd", rolls=False), announced_until(2026))
    assert not in_custody.provisional


def test_what_a_stopped_clock_has_left_may_be_provisional_too() -> None:
    stop = [Pause(date(2027, 1, 8), None)]
    assert account(date(2026, 12, 28), limit("20wd"), announced_until(2026), stop).provisional
    stop_in_time = [Pause(date(2026, 12, 30), None)]
    assert not account(date(2026, 12, 28), limit("20wd"), announced_until(2026), stop_in_time).provisional


def test_a_later_notice_changes_the_date_that_was_provisional() -> None:
    before = account(date(2025, 12, 25), limit("10wd"), announced_until(2025))
    after = account(date(2025, 12, 25), limit("10wd"), announced_until(2026))
    assert (before.due, before.provisional) == (date(2026, 1, 8), True)
    # New Year's Day and 2026-01-02 are off, Sunday 2026-01-04 works.
    assert (after.due, after.provisional) == (date(2026, 1, 8) + timedelta(days=1), False)


def test_an_old_receipt_still_verifies_after_a_further_year_was_announced() -> None:
    old = account(date(2025, 3, 3), limit("20wd"), announced_until(2025), ground=GROUND).as_json()
    found = verify(json.loads(json.dumps(old)), announced_until(2026))
    assert isinstance(found, Receipt)
    assert found.calendar.version == announced_until(2025).version != announced_until(2026).version


@given(st.data(), st.one_of(days, instants), limits())
def test_a_receipt_survives_json_and_its_recomputation(
    data: st.DataObject, start: date | datetime, one: Limit
) -> None:
    pauses = data.draw(pauses_from(instant(start), may_be_open=True))
    receipt = account(start, one, CALENDAR, pauses, data.draw(extensions()), ground=GROUND)
    written = json.dumps(receipt.as_json(), ensure_ascii=False)
    found = verify(json.loads(written), CALENDAR)
    assert isinstance(found, Receipt)
    assert json.dumps(found.as_json(), ensure_ascii=False) == written


def test_a_receipt_is_the_same_whatever_time_zone_its_moments_came_in() -> None:
    in_shanghai = account(at("2026-03-02 10:00"), limit("48h"), CALENDAR)
    in_utc = account(datetime.fromisoformat("2026-03-02T02:00:00+00:00"), limit("48h"), CALENDAR)
    assert in_utc.as_json() == in_shanghai.as_json()
    assert isinstance(verify(in_utc.as_json(), CALENDAR), Receipt)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every single value in a JSON document."""
    if isinstance(value, dict | list) and value:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))
    else:
        yield path


def other_values(value: Any) -> list[Any]:
    """What somebody might put in the place of a value."""
    others = [None, True, 0, 1, "", "2026-03-01"]
    if isinstance(value, bool):
        others += [not value, int(value)]
    elif isinstance(value, int):
        others += [value + 1, value - 1, str(value), float(value)]
    elif isinstance(value, str):
        others += [f"{value} ", value[:-1], value[:-1] + ("1" if value.endswith("0") else "0")]
    return [other for other in others if json.dumps(other) != json.dumps(value)]


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    changed = copy.deepcopy(value)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = new
    return changed


def without(value: Any, path: tuple[Any, ...]) -> Any:
    changed = copy.deepcopy(value)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return changed


STOPPED = account(at("2026-03-02 10:00"), limit("48h"), CALENDAR, [Pause(at("2026-03-03 11:00"), None)])


@pytest.mark.parametrize("receipt", [a_full_receipt(), STOPPED], ids=["full", "stopped"])
def test_every_single_value_that_was_tampered_with_is_found(receipt: Receipt) -> None:
    honest = json.loads(json.dumps(receipt.as_json()))
    assert isinstance(verify(honest, CALENDAR), Receipt)
    unnoticed = []
    for path in places(honest):
        value = honest
        for key in path:
            value = value[key]
        forged = [put(honest, path, new) for new in other_values(value)] + [without(honest, path)]
        unnoticed += [path for one in forged if not isinstance(verify(one, CALENDAR), Refusal)]
    assert unnoticed == []


def test_a_forged_receipt_names_what_differs() -> None:
    honest = a_full_receipt().as_json()
    refused = verify(honest | {"due": "2026-12-24"}, CALENDAR)
    assert refused == Refusal("receipt-differs", facts={"keys": ["due"]})
    refused = verify(honest | {"gift": True}, CALENDAR)
    assert refused == Refusal("receipt-differs", facts={"keys": ["gift"]})


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "not-a-receipt"),
        ([], "not-a-receipt"),
        ({}, "not-a-receipt"),
        (a_full_receipt().as_json() | {"schema": "yinuo-receipt/0"}, "not-a-receipt"),
        (a_full_receipt().as_json() | {"pauses": None}, "not-a-receipt"),
        (a_full_receipt().as_json() | {"start": "tomorrow"}, "not-a-receipt"),
        (a_full_receipt().as_json() | {"calendar": "0" * 64}, "unknown-calendar"),
    ],
)
def test_what_is_no_receipt_is_refused_and_never_an_error(value: object, code: str) -> None:
    refused = verify(value, CALENDAR)
    assert isinstance(refused, Refusal)
    assert refused.code == code


def test_a_moment_without_an_offset_is_one_of_shanghai() -> None:
    assert moment("2026-03-02") == date(2026, 3, 2)
    assert moment("2026-03-02T10:00") == at("2026-03-02 10:00")
    assert moment("2026-03-02T02:00:00+00:00") == at("2026-03-02 10:00")
