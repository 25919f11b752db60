"""Acting for somebody else: only whoever may act now, and only in the item that the mandate names."""

from __future__ import annotations

from typing import Any

import pytest
from support.cases import APPLICANT, MONDAY, UNIT, WINDOW, Life, code
from support.items import ANSWERS, FILES, item

from yinuo.core.case import Actor
from yinuo.core.case import commands as c
from yinuo.core.case.events import EVERY_ITEM

FIRM = "organisation:1"
ASKED = c.AskSupplement(materials={"application": "没有签名"})


def agent(*items: str, name: str = "the-agent", principal: str = FIRM) -> Actor:
    return Actor(name, "applicant", acts_for=frozenset((principal, one) for one in items))


AGENT = agent(EVERY_ITEM)


def handed_in(by: Actor = AGENT, **changes: Any) -> Life:
    facts = {"answers": ANSWERS, "provided": FILES, "unit": UNIT, "owner": WINDOW.id, "principal": FIRM}
    life = Life()
    life.done(c.Submit("NUMBER", "QUERY", **(facts | changes)), by)
    return life


def test_the_case_says_for_whom_it_is_and_by_what_right() -> None:
    state = handed_in(mandate="m-1").state
    assert (state.applicant, state.principal, state.mandate) == (AGENT.id, FIRM, "m-1")


def test_a_case_of_ones_own_says_nothing_of_a_principal() -> None:
    life = Life()
    assert life.submit() is None
    assert "principal" not in life.events[0].payload
    assert (life.state.principal, life.state.mandate) == ("", "")


@pytest.mark.parametrize("who", [APPLICANT, agent("another-item"), agent(EVERY_ITEM, principal="ward:1")])
def test_nobody_hands_in_for_somebody_without_a_mandate_for_this_item(who: Actor) -> None:
    facts = {"answers": ANSWERS, "provided": FILES, "unit": UNIT, "owner": WINDOW.id, "principal": FIRM}
    assert code(Life().do(c.Submit("NUMBER", "QUERY", **facts), who)) == "without-a-mandate"


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (AGENT, True),
        (agent(item().id, name="another-agent"), True),
        (agent("another-item"), False),
        (Actor(AGENT.id, "applicant"), False),  # the same person, after the mandate has ended
        (Actor(FIRM, "applicant"), False),
        (APPLICANT, False),
    ],
)
@pytest.mark.parametrize("command", [c.Withdraw("不办了"), c.AnswerSupplement(ANSWERS, FILES)])
def test_who_goes_on_is_whoever_may_act_now(who: Actor, may: bool, command: c.Command) -> None:
    life = handed_in().done(ASKED, WINDOW).wait(hours=1)
    assert (code(life.do(command, who)) is None) is may


def test_staff_never_act_for_a_principal() -> None:
    posing = Actor("clerk", "staff", frozenset({("window", UNIT)}), acts_for=frozenset({(FIRM, EVERY_ITEM)}))
    assert code(handed_in().wait(hours=1).do(c.Withdraw("不办了"), posing)) == "not-your-case"


def test_pages_ask_what_the_applicant_of_a_state_may_do() -> None:
    life = handed_in().wait(hours=1)
    assert life.at > MONDAY
    assert life.do(c.Withdraw("不办了"), life.state.applicant_actor) is None
