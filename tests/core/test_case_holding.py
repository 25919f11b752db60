"""Who has a case: taking, handing over, forwarding, reassigning; it is never nobody."""

from __future__ import annotations

from datetime import date

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
    delivered,
    examined,
    holder,
    submitted,
)
from support.items import route

from yinuo.core.case import SYSTEM, Actor, Holder, Stage
from yinuo.core.case import commands as c

STATION = holder("window", "officer-li", "station")
OFFER = c.Forward("station", STATION.id, WORDS)
MOVE = c.Reassign("station", STATION.id, "承办人调离")
WITHIN = c.Reassign(UNIT, REVIEWER.id, "承办人病假")


def handed(life: Life | None = None) -> Life:
    """A case that the window handed to the reviewer on a Monday."""
    return (life or submitted()).done(c.HandOver(REVIEWER, "休假"), WINDOW)


def state_of_hand_over(life: Life) -> tuple[bool, bool]:
    """Whether the hand-over to a person ended, and whether it was called off."""
    promise = life.promise("hand-over", "person")
    return promise.ended is not None, promise.void


def test_whoever_is_handed_a_case_has_it_at_once_and_has_a_day_to_take_it() -> None:
    life = handed()
    promise = life.promise("hand-over", "person")
    assert life.state.owner == Holder(REVIEWER.id, UNIT, life.at, "handed-over")
    assert (promise.owner, promise.due(life.calendar), promise.statutory) == (UNIT, date(2026, 3, 3), None)


@pytest.mark.parametrize("command", [c.Take(), c.Say("马上办")], ids=lambda one: type(one).__name__)
def test_the_first_thing_that_the_receiver_does_takes_it(command: object) -> None:
    life = handed().wait(hours=1).done(command, REVIEWER)
    assert life.promise("hand-over", "person").ended == life.at
    assert state_of_hand_over(life) == (True, False)
    assert code(life.do(c.Take(), REVIEWER)) == "already-yours"


def test_what_others_say_does_not_take_it_for_the_receiver() -> None:
    life = handed()
    for command, actor in ((c.Say(WORDS), APPLICANT), (c.Say(WORDS), WINDOW), (c.Urge(), APPLICANT)):
        life.done(command, actor)
        assert life.state.owes("hand-over", "person")


def test_where_somebody_else_takes_it_or_goes_on_with_it_nobody_waits_for_the_receiver() -> None:
    taken = handed().done(c.Take(), INSPECTOR)
    assert (taken.state.owner.person, state_of_hand_over(taken)) == (INSPECTOR.id, (True, True))
    answered = handed().done(c.Accept(), WINDOW)
    assert (answered.state.owner.person, state_of_hand_over(answered)) == (WINDOW.id, (True, True))
    refused = handed().done(c.Refuse(WORDS), WINDOW)
    assert refused.state.open_promises == ()


def test_handed_on_the_next_one_has_a_day_of_their_own() -> None:
    life = handed().wait(days=1).done(c.HandOver(INSPECTOR), REVIEWER)
    first, second = (p for p in life.state.promises if p.key == "hand-over")
    assert (first.ended, first.void) == (life.at, False)
    assert (second.ended, second.due(life.calendar)) == (None, date(2026, 3, 4))
    life.done(c.HandOver(WINDOW), LEADER)
    assert [link.person for link in life.state.chain] == [WINDOW.id, REVIEWER.id, INSPECTOR.id, WINDOW.id]
    assert len([p for p in life.state.open_promises if p.key == "hand-over"]) == 1


def test_what_was_handed_over_and_then_closed_by_the_clock_is_waited_for_no_more() -> None:
    life = handed(delivered()).wait(days=16)
    assert life.pass_time() == ["closed"]
    assert (state_of_hand_over(life), life.state.open_promises) == ((True, True), ())


