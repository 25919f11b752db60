"""Rating by a link: no account, nothing personal, once, for sixty days."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from support.actors import Cast
from support.fixed_clock import NOW, at
from support.journeys import accepted, delivered, does, submitted
from support.visits import shown, signed_in

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.cases.rating_links import address
from yinuo.core.case import commands as c

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")


@pytest.fixture(autouse=True)
def _later(clock: Any) -> None:
    clock.move_to(at("10-12 18:00"))


def path(case: Case, **facts: Any) -> str:
    return urlsplit(address(case.number, NOW.date(), **facts)).path


def rating(case: Case, visit: int = 0) -> Any:
    return opened(Case.objects.get(pk=case.pk)).state.ratings.get(visit)


def test_the_page_names_the_service_the_unit_and_nobody(cast: Cast) -> None:
    case = delivered(cast)
    response = Client().get(path(case))
    assert response.status_code == 200
    words, body = shown(response), response.content.decode()
    for said in ("机动车转让登记（本地）", "洮北", "10月12日", "自愿"):
        assert said in words
    for secret in ("王淑兰", "13800000001", "民警", case.number, case.query_code):
        assert secret not in body
    assert " checked" not in body


@pytest.mark.parametrize("channel", ["link", "window"])
def test_a_rating_counts_as_on_the_page_and_names_its_channel(cast: Cast, channel: str) -> None:
    case = delivered(cast)
    response = Client().post(path(case, channel=channel), {"level": "5", "reason": ["slow"], "words": "太慢"})
    assert response.status_code == 200
    assert "谢谢您的评价" in shown(response)
    given = rating(case)
    assert (given["level"], given["reasons"], given["channel"]) == (5, ["slow"], channel)
    assert [p["key"] for p in given["promises"]] == ["verify", "answer"]
    assert Case.objects.get(pk=case.pk).stage == "closed"


def test_a_link_is_used_once(cast: Cast) -> None:
    case = delivered(cast)
    Client().post(path(case), {"level": "1"})
    for response in (Client().get(path(case)), Client().post(path(case), {"level": "5"})):
        assert response.status_code == 410
        assert "已经评价过" in shown(response)
    assert rating(case)["level"] == 1


def test_an_old_link_has_expired(cast: Cast, clock: Any) -> None:
    case = delivered(cast)
    clock.move_to(at("12-11 12:00"))
    assert Client().get(path(case)).status_code == 200
    clock.move_to(at("12-12 00:00"))
    for response in (Client().get(path(case)), Client().post(path(case), {"level": "5"})):
        assert response.status_code == 410
        assert "已经失效" in shown(response)
    assert rating(case) is None


def test_a_changed_or_made_up_link_tells_nothing(cast: Cast) -> None:
    address_ = path(delivered(cast))
    for wrong in (address_[:-2] + "/", "/rate/x/", "/rate/a.b/", f"/rate/{'9' * 300}/"):
        response = Client().get(wrong)
        assert response.status_code == 404
        assert "机动车" not in shown(response)


def test_what_cannot_be_rated_yet_tells_nothing(cast: Cast) -> None:
    for case in (submitted(cast), accepted(cast)):
        response = Client().get(path(case))
        assert response.status_code == 404
        assert "机动车" not in shown(response)


def test_the_visit_and_the_channel_are_those_of_the_link(cast: Cast) -> None:
    case = accepted(cast)
    posted = {"level": "2", "visit": "0", "channel": "page"}
    assert Client().post(path(case, visit=1), posted).status_code == 200
    assert rating(case) is None
    assert rating(case, 1)["channel"] == "link"


def test_no_level_is_sent_back_with_the_words(cast: Cast) -> None:
    case = delivered(cast)
    response = Client().post(path(case), {"words": "写了一半"})
    assert response.status_code == 422
    assert "写了一半" in shown(response)
    assert rating(case) is None


def test_staff_do_not_rate(cast: Cast) -> None:
    case = delivered(cast)
    assert "工作人员账号不能评价" in shown(signed_in(cast.window).get(path(case)))
    response = signed_in(cast.window).post(path(case), {"level": "1"})
    assert response.status_code == 403
    assert rating(case) is None


def test_whoever_rates_by_link_first_settles_it_for_the_page(cast: Cast) -> None:
    case = does(delivered(cast), c.Rate(3), cast.citizen)
    assert Client().get(path(case)).status_code == 410


def test_the_short_address_of_a_text_message_leads_to_a_link(cast: Cast) -> None:
    case = delivered(cast)
    response = Client().get(f"/r/{case.query_code}/")
    assert (response.status_code, response["Location"]) == (302, path(case))
    assert Client().get(response["Location"]).status_code == 200


def test_the_short_address_of_what_cannot_be_rated_says_so(cast: Cast) -> None:
    assert Client().get(f"/r/{submitted(cast).query_code}/").status_code == 404
    assert Client().get("/r/NOSUCHCODE22/").status_code == 404
    rated = does(delivered(cast), c.Rate(2), cast.citizen)
    assert Client().get(f"/r/{rated.query_code}/").status_code == 410
