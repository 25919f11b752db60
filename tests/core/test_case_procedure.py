"""While a case is worked on: taking, steps, special procedures, extensions, urging, messages."""

from __future__ import annotations

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
from support.items import INSPECTION, REVIEW, route

from yinuo.core.case import SYSTEM, Actor, Stage
from yinuo.core.case import commands as c
from yinuo.core.clock import Stopped, Unit
from yinuo.core.promise import Colour, colour

HEARING = c.Suspend("hearing", "利害关系人要求听证")
ASK_LONGER = c.AskExtension("案情复杂")
TWO_STEPS: dict[str, Any] = {"route": route(steps=(INSPECTION, REVIEW))}
OUTSIDERS = [APPLICANT, STRANGER, SYSTEM, holder("reviewer", unit="elsewhere"), LEADER]


def test_whoever_takes_a_case_has_it() -> None:
    life = submitted()
    second = holder("window", "second-window")
    assert code(life.do(c.Take(), WINDOW)) == "already-yours"
    assert code(life.do(c.Take(), holder("window", unit="elsewhere"))) == "not-your-unit"
    assert code(life.do(c.Take(), APPLICANT)) == "not-your-unit"
    life.done(c.Take(), second)
    assert life.state.owner.person == second.id
    assert [link.person for link in life.state.chain] == [WINDOW.id, second.id]


def test_a_case_is_handed_over_by_its_owner_or_a_leader_to_somebody_of_the_unit() -> None:
    life = submitted()
    assert code(life.do(c.HandOver(REVIEWER), REVIEWER)) == "without-the-post"
    assert code(life.do(c.HandOver(holder("window", unit="elsewhere")), WINDOW)) == "not-in-this-unit"
    life.done(c.HandOver(REVIEWER, "休假"), WINDOW)
    assert life.state.owner.person == REVIEWER.id
    life.done(c.HandOver(INSPECTOR), LEADER)
    assert life.state.owner.person == INSPECTOR.id


def test_a_closed_case_is_neither_taken_nor_handed_over() -> None:
    life = closed()
    assert code(life.do(c.Take(), REVIEWER)) == "wrong-stage"
    assert code(life.do(c.HandOver(REVIEWER), LEADER)) == "wrong-stage"


def test_the_steps_of_a_route_are_passed_in_their_order_each_by_its_post() -> None:
    life = accepted(**TWO_STEPS)
    assert code(life.do(c.PassStep(WORDS), REVIEWER)) == "without-the-post"
    assert code(life.do(c.PassStep(" "), INSPECTOR)) == "opinion-needed"
    life.done(c.PassStep(WORDS), INSPECTOR)
    assert code(life.do(c.PassStep(WORDS), INSPECTOR)) == "without-the-post"
    life.done(c.PassStep(WORDS), REVIEWER)
    assert [event.payload["step"] for event in life.events[-2:]] == ["inspection", "review"]
    assert life.state.examined_by == {INSPECTOR.id, REVIEWER.id}
    assert code(life.do(c.PassStep(WORDS), APPROVER)) == "no-step-left"


@pytest.mark.parametrize("actor", OUTSIDERS, ids=lambda actor: f"{actor.id}-{len(actor.posts)}")
@pytest.mark.parametrize(
    "command", [c.PassStep(WORDS), HEARING, ASK_LONGER], ids=lambda command: type(command).__name__
)
def test_only_the_post_of_the_step_works_on_a_case(actor: Actor, command: Any) -> None:
    assert code(accepted().do(command, actor)) == "without-the-post"


@pytest.mark.parametrize(
    "command", [c.PassStep(WORDS), c.Return(WORDS), HEARING], ids=lambda command: type(command).__name__
)
def test_nothing_is_worked_on_before_acceptance_or_after_the_decision(command: Any) -> None:
    assert code(submitted().do(command, REVIEWER)) == "wrong-stage"
    assert code(decided().do(command, REVIEWER)) == "wrong-stage"