def test_a_time_that_accepts_by_itself_takes_nothing_for_anybody() -> None:
    life = handed().wait(days=10)
    assert life.pass_time() == ["accepted"]
    assert (life.state.owner.person, life.state.owes("hand-over") is None) == (REVIEWER.id, False)


@pytest.mark.parametrize(
    "actor", [APPLICANT, STRANGER, SYSTEM, REVIEWER, SUPERVISOR, holder("leader", unit="station")],
    ids=lambda actor: f"{actor.id}-{len(actor.posts)}",
)  # fmt: skip
def test_only_the_owner_or_a_leader_hands_over(actor: Actor) -> None:
    assert code(submitted().do(c.HandOver(INSPECTOR), actor)) == "without-the-post"


def test_an_offer_is_taken_by_whoever_accepts_there_not_only_by_whom_it_named() -> None:
    life = submitted().done(OFFER, WINDOW)
    for actor in (WINDOW, LEADER, holder("reviewer", unit="station"), APPLICANT, SYSTEM):
        for command in (c.TakeOver(), c.DeclineForward(WORDS)):
            assert code(life.do(command, actor)) == "without-the-post"
    colleague = holder("window", "officer-zhao", "station")
    life.wait(hours=2).done(c.TakeOver(), colleague)
    assert life.state.owner == Holder(colleague.id, "station", life.at, "taken-over")
    assert code(life.do(c.TakeOver(), colleague)) == "not-offered"


def test_until_it_is_taken_the_first_unit_answers_for_it_and_then_the_other_owes_what_was_owed() -> None:
    life = submitted().done(c.Urge(), APPLICANT).done(c.Supervise("为什么还没有受理"), LEADER)
    life.done(OFFER, WINDOW)
    by_key = {p.key: p.owner for p in life.state.open_promises}
    assert by_key == {"accept": UNIT, "urge": UNIT, "supervision": UNIT, "hand-over": "station"}
    assert (life.promise("hand-over").about, life.promise("hand-over").post) == ("unit", "window")
    life.done(c.TakeOver(), STATION)
    assert {p.key: p.owner for p in life.state.open_promises} == dict.fromkeys(
        ("accept", "urge", "supervision"), "station"
    )


def test_what_ended_stays_with_the_unit_that_owed_it() -> None:
    life = submitted().done(c.Urge(), APPLICANT).done(c.AnswerUrge(WORDS), WINDOW)
    life.done(OFFER, WINDOW).done(c.TakeOver(), STATION)
    assert (life.promise("urge").owner, life.promise("accept").owner) == (UNIT, "station")


def test_an_offer_that_was_declined_can_be_made_again_and_the_refusal_kept_its_time() -> None:
    life = submitted().done(OFFER, WINDOW).wait(days=1).done(c.DeclineForward("不归我们管"), STATION)
    declined = life.promise("hand-over", "unit")
    assert (declined.ended, declined.void, life.state.offered) == (life.at, False, None)
    assert life.state.owner.person == WINDOW.id
    life.done(OFFER, WINDOW)
    assert life.state.owes("hand-over", "unit")


@pytest.mark.parametrize(
    ("command", "actor"),
    [
        (c.AskSupplement(fields={"name": "不符"}), WINDOW),
        (c.Refuse(WORDS), WINDOW),
        (c.Withdraw(), APPLICANT),
        (WITHIN, SUPERVISOR),
    ],
    ids=lambda one: getattr(one, "id", type(one).__name__),
)
def test_whatever_is_done_with_it_here_calls_an_offer_off(command: object, actor: Actor) -> None:
    life = submitted().done(OFFER, WINDOW).done(command, actor)
    assert (life.state.offered, life.promise("hand-over", "unit").void) == (None, True)
    assert code(life.do(c.TakeOver(), STATION)) == "not-offered"


