"""What is out of the ordinary, said to the applicant: moved, stopped, longer, urged; and what is not told."""

from __future__ import annotations

from typing import Any

import pytest
from support.actors import Cast, make_cast
from support.drafts import HOTEL
from support.fixed_clock import at
from support.journeys import accepted, does, submitted
from support.upkeep import drawn, offered, urged
from support.visits import shown, signed_in

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.core.case import commands as c

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")


@pytest.fixture(autouse=True)
def _later(clock: Any) -> None:
    clock.move_to(at("10-12 18:00"))


def words(cast: Cast, case: Case) -> str:
    return shown(signed_in(cast.citizen).get(f"/cases/{case.number}/"))


@pytest.fixture
def inn(db: None) -> Cast:
    return make_cast("taobei-public-order", "zhenlai-public-order")


def test_a_forwarded_case_says_whose_it_still_is_and_then_who_has_it(cast: Cast) -> None:
    case = offered(cast)
    told = words(cast, case)
    assert "已经请对方接手：车辆在镇赉登记。" in told
    assert "对方接手以前，还是由" in told
    case = does(case, c.TakeOver(), cast.elsewhere)
    told = words(cast, case)
    assert "对方接手以前" not in told
    assert "时限接着数，没有重新开始" in told


def test_a_stopped_clock_says_why_how_long_and_when_it_goes_on(inn: Cast) -> None:
    case = does(accepted(inn, HOTEL), c.Suspend("hearing", "邻居要求听证"), inn.window)
    found = opened(case)
    told = words(inn, case)
    assert "正在做" in told
    assert "10月12日 起停表" in told
    running = found.state.owes("procedure")
    assert ("到 " in told and "自己接着走" in told) if running else "没有规定它最长多久" in told
    case = does(case, c.Resume("听证结束"), inn.window)
    assert "正在做" not in words(inn, case)


def test_more_time_is_told_with_its_reason_once_it_is_granted(inn: Cast) -> None:
    case = does(accepted(inn, HOTEL), c.AskExtension("要到外地核查"), inn.window)
    assert "要到外地核查" not in words(inn, case)
    case = does(case, c.AnswerExtension(True), inn.approver)
    told = words(inn, case)
    assert "延长了" in told
    assert "要到外地核查" in told


def test_urging_says_how_often_is_left_and_when_the_answer_is_due(cast: Cast) -> None:
    assert "还可以催 5 次" in words(cast, submitted(cast))
    case = urged(cast)
    told = words(cast, case)
    assert "最迟 10月13日 答复您" in told
    assert "还可以催 4 次" in told
    assert "今天已经催过了" in told
    case = does(case, c.AnswerUrge("明天上午办好"), cast.window)
    told = words(cast, case)
    assert "答复您的催办" in told
    assert "明天上午办好" in told


def test_after_the_last_urging_the_button_is_gone(cast: Cast, clock: Any) -> None:
    case = submitted(cast)
    for day in ("13", "14", "15", "16", "17"):
        case = does(case, c.Urge(), cast.citizen, at(f"10-{day} 10:00"))
    clock.move_to(at("10-18 10:00"))
    response = signed_in(cast.citizen).get(f"/cases/{case.number}/")
    assert "已经催过 5 次了" in shown(response)
    assert f"/cases/{case.number}/urge/" not in response.content.decode()


def test_what_the_office_settles_within_itself_is_not_told(cast: Cast) -> None:
    case = accepted(cast)
    case = does(case, c.Supervise("为什么没有动"), cast.supervisor)
    case = does(case, c.AnswerSupervision("在等核查"), cast.window)
    case = does(case, c.Card("yellow", "decide", reason="一周没有动"), cast.supervisor)
    case = does(case, c.AnswerCard("yellow", "已经安排"), cast.approver)
    told = words(cast, case)
    for secret in ("为什么没有动", "在等核查", "一周没有动", "已经安排", "黄牌", "督办"):
        assert secret not in told
    client = signed_in(cast.citizen)
    for key in ("card", "supervision"):
        assert client.get(f"/cases/{case.number}/receipts/{key}.json").status_code == 404


def test_a_case_that_was_drawn_is_as_any_other_until_somebody_called(cast: Cast) -> None:
    case = drawn(cast)
    assert "抽中" not in words(cast, case)
    case = does(case, c.FollowUp(True, "都好", 1), cast.supervisor)
    assert "抽样回访：非常满意：都好" in words(cast, case)
