"""What is still owed: the page, its filters, its links, its count in the navigation."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils.translation import override
from support.actors import Cast
from support.fixed_clock import at
from support.journeys import accepted, does
from support.upkeep import badly_rated, drawn, offered, urged
from support.visits import shown, signed_in

from yinuo.core.case import commands as c

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")


@pytest.fixture(autouse=True)
def _later(clock: Any) -> None:
    clock.move_to(at("10-12 18:00"))


def page(person: Any, **query: str) -> Any:
    response = signed_in(person).get("/desk/owed/", query)
    assert response.status_code == 200
    return response


def links(response: Any) -> list[str]:
    body = response.content.decode()
    return re.findall(r'<th scope="row"><a href="([^"]+)"', body)


def test_nothing_owed_is_said(cast: Cast) -> None:
    accepted(cast)
    assert "什么都不欠" in shown(page(cast.window))
    assert "yn-count" not in page(cast.window).content.decode()


def test_each_line_leads_to_the_form_where_it_is_done(cast: Cast) -> None:
    bad, slow = badly_rated(cast), urged(cast)
    carded = does(accepted(cast), c.Card("red", "decide", reason="没有动"), cast.supervisor)
    found = links(page(cast.approver))
    wanted = {
        f"/desk/cases/{bad.number}/#do-verify-0",
        f"/desk/cases/{bad.number}/#do-answer-0",
        f"/desk/cases/{slow.number}/#do-answer-urge",
        f"/desk/cases/{carded.number}/#do-answer-card-red",
    }
    assert set(found) == wanted
    for address in found:
        path, _, anchor = address.partition("#")
        assert f'id="{anchor}"' in signed_in(cast.approver).get(path).content.decode(), address


def test_an_offered_case_leads_to_taking_it_over(cast: Cast) -> None:
    case = offered(cast)
    assert links(page(cast.elsewhere)) == [f"/desk/cases/{case.number}/#do-take-over"]
    assert (
        'id="do-take-over"' in signed_in(cast.elsewhere).get(f"/desk/cases/{case.number}/").content.decode()
    )


def test_a_drawn_case_leads_to_the_call(cast: Cast) -> None:
    case = drawn(cast)
    assert links(page(cast.supervisor)) == [f"/desk/calls/{case.number}/"]


def test_it_is_filtered_by_kind_and_by_what_my_posts_may_do(cast: Cast, clock: Any) -> None:
    bad, slow = badly_rated(cast), urged(cast)
    assert len(links(page(cast.approver, kind="verify"))) == 1
    assert links(page(cast.approver, kind="card")) == []
    assert "这里没有" in shown(page(cast.approver, kind="card"))
    clock.move_to(at("10-13 09:00"))
    assert len(links(page(cast.window))) == 3
    assert links(page(cast.window, who="me")) == [f"/desk/cases/{slow.number}/#do-answer-urge"]
    assert bad.number not in page(cast.window, who="me").content.decode()


def test_the_navigation_counts(cast: Cast) -> None:
    badly_rated(cast)
    urged(cast)
    for person, count in ((cast.approver, 3), (cast.window, 1)):
        body = signed_in(person).get("/desk/").content.decode()
        assert f'<b class="yn-count">{count}</b>' in body
    assert 'class="yn-count"' not in signed_in(cast.elsewhere).get("/desk/").content.decode()


def test_what_is_late_is_marked(cast: Cast, clock: Any) -> None:
    urged(cast)
    clock.move_to(at("10-20 09:00"))
    with override("zh-hans"):
        words = shown(page(cast.window))
    assert "已超过承诺时限" in words
    assert "逾 5" in words


def test_another_unit_sees_none_of_it(cast: Cast) -> None:
    case = badly_rated(cast)
    assert case.number not in page(cast.elsewhere).content.decode()
