"""From the decision on: deciding, issuing, delivering, closing, rating, revoking, correcting."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.cases import (
    APPLICANT,
    APPROVER,
    REVIEWER,
    STRANGER,
    SUPERVISOR,
    UNIT,
    WINDOW,
    WORDS,
    accepted,
    closed,
    code,
    decided,
    delivered,
    examined,
    holder,
    issued,
    submitted,
)
from support.items import route

from yinuo.core.case import SYSTEM, Actor, Stage, apply, fold
from yinuo.core.case import commands as c
from yinuo.core.case.events import Event

GRANT, DENY = c.Decide(True, WORDS), c.Decide(False, "不符合第二项条件")
PAPER = c.Issue({"name": "许可证", "sha256": "0" * 64})
ANSWERED: dict[str, Any] = {"route": route(issues=False)}


def test_a_grant_ends_the_clock_for_the_decision_and_begins_the_one_for_delivery() -> None:
    life = examined().wait(days=1).done(GRANT, APPROVER)
    assert (life.state.stage, life.state.granted) == (Stage.GRANTED, True)
    assert life.promise("decide").ended == life.at
    assert life.promise("deliver").due(life.calendar) == date(2026, 3, 6)


def test_a_denial_tells_its_reasons_and_the_ways_to_appeal() -> None:
    """行政许可法第三十八条第二款."""
    life = examined()
    assert code(life.do(c.Decide(False, " "), APPROVER)) == "reasons-needed"
    life.done(DENY, APPROVER)
    assert (life.state.stage, life.state.granted) == (Stage.DENIED, False)
    assert life.state.decision is not None
    assert life.state.decision["reasons"] == "不符合第二项条件"
    assert life.state.decision["remedies"] == [{"zh": r.zh, "en": r.en} for r in life.item.route.remedies]


def test_a_route_that_knows_no_denial_has_none() -> None:
    life = examined(route=route(deniable=False))
    assert code(life.do(DENY, APPROVER)) == "not-deniable"
    assert life.do(GRANT, APPROVER) is None


@pytest.mark.parametrize(
    "actor",
    [APPLICANT, SYSTEM, WINDOW, REVIEWER, holder("approver", unit="elsewhere")],
    ids=lambda actor: f"{actor.id}-{len(actor.posts)}",
)
def test_only_the_post_that_decides_decides(actor: Actor) -> None:
    assert code(examined().do(GRANT, actor)) == "without-the-post"


def test_nothing_is_decided_before_acceptance_or_before_every_step_is_passed_or_twice() -> None:
    assert code(submitted().do(GRANT, APPROVER)) == "wrong-stage"
    refused = accepted().do(GRANT, APPROVER)
    assert refused is not None
    assert (refused.code, refused.facts) == ("step-open", {"step": "review"})
    assert code(decided().do(GRANT, APPROVER)) == "wrong-stage"


def test_whoever_examined_does_not_decide_where_four_eyes_are_asked_for() -> None:
    both = Actor("wang", "staff", frozenset({("reviewer", UNIT), ("approver", UNIT)}))
    life = accepted().done(c.PassStep(WORDS), both)
    assert code(life.do(GRANT, both)) == "four-eyes"
    assert code(life.do(DENY, both)) == "four-eyes"
    life.done(c.Return(WORDS), APPROVER).done(c.PassStep(WORDS), REVIEWER)
    assert code(life.do(GRANT, both)) == "four-eyes"  # having looked once is enough
    assert life.do(GRANT, APPROVER) is None
    two_eyes = accepted(route=route(four_eyes=False)).done(c.PassStep(WORDS), both)
    assert two_eyes.do(GRANT, both) is None


def test_without_steps_whoever_accepted_does_not_decide() -> None:
    both = Actor("wang", "staff", frozenset({("window", UNIT), ("approver", UNIT)}))
    life = submitted(route=route(steps=())).done(c.Accept(), both)
    assert code(life.do(GRANT, both)) == "four-eyes"
    assert life.do(GRANT, APPROVER) is None


@pytest.mark.parametrize("granted", [True, False])
def test_where_no_paper_is_issued_the_answer_itself_ends_the_case(granted: bool) -> None:
    life = decided(granted=granted, **ANSWERED)
    assert (life.state.stage, life.state.granted) == (Stage.CLOSED, granted)
    assert life.kinds[-2:] == ["decided", "closed"]
    assert life.state.promise("deliver") is None
    assert life.state.open_promises == ()


@pytest.mark.parametrize("granted", [True, False])
def test_the_paper_of_a_decision_is_issued_by_the_window_and_delivered(granted: bool) -> None:
    life = decided(granted=granted)
    for actor in (APPLICANT, APPROVER, holder("window", unit="elsewhere")):
        assert code(life.do(PAPER, actor)) == "without-the-post"
    life.done(PAPER, WINDOW)
    assert life.state.stage is Stage.ISSUED
    assert life.state.document == PAPER.document
    life.done(c.Deliver("online"), WINDOW)
    assert life.state.stage is Stage.DELIVERED
    assert life.promise("deliver").ended == life.at


def test_a_delivery_says_how_and_a_courier_has_a_number() -> None:
    life = issued()
    assert code(life.do(c.Deliver("pigeon"), WINDOW)) == "unknown-method"
    assert code(life.do(c.Deliver("courier", " "), WINDOW)) == "courier-number-needed"
    assert code(life.do(c.Deliver("pickup"), APPLICANT)) == "without-the-post"
    life.done(c.Deliver("courier", " SF1234567890 "), WINDOW)
    assert life.events[-1].payload == {"method": "courier", "reference": "SF1234567890"}


def test_nothing_is_issued_or_delivered_out_of_turn() -> None:
    assert code(accepted().do(PAPER, WINDOW)) == "wrong-stage"
    assert code(issued().do(PAPER, WINDOW)) == "wrong-stage"
    assert code(decided().do(c.Deliver("pickup"), WINDOW)) == "wrong-stage"
    assert code(issued().do(c.Close(), SYSTEM)) == "wrong-stage"


def test_a_delivered_case_is_closed_by_the_clock_the_window_or_the_applicant() -> None:
    for actor in (SYSTEM, WINDOW, APPLICANT):
        life = delivered().done(c.Close(), actor)
        assert (life.state.stage, life.state.ended) == (Stage.CLOSED, life.at)
    assert code(delivered().do(c.Close(), STRANGER)) == "not-your-case"
    assert code(delivered().do(c.Close(), REVIEWER)) == "without-the-post"


def test_the_applicant_rates_once_and_a_rating_on_delivery_closes_the_case() -> None:
    life = delivered()
    for level in (0, 6, -1):
        assert code(life.do(c.Rate(level), APPLICANT)) == "unknown-level"
    assert code(life.do(c.Rate(1), STRANGER)) == "not-your-case"
    assert code(life.do(c.Rate(1), WINDOW)) == "not-your-case"
    life.done(c.Rate(2, "很快"), APPLICANT)
    assert life.state.stage is Stage.CLOSED
    assert life.state.rating is not None
    assert (life.state.rating["level"], life.state.rating["words"]) == (2, "很快")
    assert code(life.do(c.Rate(5), APPLICANT)) == "rated-already"


def test_a_rating_is_possible_from_the_decision_on_and_after_every_end() -> None:
    assert code(accepted().do(c.Rate(3), APPLICANT)) == "wrong-stage"
    refused = submitted().done(c.Refuse(WORDS), WINDOW)
    withdrawn = submitted().done(c.Withdraw(), APPLICANT)
    for life in (decided(), issued(), closed(), refused, withdrawn):
        before = life.state.stage
        life.done(c.Rate(5, "不满意"), APPLICANT)
        assert life.state.stage is before


def test_a_paper_is_revoked_once_with_reasons_by_the_post_that_decides() -> None:
    life = closed()
    assert code(life.do(c.Revoke(" "), APPROVER)) == "reasons-needed"
    assert code(life.do(c.Revoke(WORDS), WINDOW)) == "without-the-post"
    life.done(c.Revoke("材料系伪造"), APPROVER)
    assert life.state.stage is Stage.CLOSED
    assert life.state.revoked is not None
    assert life.state.revoked["remedies"]
    assert code(life.do(c.Revoke(WORDS), APPROVER)) == "revoked-already"


def test_where_there_is_no_paper_none_can_be_revoked() -> None:
    assert code(decided(**ANSWERED).do(c.Revoke(WORDS), APPROVER)) == "no-document"
    assert code(decided().do(c.Revoke(WORDS), APPROVER)) == "wrong-stage"


def test_a_supervisor_puts_the_record_right_by_a_further_event() -> None:
    life = closed()
    before = life.state
    assert code(life.do(c.Correct(WORDS), APPROVER)) == "without-the-post"
    assert code(life.do(c.Correct(" "), SUPERVISOR)) == "words-needed"
    life.done(c.Correct("姓名应为王淑兰"), SUPERVISOR)
    assert life.kinds[-1] == "corrected"
    assert (life.state.answers, life.state.decision) == (before.answers, before.decision)


def test_a_case_cannot_be_folded_from_nothing_or_from_its_middle() -> None:
    with pytest.raises(ValueError, match="at least one event"):
        fold([])
    with pytest.raises(ValueError, match="begins with its submission"):
        fold(closed().events[1:])


def test_an_event_of_an_unknown_kind_is_a_mistake() -> None:
    life = closed()
    with pytest.raises(KeyError):
        apply(life.state, Event(99, "evaporated", life.at, "system", "system", {}))
