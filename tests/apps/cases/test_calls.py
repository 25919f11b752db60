"""The lots of calls: counted, and drawn again by anybody."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.actors import Cast
from support.fixed_clock import at
from support.journeys import delivered, does
from support.upkeep import drawn

from yinuo.apps.cases.calls import closed_in, lots, to_call
from yinuo.core.case import commands as c
from yinuo.core.sampling import sample

DOCUMENT = Path(__file__).parents[3] / "docs" / "explanation" / "ratings.md"


def test_a_lot_says_how_many_were_drawn_done_and_closed(cast: Cast) -> None:
    assert lots() == []
    first, _ = drawn(cast), drawn(cast)
    does(first, c.FollowUp(True, "都好"), cast.supervisor)
    (lot,) = lots()
    assert (lot.month, lot.seed, lot.drawn, lot.done) == ("2026-09", "ab" * 32, 2, 1)
    assert lot.sealed_on == date(2026, 9, 30)
    assert lot.closed == 0  # both closed in October


def test_the_open_ones_come_first_and_only_to_whoever_calls(cast: Cast) -> None:
    first, second = drawn(cast), drawn(cast)
    does(first, c.FollowUp(True, "都好"), cast.supervisor)
    now = at("10-12 18:00")
    assert [case.number for _, case in to_call(cast.supervisor, "2026-09", now)] == [
        second.number,
        first.number,
    ]
    assert to_call(cast.window, "2026-09", now) == []
    assert to_call(cast.supervisor, "2026-08", now) == []


def test_a_month_has_its_cases_and_none_that_nobody_can_be_called_about(cast: Cast) -> None:
    case = does(delivered(cast), c.Rate(2), cast.citizen)
    delivered(cast)
    assert closed_in(date(2026, 10, 1)) == [case.number]
    assert closed_in(date(2026, 9, 1)) == closed_in(date(2026, 11, 1)) == []
    cast.citizen.is_active = False
    cast.citizen.save()
    assert closed_in(date(2026, 10, 1)) == []


@pytest.mark.parametrize(("day", "month"), [("2026-10-31 23:59:59", 10), ("2026-11-01 00:00:00", 11)])
def test_the_month_ends_at_midnight_in_shanghai(cast: Cast, day: str, month: int) -> None:
    case = does(delivered(cast), c.Rate(2), cast.citizen, at(day.removeprefix("2026-")))
    assert closed_in(date(2026, month, 1)) == [case.number]


def test_the_rule_in_the_document_is_the_one_that_is_used() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    code = re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0]
    made: dict[str, Any] = {}
    exec(code, made)
    numbers = [f"YN2026100{n}" for n in range(1, 7)]
    assert made["draw"](numbers, "5f2c9d", 2) == sample(numbers, "5f2c9d", 2)
    for number in sample(numbers, "5f2c9d", 2):
        assert f"`{number}`" in text.split("a draw of two gives")[1][:60]
    many = [f"YN{n}" for n in range(500)]
    assert made["draw"](many, "ab" * 32, 25) == sample(many, "ab" * 32, 25)
