"""What staff are told as it comes to them."""

from __future__ import annotations

import pytest
from support.actors import Cast
from support.journeys import MINUTE, accepted, delivered, does, submitted

from yinuo.apps.cases.actions.forward import forward
from yinuo.apps.cases.actions.hand_over import hand_over
from yinuo.apps.notices.models import Notice
from yinuo.core.case import commands as c

pytestmark = pytest.mark.usefixtures("quick_papers")


def told(template: str) -> set[str]:
    return {notice.person.login for notice in Notice.objects.filter(template=template)}


def test_an_urging_reaches_whoever_has_the_case_and_the_leader(cast: Cast) -> None:
    does(accepted(cast), c.Urge("等着用"), cast.citizen)
    assert told("urge") == {"window-1", "approver-1"}


def test_a_question_of_the_supervisor_and_a_card_reach_the_unit(cast: Cast) -> None:
    case = does(accepted(cast), c.Supervise("为什么还没有审核"), cast.supervisor)
    does(case, c.Card("yellow", "decide", reason="没有答复群众"), cast.supervisor)
    assert told("supervision") == told("card") == {"window-1", "approver-1"}


def test_a_bad_rating_reaches_the_leader_and_a_good_one_nobody(cast: Cast) -> None:
    does(delivered(cast), c.Rate(2), cast.citizen)
    assert told("bad-rating") == set()
    does(delivered(cast), c.Rate(5, "等了很久"), cast.citizen)
    assert told("bad-rating") == {"approver-1"}


def test_whoever_is_given_a_case_hears_of_it(cast: Cast) -> None:
    case = accepted(cast)
    hand_over(case, cast.reviewer, "请接着办", person=cast.window, now=case.changed_at + MINUTE)
    assert told("hand-over") == {"reviewer-1"}
    other = submitted(cast)
    forward(other, "zhenlai-traffic", "车辆在镇赉", person=cast.window, now=other.changed_at + MINUTE)
    assert told("hand-over") == {"reviewer-1", "elsewhere-1"}


def test_nobody_is_told_what_the_bad_rating_said(cast: Cast) -> None:
    does(delivered(cast), c.Rate(5, "张民警把我骂了一顿"), cast.citizen)
    bodies = " ".join(Notice.objects.values_list("body", flat=True))
    assert "骂" not in bodies