def test_a_case_goes_back_one_step_with_an_opinion() -> None:
    life = accepted(**TWO_STEPS)
    assert code(life.do(c.Return(WORDS), INSPECTOR)) == "no-step-before"
    life.done(c.PassStep(WORDS), INSPECTOR)
    assert code(life.do(c.Return(WORDS), INSPECTOR)) == "without-the-post"
    assert code(life.do(c.Return(" "), REVIEWER)) == "opinion-needed"
    life.done(c.Return("照片不清楚"), REVIEWER)
    assert life.state.step == 0
    life.done(c.PassStep(WORDS), INSPECTOR).done(c.PassStep(WORDS), REVIEWER)
    life.done(c.Return("再核"), APPROVER)
    assert life.state.step == 1
    assert life.state.examined_by == {INSPECTOR.id, REVIEWER.id}


def test_a_special_procedure_stops_the_clock_on_the_ground_that_the_item_names() -> None:
    """行政许可法第四十五条."""
    life = accepted().wait(days=2).done(HEARING, REVIEWER)
    assert (life.state.stage, life.state.procedure) == (Stage.SUSPENDED, "hearing")
    assert life.promise("decide").due(life.calendar) == Stopped(date(2026, 3, 4), 8, Unit.WORKING_DAY)
    assert life.promise("decide").pauses[0].ground == "administrative-licensing-law 第四十五条"
    assert life.events[-1].payload["longest"] == "20wd"
    assert colour(life.promise("decide"), life.at, life.calendar) is Colour.GREY
    life.wait(days=5)
    assert code(life.do(c.Resume(" "), REVIEWER)) == "outcome-needed"
    assert code(life.do(c.Resume(WORDS), LEADER)) == "without-the-post"
    life.done(c.Resume("听证结束"), REVIEWER)
    assert (life.state.stage, life.state.procedure) == (Stage.ACCEPTED, None)
    assert life.promise("decide").due(life.calendar) == date(2026, 3, 19)
    assert life.promise("decide").statutory_due(life.calendar) == date(2026, 4, 2)


def test_a_clock_is_not_stopped_without_a_ground_or_a_reason() -> None:
    life = accepted()
    refused = life.do(c.Suspend("coffee", WORDS), REVIEWER)
    assert refused is not None
    assert (refused.code, refused.facts) == ("no-ground", {"procedure": "coffee"})
    assert code(life.do(c.Suspend("hearing", " "), REVIEWER)) == "reasons-needed"
    assert code(accepted(special_procedures=()).do(HEARING, REVIEWER)) == "no-ground"


def test_a_stopped_case_is_neither_passed_nor_decided_nor_stopped_again() -> None:
    life = accepted().done(HEARING, REVIEWER)
    for command, actor in (
        (c.PassStep(WORDS), REVIEWER),
        (c.Decide(True, WORDS), APPROVER),
        (HEARING, REVIEWER),
    ):
        assert code(life.do(command, actor)) == "wrong-stage"
    assert code(accepted().do(c.Resume(WORDS), REVIEWER)) == "wrong-stage"


def test_where_only_the_decision_is_left_its_post_may_stop_the_clock() -> None:
    life = examined()
    assert code(life.do(HEARING, REVIEWER)) == "without-the-post"
    assert life.do(HEARING, APPROVER) is None


def test_an_extension_is_asked_for_by_whoever_works_on_it_and_granted_by_the_leader() -> None:
    life = accepted().wait(days=10)
    assert code(life.do(c.AskExtension(" "), REVIEWER)) == "reasons-needed"
    assert code(life.do(c.AnswerExtension(True), LEADER)) == "not-asked"
    life.done(ASK_LONGER, REVIEWER)
    assert code(life.do(ASK_LONGER, REVIEWER)) == "already-asked"
    assert code(life.do(c.AnswerExtension(True), REVIEWER)) == "without-the-post"
    life.wait(days=1).done(c.AnswerExtension(True), LEADER)
    decide = life.promise("decide")
    assert decide.due(life.calendar) == date(2026, 3, 30)
    assert decide.statutory_due(life.calendar) == life.calendar.nth_working_day(date(2026, 3, 2), 30)
    assert (decide.extensions[0].reason, decide.extensions[0].on) == ("案情复杂", date(2026, 3, 13))
    assert life.state.extension is None


