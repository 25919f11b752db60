"""What time itself does to a case, and that it does not matter when somebody looks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.cases import (
    APPLICANT,
    APPROVER,
    REVIEWER,
    WINDOW,
    WORDS,
    Life,
    accepted,
    code,
    decided,
    delivered,
    submitted,
)
from support.items import ANSWERS, FILES, RENEWAL, item, owed, route
from support.random_lives import DAYS, LIMITS, ROUTES, any_move

from yinuo.core.case import SYSTEM, Context, Stage, fold
from yinuo.core.case import commands as c
from yinuo.core.case.passing import CLOSE_AFTER, as_of
from yinuo.core.clock import SHANGHAI, Stopped, end_of_day

HEARING = c.Suspend("hearing", "利害关系人要求听证")
ASK = c.AskSupplement(fields={"name": "与证件不符"})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def until(life: Life, text: str) -> Life:
    life.at = at(text)
    return life


def renewing(day: str = "2026-03-20", **changes: Any) -> Life:
    """An application to renew a licence that is valid until `day`, handed in on Monday 2 March."""
    life = Life(item(**RENEWAL | changes))
    assert life.submit(answers=ANSWERS | {"valid_until": day}) is None
    return life


def test_silence_past_the_limit_for_acceptance_accepts_from_the_day_of_receipt() -> None:
    life = until(submitted(), "2026-03-09 23:59")
    assert life.pass_time() == []
    assert until(life, "2026-03-10 00:00").pass_time() == ["accepted"]
    assert (life.state.stage, life.state.deemed) == (Stage.ACCEPTED, True)
    assert life.promise("decide").due(life.calendar) == date(2026, 3, 16)
    assert life.state.owner.person == WINDOW.id


def test_it_is_the_limit_of_the_law_that_counts_for_silence() -> None:
    quick = {"accept": owed("1wd", "5wd"), "decide": owed("10wd", "20wd"), "deliver": owed("3wd", None)}
    life = until(submitted(limits=quick), "2026-03-09 23:59")
    assert life.pass_time() == []
    assert until(life, "2026-03-10 00:00").pass_time() == ["accepted"]


def test_noticed_late_the_first_step_is_owed_since_silence_accepted_and_not_since_somebody_looked() -> None:
    for noticed in ("2026-03-10 00:00", "2026-03-12 16:00", "2026-05-20 09:00"):
        life = until(submitted(), noticed)
        assert life.pass_time() == ["accepted"]
        step = life.promise("step", "review")
        assert (step.start, step.due(life.calendar)) == (at("2026-03-10 00:00"), date(2026, 3, 13))


def test_a_notice_that_nobody_answers_lets_the_application_lapse() -> None:
    life = until(submitted().done(ASK, WINDOW), "2026-04-01 23:59")
    assert life.pass_time() == []
    assert until(life, "2026-04-02 00:00").pass_time() == ["lapsed"]
    assert (life.state.stage, life.state.open_promises) == (Stage.LAPSED, ())
    assert life.events[-1].payload["remedies"]


@pytest.mark.parametrize("noticed", ["2026-03-31 00:00", "2026-04-01 08:00", "2026-06-30 12:00"])
def test_after_the_longest_duration_the_clock_runs_again_from_its_last_day(noticed: str) -> None:
    life = until(accepted().done(HEARING, REVIEWER), noticed)
    assert life.pass_time() == ["resumed"]
    assert (life.state.stage, life.state.procedure) == (Stage.ACCEPTED, None)
    facts = {"procedure": "hearing", "overrun": True, "end": "2026-03-30T23:59:59+08:00"}
    assert life.events[-1].payload == facts
    assert life.promise("decide").due(life.calendar) == date(2026, 4, 14)  # over 清明节
    assert life.promise("step").due(life.calendar) == date(2026, 4, 2)
    assert life.promise("procedure").ended == life.at


def test_until_the_longest_duration_is_over_the_clock_stands_still() -> None:
    life = until(accepted().done(HEARING, REVIEWER), "2026-03-30 23:59")
    assert life.pass_time() == []
    assert life.promise("procedure").due(life.calendar) == date(2026, 3, 30)
    assert isinstance(life.promise("decide").due(life.calendar), Stopped)
    assert code(life.do(c.EndProcedure(), SYSTEM)) == "not-yet"
    assert code(life.do(c.EndProcedure(), REVIEWER)) == "only-the-clock"


def test_where_the_law_says_so_silence_grants_when_the_day_is_over() -> None:
    """行政许可法第五十条第二款."""
    life = until(renewing().done(c.Accept(), WINDOW), "2026-03-20 23:59")
    assert life.pass_time() == []
    assert until(life, "2026-03-21 00:00").pass_time() == ["decided"]
    assert (life.state.stage, life.state.granted) == (Stage.GRANTED, True)
    facts = life.events[-1].payload
    assert (facts["deemed"], facts["reasons"]) == (True, "administrative-licensing-law 第五十条第二款")
    decide, step = life.promise("decide"), life.promise("step")
    assert (decide.ended, decide.void, step.ended, step.void) == (life.at, False, life.at, True)
    assert [promise.key for promise in life.state.open_promises] == ["deliver"]


def test_silence_grants_although_the_clock_stands_still_and_ends_the_procedure() -> None:
    life = until(renewing().done(c.Accept(), WINDOW).done(HEARING, REVIEWER), "2026-03-21 00:00")
    assert life.pass_time() == ["decided"]
    procedure = life.promise("procedure")
    assert (life.state.stage, life.state.procedure) == (Stage.GRANTED, None)
    assert (procedure.ended, procedure.void) == (life.at, True)
    assert [promise.key for promise in life.state.open_promises] == ["deliver"]


def test_silence_grants_what_was_never_accepted_and_acceptance_came_too_late() -> None:
    life = until(renewing("2026-03-06"), "2026-03-07 00:00")
    life.at = at("2026-03-05 10:00")
    life.done(c.Forward("station", "officer-li", WORDS), WINDOW)
    assert until(life, "2026-03-07 00:00").pass_time() == ["decided"]
    assert (life.state.accepted, life.state.granted, life.state.offered) == (None, True, None)
    assert (life.promise("accept").ended, life.promise("accept").void) == (life.at, False)
    assert life.promise("hand-over").void
    assert [promise.key for promise in life.state.open_promises] == ["deliver"]


def test_what_comes_first_happens_first_however_late_somebody_looks() -> None:
    assert until(renewing("2026-03-20"), "2026-06-01 09:00").pass_time() == ["accepted", "decided"]
    assert until(renewing("2026-03-06"), "2026-06-01 09:00").pass_time() == ["decided"]
    heard = renewing("2026-04-10").done(c.Accept(), WINDOW).done(HEARING, REVIEWER)
    assert until(heard, "2026-06-01 09:00").pass_time() == ["resumed", "decided"]


@pytest.mark.parametrize("noticed", ["2026-03-21 00:00", "2026-03-23 12:00", "2026-06-01 09:00"])
def test_the_paper_is_owed_since_silence_granted_and_not_since_somebody_looked(noticed: str) -> None:
    life = until(renewing().done(c.Accept(), WINDOW), noticed)
    life.pass_time()
    assert life.promise("deliver").due(life.calendar) == date(2026, 3, 25)


def test_a_notice_that_is_open_on_that_day_puts_it_off_until_it_is_answered() -> None:
    life = renewing("2026-03-06").done(ASK, WINDOW)
    assert until(life, "2026-03-12 10:00").pass_time() == []
    answers = ANSWERS | {"valid_until": "2026-03-06"}
    life.done(c.AnswerSupplement(answers, FILES), APPLICANT)
    assert until(life, "2026-05-12 10:00").pass_time() == ["decided"]
    assert life.promise("deliver").start == at("2026-03-12 10:00")


def test_silence_where_no_paper_is_issued_ends_the_case() -> None:
    life = until(renewing(route=route(issues=False)).done(c.Accept(), WINDOW), "2026-03-21 00:00")
    assert life.pass_time() == ["decided", "closed"]
    assert life.state.open_promises == ()


def test_silence_is_no_yes_where_the_law_does_not_say_so_or_the_day_was_not_given() -> None:
    for life in (accepted(), accepted(**RENEWAL)):
        life.wait(days=400)
        assert life.pass_time() == []
        assert code(life.do(c.DeemGranted(), SYSTEM)) == "not-yet"
    late = renewing().done(c.Accept(), WINDOW).wait(days=400)
    assert code(late.do(c.DeemGranted(), APPROVER)) == "only-the-clock"


def test_a_delivered_case_is_closed_fifteen_days_later_and_a_message_does_not_put_that_off() -> None:
    life = delivered().wait(days=14).done(c.Say("谢谢"), APPLICANT)
    until(life, "2026-03-17 10:00")
    assert life.pass_time() == []
    life.wait(seconds=1)
    assert life.pass_time() == ["closed"]
    assert (life.state.stage, CLOSE_AFTER.days) == (Stage.CLOSED, 15)


def test_what_time_does_it_does_once() -> None:
    life = until(renewing("2026-04-10"), "2026-12-31 12:00")
    assert life.pass_time() == ["accepted", "decided"]
    before = (life.state, list(life.events))
    assert life.pass_time() == []
    assert (life.state, life.events) == before
    assert fold(life.events) == life.state


def test_an_ended_case_is_left_alone() -> None:
    for life in (
        submitted().done(c.Refuse(WORDS), WINDOW),
        submitted().done(c.Withdraw(), APPLICANT),
        decided(route=route(issues=False)),
        renewing().done(c.Withdraw(), APPLICANT),
    ):
        life.wait(days=3000)
        assert life.pass_time() == []


def test_looking_writes_nothing_and_is_the_clock_whoever_looks() -> None:
    life = until(submitted(), "2026-03-10 00:00")
    before = life.state
    seen = as_of(life.state, Context(APPLICANT, life.at, life.item, life.calendar))
    assert (seen.stage, life.state, len(life.events)) == (Stage.ACCEPTED, before, 1)


class Twins:
    """One case lived twice by the same acts: one of the two is also looked at in between, again and again."""

    def __init__(self, rng: Random) -> None:
        day = (date(2026, 3, 2) + timedelta(days=rng.randint(1, 90))).isoformat()
        facts = {"route": rng.choice(ROUTES), "limits": rng.choice(LIMITS)} | (
            RENEWAL if rng.random() < 0.5 else {}
        )
        answers = ANSWERS | ({"valid_until": day} if "silence" in facts else {})
        self.rng, self.seldom, self.often = rng, Life(item(**facts)), Life(item(**facts))
        for life in (self.seldom, self.often):
            assert life.submit(answers=answers) is None

    def go_on(self) -> None:
        then = self.seldom.at + timedelta(days=self.rng.choice(DAYS), minutes=self.rng.randint(0, 600))
        for moment in sorted(self.moments(self.seldom.at, then)):
            self.often.at = moment
            self.often.pass_time()
        for life in (self.seldom, self.often):
            life.at = then
            life.pass_time()
        command, actor = any_move(self.rng, self.seldom)
        assert code(self.seldom.do(command, actor)) == code(self.often.do(command, actor))

    def moments(self, begin: datetime, end: datetime) -> list[datetime]:
        """Every midnight and a second after it, and a few others."""
        days = [end_of_day(begin.date() + timedelta(days=n - 1)) for n in range((end - begin).days + 2)]
        some = [begin + (end - begin) * self.rng.random() for _ in range(5)]
        seconds = [midnight + timedelta(seconds=1) for midnight in days]
        return [moment for moment in (*days, *seconds, *some) if begin <= moment <= end]

    def must_agree(self) -> None:
        one, other = (
            [(e.kind, e.actor, e.payload, e.at if e.role != "system" else None) for e in life.events]
            for life in (self.seldom, self.often)
        )
        assert one == other
        one_owes, other_owes = (
            [(p.key, p.about, p.owner, p.due(life.calendar)) for p in life.state.open_promises]
            for life in (self.seldom, self.often)
        )
        assert one_owes == other_owes


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_it_does_not_matter_how_often_somebody_looks(seed: int) -> None:
    twins = Twins(Random(seed))
    for _ in range(25):
        twins.go_on()
        twins.must_agree()
