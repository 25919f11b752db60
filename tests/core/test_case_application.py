"""From the application to its acceptance: each verb works, and refuses the wrong actor, stage and content."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.cases import (
    APPLICANT,
    LEADER,
    MONDAY,
    REVIEWER,
    STRANGER,
    SUPERVISOR,
    UNIT,
    WINDOW,
    WORDS,
    Life,
    accepted,
    code,
    decided,
    holder,
    submitted,
)
from support.items import ANSWERS, FILES, LAW, item, limit, owed, route

from yinuo.core.case import SYSTEM, Actor, Stage
from yinuo.core.case import commands as c
from yinuo.core.clock import Stopped, Unit
from yinuo.core.item import Ground, Supplement
from yinuo.core.promise import Colour, colour

ASK = c.AskSupplement(materials={"application": "没有签名"}, fields={"name": "与证件不符"})
ANSWER = c.AnswerSupplement(ANSWERS, FILES)


def owing(accept: str, **changes: Any) -> dict[str, Any]:
    """The sample item with another limit for acceptance, which the law does not set."""
    limits = {"accept": owed(accept, None), "decide": owed("10wd", "20wd"), "deliver": owed("3wd", None)}
    return {"limits": limits, **changes}


def test_an_application_is_received_with_an_owner_and_a_clock_for_acceptance() -> None:
    life = submitted()
    state = life.state
    assert (state.stage, state.applicant, state.unit) == (Stage.SUBMITTED, APPLICANT.id, UNIT)
    assert (state.owner.person, state.owner.since) == (WINDOW.id, MONDAY)
    assert life.promise("accept").due(life.calendar) == date(2026, 3, 9)
    assert state.item_version == life.item.version


def test_an_application_is_kept_without_answers_to_questions_that_were_not_asked() -> None:
    life = Life()
    assert life.submit(answers=ANSWERS | {"reason": "多余"}) is None
    assert life.state.answers == ANSWERS


@pytest.mark.parametrize(
    ("changes", "refusal", "fields"),
    [
        ({"answers": {}}, "invalid-answers", {"name": "required", "kind": "required"}),
        ({"answers": ANSWERS | {"kind": "other"}}, "invalid-answers", {"kind": "not-a-choice"}),
        ({"answers": ANSWERS | {"kind": "complex"}}, "invalid-answers", {"reason": "required"}),
        ({"provided": {}}, "missing-materials", {"application": "required"}),
        (
            {"answers": {"name": "王", "kind": "complex", "reason": "x"}, "provided": {}},
            "missing-materials",
            {"application": "required", "plan": "required"},
        ),
    ],
)
def test_an_incomplete_application_is_told_everything_that_is_missing(
    changes: dict[str, Any], refusal: str, fields: dict[str, str]
) -> None:
    life = Life()
    refused = life.submit(**changes)
    assert refused is not None
    assert (refused.code, dict(refused.fields)) == (refusal, fields)
    assert life.now is None


def test_what_the_office_fetches_or_the_window_collects_is_not_missing_online() -> None:
    assert [m.key for m in item().needed(ANSWERS)] == ["application", "record", "licence"]
    assert item().missing(ANSWERS, frozenset({"application"})) == []


def test_only_an_applicant_submits_and_only_once() -> None:
    command = c.Submit("NUMBER", "QUERY", UNIT, WINDOW.id, ANSWERS, FILES)
    assert code(Life().do(command, WINDOW)) == "only-an-applicant"
    assert code(submitted().do(command, APPLICANT)) == "already-submitted"
    assert code(Life().do(c.Accept(), WINDOW)) == "no-such-case"


@pytest.mark.parametrize("missing", ["owner", "unit"])
def test_a_case_without_an_owner_cannot_come_about(missing: str) -> None:
    with pytest.raises(ValueError, match="never nobody"):
        Life().submit(**{missing: ""})


def test_time_does_not_run_backwards() -> None:
    life = submitted().wait(minutes=-1)
    assert code(life.do(c.Accept(), WINDOW)) == "time-runs-backwards"


def test_acceptance_ends_the_first_clock_and_begins_the_one_for_the_decision() -> None:
    life = submitted().wait(days=1).done(c.Accept(), WINDOW)
    assert life.state.stage is Stage.ACCEPTED
    assert life.promise("accept").ended == life.at
    assert life.promise("decide").due(life.calendar) == date(2026, 3, 17)
    assert life.promise("decide").statutory_due(life.calendar) == date(2026, 3, 31)


@pytest.mark.parametrize(
    "actor",
    [APPLICANT, STRANGER, SYSTEM, REVIEWER, LEADER, holder("window", unit="elsewhere")],
    ids=lambda actor: actor.id,
)
@pytest.mark.parametrize(
    "command",
    [c.Accept(), c.Refuse(WORDS), c.Forward("other", "other", WORDS), ASK],
    ids=lambda x: type(x).__name__,
)
def test_only_the_window_of_the_unit_answers_an_application(actor: Actor, command: Any) -> None:
    assert code(submitted().do(command, actor)) == "without-the-post"


@pytest.mark.parametrize(
    "command",
    [c.Accept(), c.Refuse(WORDS), c.Forward("other", "other", WORDS), ASK],
    ids=lambda x: type(x).__name__,
)
def test_an_application_is_answered_once(command: Any) -> None:
    refused = accepted().do(command, WINDOW)
    assert refused is not None
    assert (refused.code, refused.facts["stage"]) == ("wrong-stage", "accepted")


def test_a_refusal_tells_its_reasons_and_the_ways_to_appeal() -> None:
    life = submitted()
    assert code(life.do(c.Refuse("  "), WINDOW)) == "reasons-needed"
    assert code(life.do(c.Refuse("x" * 5001), WINDOW)) == "too-long"
    life.done(c.Refuse("不属于本机关职权范围"), WINDOW)
    assert life.state.stage is Stage.REFUSED
    decision = life.state.decision
    assert decision is not None
    assert decision["reasons"] == "不属于本机关职权范围"
    assert decision["remedies"] == [{"zh": r.zh, "en": r.en} for r in life.item.route.remedies]
    assert life.state.open_promises == ()


def test_naming_the_right_organ_transfers_the_case() -> None:
    life = submitted().done(c.Refuse("由市场监管部门办理", to="市市场监督管理局"), WINDOW)
    assert life.state.stage is Stage.TRANSFERRED
    assert life.state.decision is not None
    assert life.state.decision["to"] == "市市场监督管理局"


def test_a_forwarded_case_stays_where_it_is_until_the_other_unit_takes_it_and_the_clock_runs_on() -> None:
    life = submitted().wait(days=1)
    before = life.promise("accept").due(life.calendar)
    assert code(life.do(c.Forward(UNIT, "somebody", WORDS), WINDOW)) == "same-unit"
    assert code(life.do(c.Forward("station", "somebody", " "), WINDOW)) == "reasons-needed"
    life.done(c.Forward("station", "officer-li", WORDS), WINDOW)
    assert (life.state.unit, life.state.owner.person) == (UNIT, WINDOW.id)
    assert code(life.do(c.Forward("third", "somebody", WORDS), WINDOW)) == "offered-already"
    assert (life.promise("hand-over").owner, life.promise("hand-over").due(life.calendar)) == (
        "station",
        date(2026, 3, 4),
    )
    assert code(life.do(c.TakeOver(), WINDOW)) == "without-the-post"
    station = holder("window", "officer-li", "station")
    life.wait(days=1).done(c.TakeOver(), station)
    assert (life.state.unit, life.state.owner.person) == ("station", "officer-li")
    assert life.promise("hand-over").ended == life.at
    assert life.promise("accept").owner == "station"
    assert life.promise("accept").due(life.calendar) == before
    assert code(life.do(c.Accept(), WINDOW)) == "without-the-post"
    assert life.do(c.Accept(), holder("window", unit="station")) is None


def test_a_forwarded_case_can_be_declined_and_going_on_with_it_calls_the_offer_off() -> None:
    station = holder("window", "officer-li", "station")
    life = submitted().done(c.Forward("station", "officer-li", WORDS), WINDOW)
    assert code(life.do(c.DeclineForward(" "), station)) == "reasons-needed"
    life.done(c.DeclineForward("不归我们管"), station)
    assert (life.state.unit, life.state.offered) == (UNIT, None)
    assert code(life.do(c.TakeOver(), station)) == "not-offered"
    life.done(c.Forward("station", "officer-li", WORDS), WINDOW).done(c.Accept(), WINDOW)
    assert (life.state.unit, life.state.offered, life.promise("hand-over").void) == (UNIT, None, True)


def test_a_supplement_notice_stops_the_clock_until_it_is_answered() -> None:
    life = submitted().wait(days=2).done(ASK, WINDOW)
    assert life.state.stage is Stage.SUPPLEMENT
    assert life.state.notice is not None
    assert life.promise("accept").due(life.calendar) == Stopped(date(2026, 3, 4), 3, Unit.WORKING_DAY)
    assert life.promise("accept").pauses[0].ground == f"{LAW} 第三十二条"
    assert life.promise("supplement").owner == "applicant"
    life.wait(days=7).done(ANSWER, APPLICANT)
    assert (life.state.stage, life.state.notice) == (Stage.SUBMITTED, None)
    assert life.promise("accept").due(life.calendar) == date(2026, 3, 16)
    assert life.promise("supplement").ended == life.at


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (c.AskSupplement(), "nothing-asked"),
        (c.AskSupplement(materials={"nonsense": "缺"}), "unknown-field"),
        (c.AskSupplement(fields={"nonsense": "缺"}), "unknown-field"),
        (c.AskSupplement(fields={"name": " "}), "say-what-is-wrong"),
    ],
)
def test_a_notice_says_what_is_wrong_with_something_that_exists(command: Any, refusal: str) -> None:
    assert code(submitted().do(command, WINDOW)) == refusal


def test_only_the_applicant_answers_a_notice_and_completely() -> None:
    life = submitted().done(ASK, WINDOW)
    assert code(life.do(ANSWER, STRANGER)) == "not-your-case"
    assert code(life.do(ANSWER, WINDOW)) == "not-your-case"
    assert code(life.do(c.AnswerSupplement({}, FILES), APPLICANT)) == "invalid-answers"
    assert code(life.do(c.AnswerSupplement(ANSWERS, {}), APPLICANT)) == "missing-materials"
    new = {"application": ["file-2"]}
    life.done(c.AnswerSupplement(ANSWERS | {"name": "王淑蘭"}, new), APPLICANT)
    assert life.state.answers["name"] == "王淑蘭"
    assert life.state.provided == {"application": ("file-2",)}
    assert code(life.do(ANSWER, APPLICANT)) == "wrong-stage"


@pytest.mark.parametrize(
    ("approver", "refusal"),
    [
        (WINDOW, "without-the-post"),
        (LEADER, "without-the-post"),
        (holder("supervisor", unit="elsewhere"), "without-the-post"),
        (Actor("wang-shulan", "applicant", frozenset({("supervisor", UNIT)})), "without-the-post"),
        (SUPERVISOR, None),
    ],
)
def test_a_second_notice_needs_the_approval_of_a_supervisor(approver: Actor, refusal: str | None) -> None:
    life = submitted().done(ASK, WINDOW).done(ANSWER, APPLICANT)
    again = c.AskSupplement(fields={"name": "仍然不符"})
    assert code(life.do(again, WINDOW)) == "second-notice"
    assert code(life.do(c.AllowNotice("前一次漏看了背面"), approver)) == refusal
    if refusal is None:
        life.done(again, WINDOW)
        assert life.events[-1].payload["approved_by"] == SUPERVISOR.id
        assert life.state.notices == 2
        life.done(ANSWER, APPLICANT)
        assert code(life.do(again, WINDOW)) == "second-notice"


def test_nobody_approves_the_own_second_notice() -> None:
    both = Actor("both", "staff", frozenset({("window", UNIT), ("supervisor", UNIT)}))
    life = submitted().done(ASK, WINDOW).done(ANSWER, APPLICANT).done(c.AllowNotice("漏看了"), both)
    again = c.AskSupplement(fields={"name": "仍然不符"})
    assert code(life.do(again, both)) == "second-notice"
    assert code(life.do(again, WINDOW)) is None


def test_before_the_first_notice_there_is_nothing_to_approve() -> None:
    assert code(submitted().do(c.AllowNotice("漏看了"), SUPERVISOR)) == "no-first-notice"
    answered = submitted().done(ASK, WINDOW).done(ANSWER, APPLICANT)
    assert code(answered.do(c.AllowNotice(" "), SUPERVISOR)) == "reasons-needed"


def test_what_the_supervisor_of_one_unit_allowed_does_not_hold_in_another() -> None:
    life = submitted().done(ASK, WINDOW).done(ANSWER, APPLICANT).done(c.AllowNotice(WORDS), SUPERVISOR)
    station = holder("window", unit="station")
    life.done(c.Forward("station", "officer-li", WORDS), WINDOW).done(c.TakeOver(), station)
    assert code(life.do(ASK, station)) == "second-notice"


def test_the_ground_and_the_time_to_answer_are_those_of_the_item() -> None:
    own = Supplement(limit("10wd"), Ground("review-law", "第三十一条"))
    life = submitted(supplement=own).done(ASK, WINDOW)
    assert life.promise("supplement").ground == "review-law 第三十一条"
    assert life.promise("supplement").due(life.calendar) == date(2026, 3, 16)


def test_where_the_law_says_so_the_answer_starts_the_clock_anew() -> None:
    life = submitted(supplement=Supplement(limit("30cd"), restarts=True)).wait(days=4).done(ASK, WINDOW)
    assert isinstance(life.promise("accept").due(life.calendar), Stopped)
    life.wait(days=3).done(ANSWER, APPLICANT)
    assert life.promise("accept").start == life.at
    assert life.promise("accept").due(life.calendar) == date(2026, 3, 16)
    first = life.state.promises[0]
    assert first.void
    assert colour(first, life.at, life.calendar) is Colour.GREEN


@pytest.mark.parametrize(("accept", "after"), [("now", 0), ("1wd", 1), ("5wd", 7)])
def test_a_notice_on_the_last_day_keeps_the_promise_and_its_answer_begins_another(
    accept: str, after: int
) -> None:
    """Otherwise the clock, with nothing left to stop, would run out while the applicant is asked."""
    life = submitted(**owing(accept)).wait(days=after).done(ASK, WINDOW)
    assert life.promise("accept").ended == life.at
    assert colour(life.promise("accept"), life.at, life.calendar) is Colour.GREEN
    life.wait(days=14).done(ANSWER, APPLICANT)
    assert life.promise("accept").start == life.at
    assert code(life.do(c.Deem(), SYSTEM)) == "not-yet"
    assert [colour(p, life.at, life.calendar) for p in life.state.promises[:2]] == [Colour.GREEN] * 2


def test_a_notice_after_the_last_day_leaves_the_promise_broken_for_ever() -> None:
    life = submitted(**owing("1wd")).wait(days=2).done(ASK, WINDOW).wait(days=1).done(ANSWER, APPLICANT)
    assert colour(life.state.promises[0], life.at, life.calendar) is Colour.RED
    assert life.promise("accept").ended is None


def test_a_notice_that_nobody_answers_lapses_after_its_limit_and_not_before() -> None:
    life = submitted().done(ASK, WINDOW).wait(days=30)
    assert code(life.do(c.Lapse(), SYSTEM)) == "not-yet"
    life.wait(days=1)
    assert code(life.do(c.Lapse(), WINDOW)) == "only-the-clock"
    life.done(c.Lapse(), SYSTEM)
    assert life.state.stage is Stage.LAPSED
    assert life.events[-1].payload["remedies"]
    assert life.state.open_promises == ()
    assert code(submitted().wait(days=300).do(c.Lapse(), SYSTEM)) == "wrong-stage"


def test_silence_past_the_limit_is_acceptance_as_of_the_day_of_receipt() -> None:
    """行政许可法第三十二条第一款第四项."""
    life = submitted().wait(days=7)
    assert code(life.do(c.Deem(), SYSTEM)) == "not-yet"
    life.wait(days=1)
    assert code(life.do(c.Deem(), WINDOW)) == "only-the-clock"
    life.done(c.Deem(), SYSTEM)
    assert life.state.stage is Stage.ACCEPTED
    assert life.promise("decide").start == life.state.received == MONDAY
    assert life.promise("decide").due(life.calendar) == date(2026, 3, 16)
    assert life.state.owner.person == WINDOW.id
    assert life.promise("accept").ended == life.at


def test_silence_is_measured_by_the_statutory_limit_where_there_is_one() -> None:
    limits = {"accept": owed("1wd", "5wd"), "decide": owed("10wd", "20wd"), "deliver": owed("3wd", None)}
    life = submitted(limits=limits).wait(days=3)
    assert code(life.do(c.Deem(), SYSTEM)) == "not-yet"
    assert colour(life.promise("accept"), life.at, life.calendar) is Colour.RED
    life.wait(days=5).done(c.Deem(), SYSTEM)
    by_promise = submitted(**owing("1wd")).wait(days=2).done(c.Deem(), SYSTEM)
    assert by_promise.state.stage is Stage.ACCEPTED


def test_while_the_applicant_is_asked_nothing_counts_as_accepted() -> None:
    life = submitted().done(ASK, WINDOW).wait(days=20)
    assert code(life.do(c.Deem(), SYSTEM)) == "wrong-stage"


def test_the_applicant_withdraws_until_the_decision_and_nothing_is_owed_any_more() -> None:
    for life in (submitted(), submitted().done(ASK, WINDOW), accepted()):
        assert code(life.do(c.Withdraw(), STRANGER)) == "not-your-case"
        assert code(life.do(c.Withdraw(), WINDOW)) == "not-your-case"
        life.done(c.Withdraw("不办了"), APPLICANT)
        assert life.state.stage is Stage.WITHDRAWN
        assert life.state.open_promises == ()
        assert code(life.do(c.Withdraw(), APPLICANT)) == "wrong-stage"
    assert code(decided().do(c.Withdraw(), APPLICANT)) == "wrong-stage"


def test_the_remedies_of_the_item_come_before_those_of_its_route() -> None:
    own = (item().route.remedies[0],)
    life = submitted(route=route(remedies=()), own_remedies=own).done(c.Refuse(WORDS), WINDOW)
    assert life.state.decision is not None
    assert life.state.decision["remedies"] == [{"zh": own[0].zh, "en": own[0].en}]
