"""Calls: the lots, whose phone number is shown to whom, what is noted."""

from __future__ import annotations

from typing import Any

import pytest
from support.actors import Cast, member
from support.fixed_clock import at
from support.journeys import delivered, does
from support.upkeep import badly_rated, drawn
from support.visits import shown, signed_in

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.core.case import commands as c

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")
PHONE = "13800000001"


@pytest.fixture(autouse=True)
def _later(clock: Any) -> None:
    clock.move_to(at("10-12 18:00"))


def call(person: Any, case: Case, **facts: str) -> Any:
    client = signed_in(person)
    address = f"/desk/calls/{case.number}/"
    return client.post(address, facts) if facts else client.get(address)


def last(case: Case) -> Any:
    return opened(Case.objects.get(pk=case.pk)).events[-1]


def put_right(cast: Cast) -> Case:
    case = does(badly_rated(cast), c.VerifyRating(0, "属实"), cast.approver)
    return does(case, c.PutRight(0, "窗口贴了说明"), cast.approver)


def test_the_lot_shows_its_seed_and_how_many_of_how_many(cast: Cast) -> None:
    assert "还没有抽过" in shown(signed_in(cast.supervisor).get("/desk/calls/"))
    case = drawn(cast)
    response = signed_in(cast.supervisor).get("/desk/calls/")
    words = shown(response)
    for said in ("2026-09", "ab" * 32, "0 件里抽 1 件", "还没打", "王淑兰"):
        assert said in words
    assert 'href="/ledger/"' in response.content.decode()
    assert PHONE not in response.content.decode()
    call(cast.supervisor, case, reached="yes", level="2", words="满意")
    assert "已回访" in shown(signed_in(cast.supervisor).get("/desk/calls/", {"month": "2026-09"}))
    assert signed_in(cast.supervisor).get("/desk/calls/", {"month": "x"}).status_code == 200


def test_other_units_see_the_lot_and_none_of_its_cases(cast: Cast) -> None:
    drawn(cast)
    for person in (cast.window, cast.elsewhere):
        words = shown(signed_in(person).get("/desk/calls/"))
        assert "2026-09" in words
        assert "王淑兰" not in words


def test_the_number_is_shown_to_whoever_calls_and_only_there(cast: Cast) -> None:
    case = drawn(cast)
    assert f"tel:{PHONE}" in call(cast.supervisor, case).content.decode()
    assert PHONE not in call(cast.window, case).content.decode()
    assert call(cast.elsewhere, case).status_code == 404
    does(case, c.FollowUp(False, "三次没有打通"), cast.supervisor)
    assert PHONE not in call(cast.supervisor, case).content.decode()


def test_a_call_is_noted_with_what_was_said(cast: Cast) -> None:
    case = drawn(cast)
    assert call(cast.supervisor, case, reached="yes", level="2").status_code == 422
    response = call(cast.supervisor, case, reached="yes", level="2", words="都好")
    assert (response.status_code, response["Location"]) == (302, "/desk/calls/")
    assert last(case).payload == {"reached": True, "level": 2, "words": "都好"}
    assert call(cast.supervisor, case, reached="yes", words="x").status_code == 422


def test_nobody_reached_gives_no_level(cast: Cast) -> None:
    case = drawn(cast)
    refused = call(cast.supervisor, case, reached="no", level="1", words="没有打通")
    assert refused.status_code == 422
    assert "没有打通" in shown(refused)
    assert call(cast.supervisor, case, reached="no", words="没有打通").status_code == 302
    assert last(case).payload == {"reached": False, "level": None, "words": "没有打通"}


def test_whoever_handled_it_leaves_the_call_to_a_colleague(cast: Cast) -> None:
    case = put_right(cast)
    words = shown(call(cast.approver, case))
    assert "请让没有经手的同事来打" in words
    assert PHONE not in words
    assert call(cast.approver, case, visit="0", reached="yes", words="x").status_code == 422
    colleague = member("window-2", "taobei-traffic", "window")
    assert PHONE not in shown(call(colleague, case))  # the rating does not count yet


def test_a_bad_rating_is_called_back_by_a_colleague_from_the_next_day(cast: Cast, clock: Any) -> None:
    case, colleague = put_right(cast), member("window-2", "taobei-traffic", "window")
    clock.move_to(at("10-13 09:00"))
    words = shown(call(colleague, case))
    assert PHONE in words
    assert "窗口贴了说明" in words
    assert (
        call(colleague, case, visit="0", reached="yes", satisfied="no", words="还是不行").status_code == 302
    )
    assert last(case).payload == {"visit": 0, "reached": True, "satisfied": False, "words": "还是不行"}


def test_a_case_without_a_call_says_so_and_shows_no_number(cast: Cast) -> None:
    response = call(cast.supervisor, delivered(cast))
    assert "没有要打的回访电话" in shown(response)
    assert PHONE not in response.content.decode()
