"""What the applicant is told of: every kind of event has a template, or a reason why not."""

from __future__ import annotations

from typing import Any

import pytest
from support.calendars import announced
from support.cases import MONDAY, accepted
from support.catalogues import whole

from yinuo.apps.notices.telling import TOLD, UNTOLD, facts_for, template_for
from yinuo.catalogue.notices import APPLICANT, TEMPLATES
from yinuo.core.case import Event
from yinuo.core.case.fold import KINDS


def test_every_kind_of_event_is_told_or_has_a_reason_why_not() -> None:
    assert set(TOLD).isdisjoint(UNTOLD)
    assert set(KINDS) - set(TOLD) - set(UNTOLD) == set()
    assert all(len(reason) > 10 for reason in UNTOLD.values())


def test_every_template_of_the_code_is_worded_in_the_catalogue() -> None:
    notices = whole().notices
    assert [key for key in TEMPLATES if not notices.has(key)] == []
    assert set(APPLICANT).isdisjoint(set(TEMPLATES) - set(APPLICANT))


def happened(kind: str, role: str = "staff", **payload: Any) -> Event:
    return Event(9, kind, MONDAY, "somebody", role, payload)


@pytest.mark.parametrize(
    ("event", "template"),
    [
        (happened("accepted", deemed=True), "deemed"),
        (happened("refused", to="市场监管局"), "transferred"),
        (happened("refused", to=None), "refused"),
        (happened("resumed", "system", overrun=True), "overrun"),
        (happened("resumed", outcome="x"), "resumed"),
        (happened("decided", "system", granted=True, deemed=True), "granted-by-silence"),
        (happened("decided", granted=True), "granted"),
        (happened("decided", granted=False), "denied"),
        (happened("delivered", method="courier"), "delivered-courier"),
        (happened("message", "applicant", words="x"), None),
        (happened("message", words="x"), "message"),
        (happened("taken"), None),
    ],
    ids=lambda value: str(getattr(value, "kind", value)),
)
def test_what_an_event_says_decides_on_the_template(event: Event, template: str | None) -> None:
    life = accepted()
    assert template_for(life.state, event, life.item) == template


def test_only_a_day_that_the_applicant_knows_of_is_told_when_it_moves() -> None:
    life = accepted()
    own = {"key": "decide", "about": "", "from": "2026-03-16", "to": "2026-03-17"}
    inner = {"key": "step", "about": "review", "from": "2026-03-10", "to": "2026-03-11"}
    stopped = {"key": "decide", "about": "", "from": "2026-03-16", "to": None}
    moved = happened("redated", "system", promises=[inner, own], calendar="x")
    assert template_for(life.state, moved, life.item) == "redated"
    facts = facts_for("redated", life.state, moved, life.item, announced())
    assert str(facts["due"]) == "2026-03-17"
    for promises in ([inner], [stopped], []):
        event = happened("redated", "system", promises=promises, calendar="x")
        assert template_for(life.state, event, life.item) is None


def test_a_forwarded_case_names_where_it_goes_and_a_taken_one_who_has_it() -> None:
    life = accepted()
    going = happened("forwarded", unit="zhenlai-traffic", owner="x", reason="x")
    there = facts_for("forwarded", life.state, going, life.item, announced())
    taken = happened("taken-over", unit="zhenlai-traffic", owner="x")
    assert there["unit"] == "zhenlai-traffic"
    assert facts_for("taken-over", life.state, taken, life.item, announced())["unit"] == life.state.unit
