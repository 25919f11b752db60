"""The small limits, and the share that a step has of the limit to decide."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cases import (
    APPLICANT,
    LEADER,
    MONDAY,
    REVIEWER,
    SUPERVISOR,
    UNIT,
    WINDOW,
    WORDS,
    code,
    submitted,
)
from support.clocks import limits
from support.items import limit

from yinuo.core.case import Actor, Context, handle
from yinuo.core.case import commands as c
from yinuo.core.clock import Limit, Unit
from yinuo.core.duties import DUTIES, Duties
from yinuo.core.errors import Refusal


def test_the_presets_are_these_and_change_only_on_purpose() -> None:
    presets = {f.name: getattr(DUTIES, f.name) for f in fields(Duties)}
    assert {name: str(value) for name, value in presets.items()} == {
        "hand_over": "1wd",
        "extension": "2wd",
        "urge": "1wd",
        "supervision": "3wd",
        "card": "3wd",
        "verify": "1wd",
        "answer": "5wd",
        "put_right": "5wd",
        "put_right_complex": "15wd",
        "call_back": "3wd",
        "appeal": "5wd",
        "follow_up": "10wd",
        "step_share": "3",
        "most_urges": "5",
    }


@pytest.mark.parametrize(
    ("whole", "share"),
    [("20wd", "6wd"), ("3wd", "1wd"), ("1wd", "1wd"), ("60cd", "20cd"), ("2mo", "1mo"), ("48h", "16h")],
)
def test_a_step_has_one_part_in_three_and_at_least_a_whole_unit(whole: str, share: str) -> None:
    assert DUTIES.step(limit(whole)) == limit(share)


def test_another_share_gives_another_limit() -> None:
    assert Duties(step_share=2).step(limit("10wd")) == limit("5wd")
    assert Duties(step_share=1).step(limit("10wd")) == limit("10wd")


@given(limits(), st.integers(1, 100))
def test_the_share_is_in_the_same_unit_and_never_longer_than_the_whole(whole: Limit, share: int) -> None:
    step = Duties(step_share=share).step(whole)
    assert (step.unit, step.rolls) == (whole.unit, whole.rolls)
    assert step.amount <= whole.amount
    assert step.amount >= 1 or step.unit is Unit.IMMEDIATE


SEVEN = limit("7wd")


@pytest.mark.parametrize(
    ("duty", "command", "actor", "key"),
    [
        ("hand_over", c.HandOver(REVIEWER), WINDOW, "hand-over"),
        ("hand_over", c.Forward("station", "li", WORDS), WINDOW, "hand-over"),
        ("hand_over", c.Reassign(UNIT, REVIEWER.id, WORDS), SUPERVISOR, "hand-over"),
        ("urge", c.Urge(), APPLICANT, "urge"),
        ("supervision", c.Supervise(WORDS), LEADER, "supervision"),
        ("card", c.Card("red", "accept", reason=WORDS), SUPERVISOR, "card"),
    ],
    ids=lambda one: one if isinstance(one, str) else type(one).__name__,
)
def test_the_city_s_own_limit_is_what_is_promised(duty: str, command: Any, actor: Actor, key: str) -> None:
    life = submitted()
    duties = replace(DUTIES, **{duty: SEVEN})
    made = handle(command, life.state, Context(actor, MONDAY, life.item, life.calendar, duties))
    assert not isinstance(made, Refusal)
    promised = made[0].payload["promise"]
    assert isinstance(promised, dict)
    assert (promised["key"], promised["promised"]) == (key, SEVEN.as_json())


def test_the_city_says_how_often_one_may_urge() -> None:
    life = submitted()
    context = Context(APPLICANT, MONDAY, life.item, life.calendar, Duties(most_urges=0))
    refused = handle(c.Urge(), life.state, context)
    assert isinstance(refused, Refusal)
    assert code(refused) == "urged-enough"