def test_an_extension_is_granted_once_only() -> None:
    life = accepted().done(ASK_LONGER, REVIEWER).done(c.AnswerExtension(True), LEADER)
    assert code(life.do(ASK_LONGER, REVIEWER)) == "extended-already"


def test_an_extension_that_was_declined_tells_why_and_changes_no_date() -> None:
    life = accepted()
    before = life.promise("decide").due(life.calendar)
    life.done(ASK_LONGER, REVIEWER)
    assert code(life.do(c.AnswerExtension(False, " "), LEADER)) == "reasons-needed"
    life.done(c.AnswerExtension(False, "并不复杂"), LEADER)
    assert life.promise("decide").due(life.calendar) == before
    assert life.do(ASK_LONGER, REVIEWER) is None


def test_after_the_due_date_nothing_is_extended_any_more() -> None:
    life = accepted().wait(days=14)  # the last day
    life.done(ASK_LONGER, REVIEWER).wait(days=1)
    assert code(life.do(c.AnswerExtension(True), LEADER)) == "too-late-to-extend"
    late = accepted().wait(days=15)
    assert code(late.do(ASK_LONGER, REVIEWER)) == "too-late-to-extend"


def test_where_the_law_knows_no_extension_there_is_none() -> None:
    assert code(accepted(extension=None).do(ASK_LONGER, REVIEWER)) == "no-extension"


def test_while_the_clock_stands_still_it_can_be_extended() -> None:
    life = accepted().done(HEARING, REVIEWER).wait(days=30).done(ASK_LONGER, REVIEWER)
    assert life.do(c.AnswerExtension(True), LEADER) is None
    assert life.promise("decide").due(life.calendar) == Stopped(date(2026, 3, 2), 20, Unit.WORKING_DAY)


def test_the_applicant_urges_once_a_day_and_the_last_reminder_stays_on_record() -> None:
    life = accepted().done(c.Urge("请快一点"), APPLICANT)
    assert life.state.urged == life.at
    assert code(life.do(c.Urge(), APPLICANT)) == "urged-today"
    assert code(life.do(c.Urge(), STRANGER)) == "not-your-case"
    assert code(life.do(c.Urge(), WINDOW)) == "not-your-case"
    assert life.wait(days=1).do(c.Urge(), APPLICANT) is None
    assert code(closed().do(c.Urge(), APPLICANT)) == "wrong-stage"


def test_the_applicant_and_the_unit_write_to_each_other() -> None:
    life = accepted()
    for actor in (APPLICANT, WINDOW, APPROVER):
        life.done(c.Say("什么时候能好？"), actor)
    assert code(life.do(c.Say(" "), APPLICANT)) == "words-needed"
    assert code(life.do(c.Say(WORDS), STRANGER)) == "not-your-unit"
    assert code(life.do(c.Say(WORDS), holder("window", unit="elsewhere"))) == "not-your-unit"
    assert life.kinds[-3:] == ["message"] * 3
    assert life.state.stage is Stage.ACCEPTED
    assert code(closed().do(c.Say(WORDS), APPLICANT)) == "wrong-stage"


def test_the_chain_of_responsibility_names_everybody_who_had_the_case() -> None:
    life: Life = decided(**TWO_STEPS)
    assert [(link.person, link.duty) for link in life.state.chain] == [
        (WINDOW.id, "submitted"),
        (WINDOW.id, "accepted"),
        (INSPECTOR.id, "inspection"),
        (REVIEWER.id, "review"),
        (APPROVER.id, "decided"),
    ]
    assert {link.unit for link in life.state.chain} == {UNIT}
