"""Around the clock: urging, supervision, cards, the small promises of steps, procedures and extensions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from support.cases import (
    APPLICANT,
    APPROVER,
    INSPECTOR,
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
    examined,
    holder,
    submitted,
)
from support.items import INSPECTION, REVIEW, limit, owed, route

from yinuo.core.case import SYSTEM, Actor, Stage
from yinuo.core.case import commands as c
from yinuo.core.clock import Stopped, Unit
from yinuo.core.promise import Colour, Promise, colour

HEARING = c.Suspend("hearing", "利害关系人要求听证")
ASK_LONGER = c.AskExtension("案情复杂")
TWO_STEPS: dict[str, Any] = {"route": route(steps=(INSPECTION, REVIEW))}
YELLOW, RED = (c.Card(shade, "accept", reason="受理超期") for shade in ("yellow", "red"))
BY_CLOCK = c.Card("yellow", "accept", rung="broken")


def of(life: Life, key: str) -> list[Promise]:
    return [promise for promise in life.state.promises if promise.key == key]


def test_who_urges_is_answered_within_a_day_by_anybody_of_the_unit() -> None:
    life = accepted().done(c.Urge("请快一点"), APPLICANT)
    assert life.promise("urge").due(life.calendar) == date(2026, 3, 3)
    assert (life.promise("urge").owner, life.promise("urge").statutory) == (UNIT, None)
    for actor in (APPLICANT, STRANGER, SYSTEM, holder("window", unit="elsewhere")):
        assert code(life.do(c.AnswerUrge(WORDS), actor)) == "not-your-unit"
    assert code(life.do(c.AnswerUrge(" "), REVIEWER)) == "words-needed"
    life.wait(hours=3).done(c.AnswerUrge("明天就办"), REVIEWER)
    assert (life.promise("urge").ended, life.promise("urge").void) == (life.at, False)
    assert code(life.do(c.AnswerUrge(WORDS), WINDOW)) == "nothing-to-answer"


def test_urging_again_while_nobody_answered_begins_no_second_promise() -> None:
    life = accepted().done(c.Urge(), APPLICANT).wait(days=1).done(c.Urge(), APPLICANT)
    assert (len(of(life, "urge")), life.state.urges) == (1, 2)
    life.done(c.AnswerUrge(WORDS), WINDOW).wait(days=1).done(c.Urge(), APPLICANT)
    assert len(of(life, "urge")) == 2


def test_the_applicant_urges_at_most_once_a_day_and_five_times() -> None:
    life = accepted()
    for _ in range(5):
        life.wait(days=1).done(c.Urge(), APPLICANT)
        assert code(life.do(c.Urge(), APPLICANT)) == "urged-today"
    refused = life.wait(days=1).do(c.Urge(), APPLICANT)
    assert refused is not None
    assert (refused.code, refused.facts) == ("urged-enough", {"most": 5})


def test_a_day_ends_at_midnight_for_the_one_who_urges_too() -> None:
    life = accepted().wait(hours=13, minutes=59).done(c.Urge(), APPLICANT)
    assert life.wait(minutes=1).do(c.Urge(), APPLICANT) is None


def test_a_decision_or_a_refusal_answers_whoever_urged() -> None:
    assert (
        examined().done(c.Urge(), APPLICANT).done(c.Decide(True, WORDS), APPROVER).state.owes("urge") is None
    )
    assert submitted().done(c.Urge(), APPLICANT).done(c.Refuse(WORDS), WINDOW).state.owes("urge") is None


def test_a_leader_or_a_supervisor_asks_and_the_unit_answers_within_three_days() -> None:
    for asking in (LEADER, SUPERVISOR):
        life = accepted().done(c.Supervise("为什么还没有审核"), asking)
        assert life.promise("supervision").due(life.calendar) == date(2026, 3, 5)
        assert code(life.do(c.Supervise(WORDS), asking)) == "already-asked"
        assert code(life.do(c.AnswerSupervision(" "), REVIEWER)) == "words-needed"
        assert code(life.do(c.AnswerSupervision(WORDS), APPLICANT)) == "not-your-unit"
        life.done(c.AnswerSupervision("今天审核"), REVIEWER)
        assert code(life.do(c.AnswerSupervision(WORDS), REVIEWER)) == "nothing-to-answer"
        assert life.do(c.Supervise(WORDS), asking) is None


@pytest.mark.parametrize(
    "actor", [APPLICANT, SYSTEM, WINDOW, REVIEWER, holder("leader", unit="elsewhere")],
    ids=lambda actor: f"{actor.id}-{len(actor.posts)}",
)  # fmt: skip
def test_nobody_else_supervises(actor: Actor) -> None:
    assert code(accepted().do(c.Supervise(WORDS), actor)) == "without-the-post"


def test_a_supervisor_says_what_they_want_to_know_while_the_case_goes_on() -> None:
    assert code(accepted().do(c.Supervise(" "), SUPERVISOR)) == "words-needed"
    assert code(closed().do(c.Supervise(WORDS), SUPERVISOR)) == "wrong-stage"


@pytest.mark.parametrize("ending", [c.Withdraw(), c.Lapse()], ids=lambda one: type(one).__name__)
def test_what_a_supervisor_or_a_card_asked_is_answered_even_after_the_end(ending: Any) -> None:
    life = submitted().done(c.Supervise(WORDS), LEADER).done(YELLOW, SUPERVISOR).done(c.Urge(), APPLICANT)
    if isinstance(ending, c.Lapse):
        life.done(c.AskSupplement(fields={"name": "不符"}), WINDOW).wait(days=60)
    life.done(ending, SYSTEM if isinstance(ending, c.Lapse) else APPLICANT)
    assert [promise.key for promise in life.state.open_promises] == ["supervision", "card"]
    assert (life.promise("accept").void, life.promise("urge").void) == (True, True)
    life.done(c.AnswerSupervision(WORDS), WINDOW).done(c.AnswerCard("yellow", WORDS), LEADER)
    assert life.state.open_promises == ()


def test_whoever_withdraws_leaves_nothing_standing_still_or_asked_for() -> None:
    life = accepted().done(HEARING, REVIEWER).done(ASK_LONGER, REVIEWER).done(c.Withdraw(), APPLICANT)
    assert (life.state.procedure, life.state.extension, life.state.open_promises) == (None, None, ())


def test_a_card_is_given_by_the_clock_or_by_a_supervisor_who_says_why() -> None:
    life = submitted()
    assert code(life.do(replace(YELLOW, reason=" "), SUPERVISOR)) == "reasons-needed"
    for actor in (APPLICANT, WINDOW, LEADER, holder("supervisor", unit="elsewhere")):
        assert code(life.do(YELLOW, actor)) == "without-the-post"
    assert code(life.do(replace(YELLOW, card="blue"), SUPERVISOR)) == "no-such-card"
    life.done(BY_CLOCK, SYSTEM)
    assert life.state.cards[0]["rung"] == "broken"
    assert life.promise("card", "yellow").due(life.calendar) == date(2026, 3, 5)
    assert (life.promise("card").owner, life.promise("card").post) == (UNIT, "leader")


def test_a_card_is_given_once_for_each_colour_and_promise() -> None:
    life = submitted().done(YELLOW, SUPERVISOR)
    assert code(life.do(BY_CLOCK, SYSTEM)) == "carded-already"
    life.done(RED, SUPERVISOR)
    assert code(life.do(RED, SYSTEM)) == "carded-already"
    life.done(c.Accept(), WINDOW).done(c.Card("yellow", "decide", reason=WORDS), SUPERVISOR)
    assert [card["card"] for card in life.state.cards] == ["yellow", "red", "yellow"]
    assert len(of(life, "card")) == 2  # the second yellow one is answered together with the first


def test_the_same_step_taken_once_more_is_another_promise_with_another_card() -> None:
    card = c.Card("yellow", "step", "review")
    life = accepted().done(card, SYSTEM).wait(days=1).done(c.PassStep(WORDS), REVIEWER)
    life.done(c.Return("再核"), APPROVER)
    assert life.do(card, SYSTEM) is None
    assert code(life.do(card, SYSTEM)) == "carded-already"


def test_there_is_no_card_for_what_nobody_in_the_office_owes() -> None:
    life = submitted()
    assert code(life.do(c.Card("red", "decide"), SYSTEM)) == "no-such-promise"
    assert code(life.do(c.Card("red", "accept", "something"), SYSTEM)) == "no-such-promise"
    life.done(c.AskSupplement(fields={"name": "不符"}), WINDOW)
    assert code(life.do(c.Card("red", "supplement"), SYSTEM)) == "no-such-promise"
    life.done(c.Withdraw(), APPLICANT)
    assert code(life.do(c.Card("red", "accept"), SYSTEM)) == "no-such-promise"


def test_a_card_for_what_was_late_comes_even_when_the_case_is_over() -> None:
    life = closed()
    assert life.do(c.Card("red", "deliver", rung="broken"), SYSTEM) is None
    assert (life.state.stage, life.state.owes("card", "red") is None) == (Stage.CLOSED, False)


def test_only_the_leader_answers_a_card_in_writing_and_each_colour_for_itself() -> None:
    life = submitted().done(YELLOW, SUPERVISOR).done(RED, SUPERVISOR)
    for actor in (APPLICANT, SYSTEM, WINDOW, SUPERVISOR):
        assert code(life.do(c.AnswerCard("red", WORDS), actor)) == "without-the-post"
    assert code(life.do(c.AnswerCard("red", " "), LEADER)) == "words-needed"
    life.done(c.AnswerCard("red", "已经受理"), LEADER)
    assert (life.state.owes("card", "red"), life.state.owes("card", "yellow") is None) == (None, False)
    assert code(life.do(c.AnswerCard("red", WORDS), LEADER)) == "nothing-to-answer"


def test_a_request_for_more_time_is_answered_within_two_days() -> None:
    life = accepted().done(ASK_LONGER, REVIEWER)
    promise = life.promise("extension")
    assert (promise.due(life.calendar), promise.post) == (date(2026, 3, 4), "leader")
    granted = life.wait(days=1).done(c.AnswerExtension(True), LEADER)
    assert (granted.promise("extension").ended, granted.promise("extension").void) == (life.at, False)
    declined = accepted().done(ASK_LONGER, REVIEWER).done(c.AnswerExtension(False, WORDS), LEADER)
    assert declined.state.owes("extension") is None
    overtaken = examined().done(ASK_LONGER, APPROVER).done(c.Decide(True, WORDS), APPROVER)
    assert (overtaken.promise("extension").void, overtaken.state.extension) == (True, None)


def test_a_special_procedure_has_its_longest_duration_as_a_promise() -> None:
    life = accepted().done(HEARING, REVIEWER)
    promise = life.promise("procedure", "hearing")
    assert (str(promise.promised), promise.post) == ("20wd", "reviewer")
    assert promise.ground == "administrative-licensing-law 第四十五条"
    life.wait(days=3).done(c.Resume("听证结束"), REVIEWER)
    assert (life.promise("procedure").ended, life.promise("procedure").void) == (life.at, False)
    assert colour(life.promise("procedure"), life.at, life.calendar) is Colour.GREEN


def test_a_procedure_without_a_longest_duration_is_no_promise() -> None:
    endless = tuple(replace(one, longest=None) for one in accepted().item.special_procedures)
    life = accepted(special_procedures=endless).done(HEARING, REVIEWER).wait(days=500)
    assert (life.state.promise("procedure"), life.pass_time()) == (None, [])


@pytest.mark.parametrize(
    ("decide", "share"),
    [("10wd", "3wd"), ("1wd", "1wd"), ("2wd", "1wd"), ("60cd", "20cd"), ("24h", "8h"), ("now", "now")],
)
def test_a_step_has_a_third_of_the_limit_to_decide_but_a_whole_unit(decide: str, share: str) -> None:
    limits = {"accept": owed("5wd", "5wd"), "decide": owed(decide, None), "deliver": owed("3wd", None)}
    promise = accepted(limits=limits).promise("step", "review")
    assert (str(promise.promised), promise.statutory, promise.post) == (share, None, "reviewer")


def test_a_route_may_give_a_step_a_limit_of_its_own() -> None:
    life = accepted(route=route(steps=(replace(INSPECTION, limit=limit("7wd")), REVIEW)))
    assert life.promise("step", "inspection").due(life.calendar) == date(2026, 3, 11)
    life.wait(days=2).done(c.PassStep(WORDS), INSPECTOR)
    assert life.promise("step", "inspection").ended == life.at
    assert life.promise("step", "review").due(life.calendar) == date(2026, 3, 9)  # its share: three days
    life.done(c.PassStep(WORDS), REVIEWER)
    assert life.state.owes("step") is None  # only the decision is left


def test_a_step_stands_still_and_goes_on_together_with_the_decision() -> None:
    life = accepted().wait(days=1).done(HEARING, REVIEWER)
    assert life.promise("step").due(life.calendar) == Stopped(date(2026, 3, 3), 2, Unit.WORKING_DAY)
    life.wait(days=7).done(c.Resume(WORDS), REVIEWER)
    assert life.promise("step").due(life.calendar) == date(2026, 3, 12)
    assert life.promise("step").pauses == life.promise("decide").pauses


def test_a_step_that_was_sent_back_is_owed_no_more_and_the_one_before_anew() -> None:
    life = (
        accepted(**TWO_STEPS).done(c.PassStep(WORDS), INSPECTOR).wait(days=1).done(c.Return(WORDS), REVIEWER)
    )
    assert [(p.about, p.ended is None, p.void) for p in of(life, "step")] == [
        ("inspection", False, False),
        ("review", False, True),
        ("inspection", True, False),
    ]
    assert life.promise("step").due(life.calendar) == date(2026, 3, 6)


def test_where_a_route_has_no_steps_no_step_is_owed() -> None:
    assert accepted(route=route(steps=())).state.promise("step") is None
    assert decided().state.owes("step") is None


def test_dates_that_another_calendar_moved_are_on_the_record_and_change_nothing() -> None:
    life = accepted()
    before = life.state
    moved = [{"key": "decide", "about": "", "from": "2026-03-16", "to": "2026-03-17"}]
    assert code(life.do(c.Redate(moved, "version"), SUPERVISOR)) == "only-the-clock"
    assert code(life.do(c.Redate([], "version"), SYSTEM)) == "nothing-moved"
    life.done(c.Redate(moved, "version"), SYSTEM)
    assert life.events[-1].payload == {"promises": moved, "calendar": "version"}
    assert (life.state.promises, life.state.stage) == (before.promises, before.stage)