def test_an_offer_and_a_hand_over_go_side_by_side() -> None:
    life = handed(submitted().done(OFFER, WINDOW))
    assert sorted(p.about for p in life.state.open_promises if p.key == "hand-over") == ["person", "unit"]
    life.done(c.TakeOver(), STATION)
    assert [p.key for p in life.state.open_promises] == ["accept"]
    assert state_of_hand_over(life) == (True, True)


@pytest.mark.parametrize(
    "actor", [APPLICANT, SYSTEM, WINDOW, LEADER, holder("supervisor", unit="station")],
    ids=lambda actor: f"{actor.id}-{len(actor.posts)}",
)  # fmt: skip
def test_only_a_supervisor_of_the_unit_moves_a_case_that_is_stuck(actor: Actor) -> None:
    assert code(submitted().do(MOVE, actor)) == "without-the-post"


def test_a_case_that_is_stuck_is_moved_with_all_that_it_owes() -> None:
    life = accepted()
    assert code(life.do(c.Reassign("station", STATION.id, " "), SUPERVISOR)) == "reasons-needed"
    assert code(life.do(c.Reassign(UNIT, WINDOW.id, WORDS), SUPERVISOR)) == "same-unit"
    life.wait(days=1).done(MOVE, SUPERVISOR)
    assert (life.state.unit, life.state.stage) == ("station", Stage.ACCEPTED)
    assert life.state.owner == Holder(STATION.id, "station", life.at, "reassigned")
    assert {p.owner for p in life.state.open_promises} == {"station"}
    assert life.promise("decide").start == life.promise("accept").ended  # no day was won by moving it
    assert code(life.do(c.PassStep(WORDS), REVIEWER)) == "without-the-post"
    assert life.promise("hand-over", "person").due(life.calendar) == date(2026, 3, 4)
    life.done(c.Take(), STATION)
    assert state_of_hand_over(life) == (True, False)


def test_moved_again_before_anybody_took_it_only_the_last_one_is_waited_for() -> None:
    life = submitted().done(WITHIN, SUPERVISOR).done(MOVE, SUPERVISOR)
    first, second = (p for p in life.state.promises if p.key == "hand-over")
    assert (first.void, second.ended, second.owner) == (True, None, "station")


def test_a_supervisor_who_has_it_moves_it_on() -> None:
    life = submitted().done(c.Reassign(UNIT, SUPERVISOR.id, WORDS), SUPERVISOR).done(MOVE, SUPERVISOR)
    assert (life.state.owner.person, life.state.owes("hand-over") is None) == (STATION.id, False)


def test_in_an_ended_case_nothing_is_handed_offered_or_moved() -> None:
    life = closed()
    for command, actor in ((c.HandOver(INSPECTOR), WINDOW), (OFFER, WINDOW), (MOVE, SUPERVISOR)):
        assert code(life.do(command, actor)) == "wrong-stage"
    assert code(life.do(c.TakeOver(), STATION)) == "not-offered"


def test_nobody_is_no_owner() -> None:
    for life, command, actor in (
        (submitted(), c.Reassign("station", "", WORDS), SUPERVISOR),
        (submitted(), c.Reassign("", "somebody", WORDS), SUPERVISOR),
    ):
        with pytest.raises(ValueError, match="never nobody"):
            life.do(command, actor)
    assert code(submitted().do(c.HandOver(Actor("nobody", "staff")), WINDOW)) == "not-in-this-unit"


def test_everybody_who_works_on_it_is_in_the_chain_and_the_last_one_has_it() -> None:
    life = handed(examined(route=route(steps=())))
    life.done(c.Decide(True, WORDS), APPROVER)
    assert [(link.person, link.duty) for link in life.state.chain] == [
        (WINDOW.id, "submitted"),
        (WINDOW.id, "accepted"),
        (REVIEWER.id, "handed-over"),
        (APPROVER.id, "decided"),
    ]
    assert life.state.has_worked(REVIEWER.id)
    assert not life.state.has_worked(LEADER.id)
    assert decided().state.owner.person == APPROVER.id
