"""Who may see a case at all: the one gateway, for every actor."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from support.actors import Cast, member
from support.fixed_clock import NOW
from support.journeys import MINUTE, accepted, closed, delivered, does, submitted

from yinuo.apps.cases.actions.forward import forward
from yinuo.apps.cases.queries import open_queue, progress, visible_to
from yinuo.apps.people.models import Post
from yinuo.core.case import commands as c

pytestmark = pytest.mark.usefixtures("quick_papers")

TODAY = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("citizen", True),
        ("stranger", False),
        ("window", True),
        ("reviewer", True),
        ("approver", True),
        ("supervisor", True),
        ("elsewhere", False),
    ],
)
def test_who_sees_a_case(cast: Cast, who: str, sees: bool) -> None:
    case = submitted(cast)
    assert list(visible_to(getattr(cast, who), TODAY)) == ([case] if sees else [])


def test_nobody_sees_nothing(cast: Cast) -> None:
    submitted(cast)
    assert not visible_to(AnonymousUser(), TODAY).exists()
    assert not visible_to(None, TODAY).exists()


def test_the_leader_of_the_county_sees_it_and_a_clerk_there_does_not(cast: Cast) -> None:
    case = submitted(cast)
    assert list(visible_to(member("head", "taobei", "leader"), TODAY)) == [case]
    assert not visible_to(member("clerk", "taobei", "window"), TODAY).exists()


@pytest.mark.parametrize(("day", "sees"), [(date(2026, 10, 12), True), (date(2026, 10, 13), False)])
def test_who_has_left_the_post_sees_it_no_more(cast: Cast, day: date, sees: bool) -> None:
    submitted(cast)
    Post.objects.filter(person=cast.window).update(ends_on=date(2026, 10, 12))
    assert visible_to(cast.window, day).exists() is sees


def test_staff_see_no_case_of_their_own_as_staff(cast: Cast) -> None:
    """A staff account without a post sees nothing, whoever handed the case in."""
    submitted(cast)
    assert not visible_to(member("new", "taobei-traffic"), TODAY).exists()


def test_with_the_case_the_sight_of_it_passes_on(cast: Cast) -> None:
    case = submitted(cast)
    forward(case, "zhenlai-traffic", "车辆在镇赉县登记", person=cast.window, now=NOW + MINUTE)
    assert all(visible_to(one, TODAY).exists() for one in (cast.window, cast.elsewhere))
    does(case, c.TakeOver(), cast.elsewhere, NOW + 2 * MINUTE)
    assert not visible_to(cast.window, TODAY).exists()
    assert visible_to(cast.elsewhere, TODAY).exists()
    assert visible_to(cast.citizen, TODAY).exists()


def test_the_queue_has_what_is_still_to_be_done_the_next_due_first(cast: Cast) -> None:
    first, second = accepted(cast), submitted(cast)
    closed(cast)
    delivered(cast)
    assert list(open_queue(cast.reviewer, TODAY)) == [second, first]
    assert not open_queue(cast.elsewhere, TODAY).exists()


def test_a_query_code_opens_its_case_however_it_is_written(cast: Cast) -> None:
    case = submitted(cast)
    code = case.query_code
    for written in (code, code.lower(), f" {code[:4]}-{code[4:8]} {code[8:]} "):
        found = progress(written, NOW)
        assert found is not None
        assert found.case == case


@pytest.mark.parametrize("code", ["", "AAAA", "O0I1O0I1O0I1", "x" * 5000, "王淑兰", "%' OR 1=1"])
def test_a_code_that_is_none_opens_nothing(cast: Cast, code: str) -> None:
    submitted(cast)
    assert progress(code, NOW) is None


def test_a_code_with_one_slip_of_the_hand_opens_nothing(cast: Cast) -> None:
    code = submitted(cast).query_code
    other = "A" if code[5] != "A" else "C"
    assert progress(code[:5] + other + code[6:], NOW) is None
