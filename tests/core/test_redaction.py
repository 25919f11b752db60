"""A case without anything personal still is the same case to every figure and every clock."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support import cases
from support.cases import APPLICANT, WINDOW, Life
from support.random_lives import any_item, any_move

from yinuo.core.case import ENDED, Event, fold
from yinuo.core.case import commands as c
from yinuo.core.case.fold import KINDS
from yinuo.core.case.redaction import ELSEWHERE, KEPT, redacted
from yinuo.core.clock import Extension
from yinuo.core.figures import Period, View, count
from yinuo.core.promise import Promise

NOBODY = "nobody"
MARK = "王淑兰的私事"  # stands in every answer and every free text
EVER = Period(date(2026, 1, 1), date(2027, 12, 31))
# What a case keeps of what it was told, beside its clocks; everything else must be the same.
PERSONAL = {
    "answers", "provided", "applicant", "principal", "mandate", "notice", "decision", "document", "revoked",
    "ratings", "appeals", "cards", "offered", "extension", "promises",
}  # fmt: skip


def random_life(seed: int) -> Life:
    rng = Random(seed)
    life = Life(any_item(rng))
    assert life.submit(answers={"name": MARK, "kind": "simple"}) is None
    for _ in range(60):
        life.wait(days=rng.choice((0, 0, 1, 2, 5)), minutes=1)
        life.do(*any_move(rng, life))
    return life


def marked(events: list[Event]) -> list[Event]:
    """With the mark in every free text: whatever stays of it afterwards was not taken out."""
    text = json.dumps([dict(event.payload) for event in events], ensure_ascii=False)
    payloads = json.loads(text.replace(cases.WORDS, MARK))
    return [
        Event(event.seq, event.kind, event.at, event.actor, event.role, payload)
        for event, payload in zip(events, payloads, strict=True)
    ]


def without_words(promise: Promise) -> Promise:
    extensions = tuple(Extension(one.limit, one.on, "", one.ground) for one in promise.extensions)
    return Promise(**{**_fields(promise), "extensions": extensions})


def _fields(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


@given(st.integers(0, 2**32))
def test_a_redacted_case_stands_and_counts_as_before(seed: int) -> None:
    life = random_life(seed)
    events = marked(life.events)
    before, after = fold(events), fold(redacted(events, NOBODY))
    for name in before.__dataclass_fields__.keys() - PERSONAL:
        assert getattr(after, name) == getattr(before, name), name
    assert after.promises == tuple(map(without_words, before.promises))
    assert {key: one["level"] for key, one in after.ratings.items()} == {
        key: one["level"] for key, one in before.ratings.items()
    }
    view = View(EVER, life.at, life.calendar)
    counted = [[(one.unit, one.item, one.person, one.tally.plain()) for one in count(each, view)]
               for each in (events, redacted(events, NOBODY))]  # fmt: skip
    assert counted[0] == counted[1]


@given(st.integers(0, 2**32))
def test_nothing_of_the_person_is_left(seed: int) -> None:
    events = redacted(marked(random_life(seed).events), NOBODY)
    text = json.dumps([(event.actor, event.payload) for event in events], ensure_ascii=False, default=str)
    for personal in (MARK, APPLICANT.id, cases.WORDS, "file-1"):
        assert personal not in text, personal


def test_every_kind_of_event_says_what_stays_of_it() -> None:
    assert KEPT.keys() == KINDS


def test_random_lives_are_taken_to_their_ends() -> None:
    """Otherwise the tests above would have looked at beginnings only."""
    lives = [random_life(seed) for seed in range(40)]
    assert sum(life.state.stage in ENDED for life in lives) > 10
    assert len({event.kind for life in lives for event in life.events}) > 25


def test_redacting_twice_changes_nothing() -> None:
    once = redacted(cases.closed().events, NOBODY)
    assert redacted(once, NOBODY) == once


def test_the_staff_who_did_it_stay_and_the_applicant_goes() -> None:
    events = redacted(cases.closed().events, NOBODY)
    assert events[0].actor == NOBODY
    assert events[0].payload["applicant"] == NOBODY
    assert events[0].payload["answers"] == {} == events[0].payload["provided"]
    assert WINDOW.id in {event.actor for event in events}


def test_the_organ_that_a_case_went_to_is_not_named() -> None:
    life = cases.submitted().done(c.Refuse("不属于公安机关职权", "市场监督管理局某科王某"), WINDOW)
    facts: Mapping[str, Any] = redacted(life.events, NOBODY)[-1].payload
    assert (facts["reasons"], facts["to"]) == ("", ELSEWHERE)
    assert fold(redacted(life.events, NOBODY)).stage.value == "transferred"


def test_a_principal_is_taken_out() -> None:
    life = cases.submitted()
    said = {**life.events[0].payload, "principal": "person:1234", "mandate": "5678"}
    event = Event(1, "submitted", life.at, APPLICANT.id, "applicant", said)
    state = fold(redacted([event], NOBODY))
    assert (state.principal, state.mandate, state.applicant) == ("", "", NOBODY)


def test_a_fact_that_nobody_has_thought_of_goes() -> None:
    life = cases.submitted().done(c.Say("短信"), WINDOW)
    later = Event(
        3, "taken", life.at, WINDOW.id, "staff", {"phone": "13800000001", "at": 5, "deputy_for": "x"}
    )
    facts = redacted([*life.events, later], NOBODY)[-1].payload
    assert facts == {"phone": "", "at": None, "deputy_for": "x"}
