"""Every post × every act of a case, as the city declares it: it is really done, or really refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from support.cases import (
    APPLICANT,
    APPROVER,
    LEADER,
    REVIEWER,
    SUPERVISOR,
    UNIT,
    WINDOW,
    WORDS,
    Life,
    accepted,
    closed,
    decided,
    delivered,
    examined,
    holder,
    issued,
    submitted,
)
from support.catalogues import whole
from support.items import REVIEW

from yinuo.core.case import SYSTEM, Actor, Context, Event, handle
from yinuo.core.case import commands as c
from yinuo.core.case.powers import ACTS
from yinuo.core.errors import Refusal
from yinuo.core.powers import Powers
from yinuo.core.route import POSTS

ELSEWHERE, BUREAU = "other-unit", "bureau"
PAPER = c.Issue({"name": "许可证", "sha256": "0" * 64})
HEARING = c.Suspend("hearing", WORDS)
BAD = c.Rate(5, WORDS)
ASKED = c.AskSupplement(fields={"name": "看不清"})
ANSWERED = c.AnswerSupplement({"name": "王淑兰", "kind": "simple"}, {"application": ["file-2"]})


def noticed() -> Life:
    return submitted().done(ASKED, WINDOW).done(ANSWERED, APPLICANT)


def offered() -> Life:
    return submitted().done(c.Forward(ELSEWHERE, "somebody-there", WORDS), WINDOW)


def rated() -> Life:
    return closed().done(BAD, APPLICANT)


def verified() -> Life:
    return rated().done(c.VerifyRating(0, WORDS), LEADER)


def carded() -> Life:
    return accepted().done(c.Card("red", "decide", reason=WORDS), SUPERVISOR)


# Act -> the case in which it can be done, the command, and the unit in which the post is held.
CASES: dict[str, tuple[Callable[[], Life], Any, str]] = {
    "take": (accepted, c.Take(), UNIT),
    "hand-over": (accepted, c.HandOver(holder("reviewer", "a-colleague"), WORDS), UNIT),
    "accept": (submitted, c.Accept(), UNIT),
    "supplement": (submitted, ASKED, UNIT),
    "allow-notice": (noticed, c.AllowNotice(WORDS), UNIT),
    "refuse": (submitted, c.Refuse(WORDS), UNIT),
    "forward": (submitted, c.Forward(ELSEWHERE, "somebody-there", WORDS), UNIT),
    "take-over": (offered, c.TakeOver(), ELSEWHERE),
    "decline-forward": (offered, c.DeclineForward(WORDS), ELSEWHERE),
    "reassign": (accepted, c.Reassign(ELSEWHERE, "somebody-there", WORDS), UNIT),
    "pass": (accepted, c.PassStep(WORDS), UNIT),
    "return": (examined, c.Return(WORDS), UNIT),
    "suspend": (accepted, HEARING, UNIT),
    "resume": (lambda: accepted().done(HEARING, REVIEWER), c.Resume(WORDS), UNIT),
    "ask-extension": (accepted, c.AskExtension(WORDS), UNIT),
    "answer-extension": (
        lambda: accepted().done(c.AskExtension(WORDS), REVIEWER), c.AnswerExtension(True), UNIT,
    ),
    "decide": (examined, c.Decide(True, WORDS), UNIT),
    "issue": (decided, PAPER, UNIT),
    "deliver": (issued, c.Deliver("pickup"), UNIT),
    "close": (delivered, c.Close(), UNIT),
    "revoke": (delivered, c.Revoke(WORDS), UNIT),
    "say": (accepted, c.Say(WORDS), UNIT),
    "correct": (closed, c.Correct(WORDS), UNIT),
    "answer-urge": (lambda: accepted().done(c.Urge(WORDS), APPLICANT), c.AnswerUrge(WORDS), UNIT),
    "supervise": (accepted, c.Supervise(WORDS), UNIT),
    "answer-supervision": (
        lambda: accepted().done(c.Supervise(WORDS), SUPERVISOR), c.AnswerSupervision(WORDS), UNIT,
    ),
    "card": (accepted, c.Card("red", "decide", reason=WORDS), UNIT),
    "answer-card": (carded, c.AnswerCard("red", WORDS), UNIT),
    "verify-rating": (rated, c.VerifyRating(0, WORDS), UNIT),
    "answer-rating": (rated, c.AnswerRating(0, WORDS), UNIT),
    "put-right": (verified, c.PutRight(0, WORDS), UNIT),
    "call-back": (
        lambda: verified().done(c.PutRight(0, WORDS), LEADER), c.CallBack(0, True, True, WORDS), UNIT,
    ),
    "appeal-rating": (rated, c.AppealRating(0, BUREAU, WORDS), UNIT),
    "decide-appeal": (
        lambda: rated().done(c.AppealRating(0, BUREAU, WORDS), LEADER), c.DecideAppeal(0, True, WORDS), UNIT,
    ),
    "follow-up": (
        lambda: closed().done(c.Draw("2026-03", "seed", BUREAU), SYSTEM), c.FollowUp(True, WORDS), BUREAU,
    ),
}  # fmt: skip


def powers() -> Powers:
    return whole().city.posts.powers


def asked(life: Life, command: Any, who: Actor, post: str) -> list[Event] | Refusal:
    """What comes of it where the route asks for that very post in everything."""
    route = life.item.route
    posts = dict.fromkeys(("accept_post", "decide_post", "issue_post", "extend_post"), post)
    life.item = replace(life.item, route=replace(route, steps=(replace(REVIEW, post=post),), **posts))
    return handle(command, life.state, Context(who, life.at, life.item, life.calendar, powers=powers()))


def test_every_act_of_staff_is_tried_here() -> None:
    assert set(CASES) == set(ACTS.values())
    assert {ACTS[type(command)] for _, command, _ in CASES.values()} == set(CASES)


@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize("act", CASES)
def test_a_post_does_exactly_what_the_matrix_says(act: str, post: str) -> None:
    make, command, unit = CASES[act]
    life = make()
    person = life.state.owner.person if act == "hand-over" else "somebody-new"  # it is theirs to give away
    made = asked(life, command, holder(post, person, unit), post)
    if post in powers().of(act):
        assert not isinstance(made, Refusal), made
        assert made[0].actor == person
    else:
        assert isinstance(made, Refusal)
        assert made.code == "without-the-post"


def test_what_stands_nowhere_nobody_does() -> None:
    life = submitted()
    nothing = Context(WINDOW, life.at, life.item, life.calendar, powers=Powers())
    refused = handle(c.Accept(), life.state, nothing)
    assert isinstance(refused, Refusal)
    assert refused.code == "without-the-post"


def test_a_post_that_does_not_count_opens_nothing_for_one_that_is_held_elsewhere() -> None:
    """The administrator of this unit who is a window in another one does not take its cases."""
    both = Actor("both", "staff", frozenset({("administrator", UNIT), ("window", ELSEWHERE)}))
    for command in (c.Take(), c.Say(WORDS), c.Accept()):
        refused = asked(submitted(), command, both, "window")
        assert isinstance(refused, Refusal), command
        assert refused.code in ("not-your-unit", "without-the-post")


def test_whoever_belongs_to_the_rated_unit_does_not_decide_on_its_appeal() -> None:
    """The post that does not count for the act still tells where somebody belongs."""
    make, command, unit = CASES["decide-appeal"]
    belongs = Actor("both", "staff", frozenset({("supervisor", unit), ("reviewer", unit)}))
    refused = asked(make(), command, belongs, "supervisor")
    assert isinstance(refused, Refusal)
    assert refused.code == "handled-it-yourself"


def deputy(person: str, post: str, principal: str, *own: str) -> Actor:
    pairs = frozenset({(post, UNIT), *((one, UNIT) for one in own)})
    return Actor(person, "staff", pairs, deputy=frozenset({(post, UNIT, principal)}))


def test_a_deputy_decides_and_the_record_says_for_whom() -> None:
    made = asked(examined(), c.Decide(True, WORDS), deputy("the-deputy", "approver", APPROVER.id), "approver")
    assert not isinstance(made, Refusal), made
    assert {event.actor for event in made} == {"the-deputy"}
    assert {event.payload["deputy_for"] for event in made} == {APPROVER.id}


def test_what_somebody_may_do_themselves_they_do_in_their_own_name() -> None:
    who = deputy("the-deputy", "approver", APPROVER.id, "reviewer")
    made = asked(accepted(), c.PassStep(WORDS), who, "reviewer")
    assert not isinstance(made, Refusal), made
    assert "deputy_for" not in made[0].payload


def test_four_eyes_looks_at_the_person_and_not_at_the_post() -> None:
    """The reviewer of a case is the deputy of its approver: somebody else has to decide."""
    life = examined()
    who = deputy(REVIEWER.id, "approver", APPROVER.id, "reviewer")
    context = Context(who, life.at, life.item, life.calendar, powers=powers())
    refused = handle(c.Decide(True, WORDS), life.state, context)
    assert isinstance(refused, Refusal)
    assert refused.code == "four-eyes"
