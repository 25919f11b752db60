"""A citizen sees every look at their own cases, and at nobody else's."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.actors import Cast
from support.fixed_clock import at
from support.journeys import submitted
from support.looking import WHY, says_why
from support.visits import shown, signed_in

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")


def test_the_citizen_sees_when_which_post_and_what_for_but_no_name(cast: Cast, clock: Any) -> None:
    case = submitted(cast)
    clock.move_to(at("10-12 11:00"))
    signed_in(cast.window).get(f"/desk/cases/{case.number}/")
    says_why(cast.reviewer, case)
    signed_in(cast.reviewer).get(f"/desk/cases/{case.number}/")
    for path in ("/looks/", f"/cases/{case.number}/"):
        page = shown(signed_in(cast.citizen).get(path))
        assert "11:00" in page
        assert "经办这件事" in page
        assert "不是经办人，写了理由" in page
        assert WHY in page
        assert f"工号 {cast.window.login}" in page
    assert cast.reviewer.name not in shown(signed_in(cast.citizen).get("/looks/"))


def test_the_newest_look_stands_first_also_within_ten_minutes(cast: Cast, clock: Any) -> None:
    """Twice, the second time in the other order, so that no order of the people does it."""
    case, people = submitted(cast), (cast.window, cast.supervisor)
    looks = [("11:01", 0), ("11:02", 1), ("11:11", 1), ("11:12", 0)]
    for moment, who in looks:
        clock.move_to(at(f"10-12 {moment}"))
        assert signed_in(people[who]).get(f"/desk/cases/{case.number}/").status_code == 200
    for path in ("/looks/", f"/cases/{case.number}/"):
        rows = signed_in(cast.citizen).get(path).content.decode().split('<ul class="yn-log yn-mt-3">')[1]
        told = re.findall(r"工号 ([a-z]+)-1|(?<=\s)(11:\d\d)", rows.split("</ul>")[0])
        assert [time for _, time in told if time] == ["11:12", "11:11", "11:02", "11:01"], path
        assert [login for login, _ in told if login] == ["window", "supervisor", "supervisor", "window"]


def test_nobody_sees_the_looks_at_anothers_case(cast: Cast, clock: Any) -> None:
    case = submitted(cast)
    clock.move_to(at("10-12 11:00"))
    signed_in(cast.window).get(f"/desk/cases/{case.number}/")
    page = shown(signed_in(cast.stranger).get("/looks/"))
    assert "还没有工作人员打开过您的办件" in page
    assert cast.window.login not in page


def test_a_list_is_told_by_day_and_unit(cast: Cast, clock: Any) -> None:
    submitted(cast)
    clock.move_to(at("10-12 11:00"))
    for person in (cast.window, cast.reviewer, cast.window):
        signed_in(person).get("/desk/")
    page = shown(signed_in(cast.citizen).get("/looks/"))
    assert "名字出现在待办列表里" in page
    assert "2 人" in page
    assert "还没有工作人员打开过您的办件" in page


def test_staff_have_no_such_page_of_their_own(cast: Cast) -> None:
    assert signed_in(cast.window).get("/looks/")["Location"] == "/desk/"
