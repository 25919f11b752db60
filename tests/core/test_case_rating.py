"""Ratings and what follows from a bad one: remedy, appeal, calls to a sample of closed cases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.cases import (
    APPLICANT,
    APPROVER,
    LEADER,
    REVIEWER,
    STRANGER,
    SUPERVISOR,
    UNIT,
    WINDOW,
    WORDS,
    Life,
    accepted,
    closed,
    code,
    decided,
    delivered,
    holder,
    submitted,
)

from yinuo.core.case import SYSTEM, Actor, Stage
from yinuo.core.case import commands as c

BAD = c.Rate(5, "等了三次", ("slow", "visits"), channel="link")
BUREAU = "bureau"
APPEAL = c.AppealRating(0, BUREAU, "评价的不是这件事")
CALLER = holder("reviewer", "somebody-else")
DRAW = c.Draw("2026-03", "seed", BUREAU)
BUREAU_CALLER = holder("supervisor", "bureau-caller", BUREAU)
NO_LEADER = [APPLICANT, STRANGER, SYSTEM, WINDOW, SUPERVISOR, holder("leader", unit="elsewhere")]


def rated_badly(**changes: Any) -> Life:
    """A closed case with the lowest rating, given on Monday 2 March."""
    return closed(**changes).done(BAD, APPLICANT)


def verified(*, complicated: bool = False) -> Life:
    return rated_badly().done(c.VerifyRating(0, "情况属实", complicated), LEADER)


def put_right() -> Life:
    return verified().done(c.AnswerRating(0, "对不起"), LEADER).done(c.PutRight(0, "增开窗口"), LEADER)


def owing(life: Life) -> dict[str, Any]:
    """The open promises: key -> last day."""
    return {promise.key: promise.due(life.calendar) for promise in life.state.open_promises}


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_rating_that_is_not_bad_asks_for_nothing(level: int) -> None:
    life = closed().done(c.Rate(level), APPLICANT)
    assert (owing(life), life.events[-1].payload["promises"]) == ({}, [])


@pytest.mark.parametrize("level", [4, 5])
def test_a_bad_rating_is_looked_into_within_a_day_and_answered_within_five(level: int) -> None:
    life = closed().done(c.Rate(level), APPLICANT)
    assert owing(life) == {"verify": date(2026, 3, 3), "answer": date(2026, 3, 9)}
    assert {(p.owner, p.post, p.about) for p in life.state.open_promises} == {(UNIT, "leader", "0")}


def test_a_rating_keeps_its_reasons_words_and_channel() -> None:
    rating = rated_badly().state.rating
    assert rating is not None
    assert {key: rating[key] for key in ("level", "reasons", "words", "visit", "channel")} == {
        "level": 5, "reasons": ["slow", "visits"], "words": "等了三次", "visit": 0, "channel": "link",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rating", "refusal"),
    [
        (c.Rate(0), "unknown-level"),
        (c.Rate(6), "unknown-level"),
        (c.Rate(1, channel="pigeon"), "unknown-level"),
        (c.Rate(1, "  "), "words-needed"),
        (c.Rate(1, "x" * 5001), "too-long"),
        (c.Rate(1, visit=2), "no-such-visit"),
        (c.Rate(1, visit=-1), "no-such-visit"),
    ],
)
def test_what_is_no_rating_is_told_why(rating: c.Rate, refusal: str) -> None:
    life = closed()
    assert code(life.do(rating, APPLICANT)) == refusal
    assert life.state.ratings == {}


def test_the_case_and_each_visit_are_rated_once_each() -> None:
    life = accepted(visits=2)
    assert code(life.do(c.Rate(3), APPLICANT)) == "wrong-stage"  # of the whole nothing is known yet
    assert code(submitted().do(c.Rate(3, visit=1), APPLICANT)) == "wrong-stage"
    life.done(c.Rate(2, visit=1), APPLICANT).done(c.Rate(4, visit=2), APPLICANT)
    assert code(life.do(c.Rate(1, visit=2), APPLICANT)) == "rated-already"
    assert (life.state.stage, life.state.rating, life.state.rated) == (Stage.ACCEPTED, None, None)
    assert [(p.key, p.about) for p in life.state.open_promises[-2:]] == [("verify", "2"), ("answer", "2")]


def test_rating_a_visit_closes_nothing_and_rating_the_whole_closes_a_delivered_case() -> None:
    life = delivered().done(c.Rate(1, visit=1), APPLICANT)
    assert life.state.stage is Stage.DELIVERED
    life.done(c.Rate(1), APPLICANT)
    assert (life.state.stage, life.state.rated, life.state.ended) == (Stage.CLOSED, life.at, life.at)


@pytest.mark.parametrize(("complicated", "last"), [(False, date(2026, 3, 9)), (True, date(2026, 3, 23))])
def test_what_was_found_is_put_right_in_five_working_days_or_fifteen(complicated: bool, last: date) -> None:
    life = verified(complicated=complicated)
    assert owing(life) == {"answer": date(2026, 3, 9), "put-right": last}


def test_the_remedy_goes_from_the_finding_to_the_call_and_then_owes_nothing() -> None:
    life = rated_badly().wait(days=1).done(c.VerifyRating(0, "情况属实"), LEADER)
    life.done(c.AnswerRating(0, "对不起"), LEADER).wait(days=2).done(c.PutRight(0, "增开窗口"), LEADER)
    assert owing(life) == {"call-back": date(2026, 3, 10)}
    life.done(c.CallBack(0, True, True, "满意"), CALLER)
    assert owing(life) == {}
    assert not any(promise.void for promise in life.state.promises)


@pytest.mark.parametrize("actor", NO_LEADER, ids=lambda actor: f"{actor.id}-{len(actor.posts)}")
@pytest.mark.parametrize(
    "command",
    [c.VerifyRating(0, WORDS), c.AnswerRating(0, WORDS), c.PutRight(0, WORDS), APPEAL],
    ids=lambda one: type(one).__name__,
)
def test_only_the_leader_of_the_unit_answers_for_a_bad_rating(actor: Actor, command: Any) -> None:
    assert code(verified().do(command, actor)) == "without-the-post"


def test_no_link_of_the_remedy_comes_before_its_turn_or_twice_or_without_words() -> None:
    life = rated_badly()
    assert code(life.do(c.VerifyRating(0, " "), LEADER)) == "words-needed"
    assert code(life.do(c.AnswerRating(0, " "), LEADER)) == "words-needed"
    assert code(life.do(c.PutRight(0, WORDS), LEADER)) == "nothing-to-answer"
    assert code(life.do(c.CallBack(0, True, True, WORDS), CALLER)) == "nothing-to-answer"
    assert code(life.do(c.VerifyRating(1, WORDS), LEADER)) == "nothing-to-answer"
    assert code(put_right().do(c.VerifyRating(0, WORDS), LEADER)) == "nothing-to-answer"
    assert code(put_right().do(c.AnswerRating(0, WORDS), LEADER)) == "nothing-to-answer"
    good = closed().done(c.Rate(1), APPLICANT)
    assert code(good.do(c.VerifyRating(0, WORDS), LEADER)) == "nothing-to-answer"


def test_the_call_back_is_made_by_somebody_of_the_unit_who_never_had_the_case() -> None:
    call = c.CallBack(0, True, False, "还是不满意")
    for actor in (WINDOW, REVIEWER, APPROVER):
        assert code(put_right().do(call, actor)) == "handled-it-yourself"
    for actor in (APPLICANT, SYSTEM, holder("reviewer", "far", "elsewhere")):
        assert code(put_right().do(call, actor)) == "not-your-unit"
    assert code(put_right().do(c.CallBack(0, True, True, " "), CALLER)) == "words-needed"
    assert put_right().do(call, CALLER) is None


@pytest.mark.parametrize(
    ("reached", "satisfied", "counts"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_satisfied_is_only_who_was_reached(reached: bool, satisfied: bool, counts: bool) -> None:
    life = put_right().done(c.CallBack(0, reached, satisfied, WORDS), CALLER)
    assert (life.events[-1].payload["reached"], life.events[-1].payload["satisfied"]) == (reached, counts)


def test_the_remedy_of_each_visit_goes_its_own_way() -> None:
    life = rated_badly(visits=2).done(c.Rate(4, visit=2), APPLICANT).done(c.VerifyRating(2, WORDS), LEADER)
    owed = {(p.key, p.about) for p in life.state.open_promises}
    assert owed == {("verify", "0"), ("answer", "0"), ("answer", "2"), ("put-right", "2")}


def test_whoever_withdraws_after_a_bad_visit_is_answered_all_the_same() -> None:
    life = accepted().done(c.Rate(5, visit=1), APPLICANT).done(c.Withdraw(), APPLICANT)
    assert sorted(owing(life)) == ["answer", "verify"]
    assert life.do(c.AnswerRating(1, WORDS), LEADER) is None


def test_an_appeal_goes_once_to_another_unit_which_decides_within_five_days() -> None:
    life = rated_badly()
    assert code(life.do(c.AppealRating(0, BUREAU, " "), LEADER)) == "reasons-needed"
    assert code(life.do(c.AppealRating(0, UNIT, WORDS), LEADER)) == "same-unit"
    assert code(life.do(c.AppealRating(1, BUREAU, WORDS), LEADER)) == "no-bad-rating"
    assert code(closed().done(c.Rate(3), APPLICANT).do(APPEAL, LEADER)) == "no-bad-rating"
    life.done(APPEAL, LEADER)
    appeal = life.promise("appeal", "0")
    assert (appeal.owner, appeal.post, appeal.due(life.calendar)) == (BUREAU, "supervisor", date(2026, 3, 9))
    assert code(life.do(APPEAL, LEADER)) == "already-asked"
    assert sorted(owing(life)) == ["answer", "appeal", "verify"]  # nothing waits for the appeal


def test_an_appeal_is_not_decided_by_the_unit_that_was_rated() -> None:
    decide = c.DecideAppeal(0, True, "与本件无关")
    for actor in (APPLICANT, SYSTEM, LEADER, WINDOW):
        assert code(rated_badly().done(APPEAL, LEADER).do(decide, actor)) == "without-the-post"
    clerk = Actor("clerk", "staff", frozenset({("supervisor", UNIT), ("window", UNIT)}))
    handled = Actor(REVIEWER.id, "staff", frozenset({("supervisor", UNIT)}))
    for actor in (clerk, handled):
        assert code(rated_badly().done(APPEAL, LEADER).do(decide, actor)) == "handled-it-yourself"
    both = Actor("both", "staff", frozenset({("supervisor", UNIT), ("leader", UNIT)}))
    assert code(rated_badly().done(APPEAL, both).do(decide, both)) == "handled-it-yourself"
    assert code(rated_badly().do(decide, SUPERVISOR)) == "nothing-to-answer"
    assert (
        code(rated_badly().done(APPEAL, LEADER).do(c.DecideAppeal(0, True, " "), SUPERVISOR))
        == "reasons-needed"
    )


def test_an_appeal_that_is_upheld_calls_the_remedy_off_and_leaves_the_rating_where_all_can_see_it() -> None:
    life = verified().done(APPEAL, LEADER).done(c.DecideAppeal(0, True, "与本件无关"), SUPERVISOR)
    assert owing(life) == {}
    ends = {p.key: p.void for p in life.state.promises if p.about == "0"}
    assert ends == {"verify": False, "answer": True, "put-right": True, "appeal": False}
    assert life.state.rating is not None
    assert (life.state.rating["level"], life.state.appeals[0]["upheld"]) == (5, True)
    assert code(life.do(APPEAL, LEADER)) == "already-asked"
    assert code(life.do(BAD, APPLICANT)) == "rated-already"


def test_an_appeal_that_is_rejected_changes_nothing() -> None:
    life = verified().done(APPEAL, LEADER)
    before = {key: due for key, due in owing(life).items() if key != "appeal"}
    life.done(c.DecideAppeal(0, False, "评价属实"), SUPERVISOR)
    assert (owing(life), life.state.appeals[0]["upheld"]) == (before, False)


def test_an_appeal_against_one_visit_leaves_the_remedy_of_another() -> None:
    life = rated_badly(visits=1).done(c.Rate(4, visit=1), APPLICANT).done(APPEAL, LEADER)
    life.done(c.DecideAppeal(0, True, WORDS), SUPERVISOR)
    assert {(p.key, p.about) for p in life.state.open_promises} == {("verify", "1"), ("answer", "1")}


def test_an_ended_case_is_drawn_once_by_the_lot_and_called_within_ten_days() -> None:
    life = closed()
    assert code(life.do(DRAW, SUPERVISOR)) == "only-the-clock"
    assert code(delivered().do(DRAW, SYSTEM)) == "wrong-stage"
    life.done(DRAW, SYSTEM)
    promise = life.promise("follow-up", "2026-03")
    assert (promise.owner, promise.due(life.calendar)) == (BUREAU, date(2026, 3, 16))
    assert code(life.do(DRAW, SYSTEM)) == "drawn-already"
    life.done(c.FollowUp(True, "都好", 2), BUREAU_CALLER)
    assert code(life.do(DRAW, SYSTEM)) == "drawn-already"
    assert life.events[-1].payload == {"reached": True, "level": 2, "words": "都好"}
    assert (life.state.rating, owing(life)) == (None, {})  # what was said on the phone is no rating


def test_whoever_calls_belongs_to_the_unit_that_has_to_call_and_never_had_the_case() -> None:
    life = closed().done(DRAW, SYSTEM)
    for actor in (APPLICANT, SYSTEM, CALLER):
        assert code(life.do(c.FollowUp(True, WORDS), actor)) == "not-your-unit"
    handled = Actor(WINDOW.id, "staff", frozenset({("window", BUREAU)}))
    assert code(life.do(c.FollowUp(True, WORDS), handled)) == "handled-it-yourself"
    for wrong in (c.FollowUp(True, WORDS, 6), c.FollowUp(True, WORDS, 0), c.FollowUp(False, WORDS, 3)):
        assert code(life.do(wrong, BUREAU_CALLER)) == "unknown-level"
    assert code(life.do(c.FollowUp(False, " "), BUREAU_CALLER)) == "words-needed"
    life.done(c.FollowUp(False, "三次都没人接"), BUREAU_CALLER)
    assert code(life.do(c.FollowUp(True, WORDS), BUREAU_CALLER)) == "nothing-to-answer"


def test_after_the_end_all_of_this_changes_neither_the_stage_nor_what_was_decided() -> None:
    life = (
        decided()
        .done(c.Issue({"name": "许可证"}), WINDOW)
        .done(c.Deliver("online"), WINDOW)
        .done(BAD, APPLICANT)
    )
    before = life.state
    life.done(c.VerifyRating(0, WORDS), LEADER).done(c.AnswerRating(0, WORDS), LEADER)
    life.done(c.PutRight(0, WORDS), LEADER).done(c.CallBack(0, True, True, WORDS), CALLER).done(DRAW, SYSTEM)
    life.done(c.FollowUp(True, WORDS), BUREAU_CALLER)
    kept = ("stage", "ended", "decision", "document", "chain", "answers", "unit")
    assert [getattr(life.state, name) for name in kept] == [getattr(before, name) for name in kept]
