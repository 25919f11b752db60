"""The chain over the events of a case: whatever is changed, moved or left out breaks it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.core.case.events import Event
from yinuo.core.clock import SHANGHAI
from yinuo.core.ledger import EMPTY, canonical, digest, first_break

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)
CASE = "22080020260302000001"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def events(count: int) -> list[Event]:
    return [
        Event(n, "message", NOON + timedelta(hours=n), "window", "staff", {"words": f"第 {n} 条"})
        for n in range(1, count + 1)
    ]


def chained(case: str, made: list[Event]) -> list[tuple[Event, str]]:
    before, chain = EMPTY, []
    for event in made:
        before = digest(before, case, event)
        chain.append((event, before))
    return chain


def test_an_untouched_chain_holds() -> None:
    assert first_break(CASE, chained(CASE, events(5))) is None
    assert first_break(CASE, []) is None


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "accepted"},
        {"at": NOON},
        {"actor": "somebody"},
        {"role": "applicant"},
        {"payload": {"words": "改了"}},
        {"payload": {"words": "第 3 条", "more": None}},
    ],
)
def test_a_changed_event_breaks_the_chain_where_it_was_changed(change: dict[str, Any]) -> None:
    chain = chained(CASE, events(5))
    event, stored = chain[2]
    chain[2] = (replace(event, **change), stored)
    assert first_break(CASE, chain) == 3


def test_an_event_that_was_changed_and_hashed_anew_breaks_the_chain_behind_it() -> None:
    chain = chained(CASE, events(5))
    forged = replace(chain[2][0], actor="somebody")
    chain[2] = (forged, digest(chain[1][1], CASE, forged))
    assert first_break(CASE, chain) == 4


@pytest.mark.parametrize("missing", range(4))
def test_an_event_that_was_left_out_breaks_the_chain(missing: int) -> None:
    chain = chained(CASE, events(5))
    del chain[missing]
    assert first_break(CASE, chain) == missing + 2


def test_a_chain_that_was_made_anew_without_its_beginning_is_found_by_its_numbers() -> None:
    assert first_break(CASE, chained(CASE, events(5)[1:])) == 2
    assert first_break(CASE, chained(CASE, [event for event in events(5) if event.seq != 3])) == 4


def test_events_that_changed_places_break_the_chain() -> None:
    chain = chained(CASE, events(5))
    chain[1], chain[2] = chain[2], chain[1]
    assert first_break(CASE, chain) == 3


def test_the_chain_of_one_case_is_not_that_of_another() -> None:
    assert first_break("another case", chained(CASE, events(2))) == 1


def test_an_instant_has_one_digest_whatever_its_time_zone() -> None:
    event = events(1)[0]
    assert digest(EMPTY, CASE, replace(event, at=event.at.astimezone(UTC))) == digest(EMPTY, CASE, event)


@given(JSON)
def test_a_value_has_one_canonical_text_that_reads_back_as_the_value(value: object) -> None:
    assert json.loads(canonical(value)) == value
    shuffled = dict(reversed(value.items())) if isinstance(value, dict) else value
    assert canonical(shuffled) == canonical(value)


@given(JSON, JSON)
def test_two_values_have_two_texts(one: object, other: object) -> None:
    assert (canonical(one) == canonical(other)) == (
        json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )


def test_the_canonical_text_keeps_chinese_and_has_no_spaces() -> None:
    assert canonical({"b": [1, True], "a": "一诺"}) == '{"a":"一诺","b":[1,true]}'.encode()
