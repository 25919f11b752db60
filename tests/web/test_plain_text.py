"""A NUL in what is sent: said to be unreadable, on every database, with nothing changed."""

from __future__ import annotations

from typing import Any

import pytest
from support.actors import Cast
from support.drafts import begun
from support.journeys import accepted
from support.visits import shown, signed_in

from yinuo.apps.cases.models import Case, Draft

pytestmark = pytest.mark.usefixtures("clock")

MIDDLEWARE = "yinuo.web.plain_text.PlainText"


@pytest.fixture(autouse=True)
def _stands_last(settings: Any) -> None:
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != MIDDLEWARE] + [MIDDLEWARE]


def test_a_page_of_a_form_is_not_saved(cast: Cast) -> None:
    draft = begun(cast.citizen)
    response = signed_in(cast.citizen).post(f"/apply/{draft.pk}/form/vehicle/", {"plate": "吉G\x0012345"})
    assert response.status_code == 400
    assert "这个请求读不懂" in shown(response)
    assert Draft.objects.get().answers == {}


def test_a_message_is_not_sent(cast: Cast) -> None:
    case = accepted(cast)
    response = signed_in(cast.citizen).post(f"/cases/{case.number}/say/", {"words": "您好\x00"})
    assert response.status_code == 400
    assert Case.objects.get().seq == case.seq


@pytest.mark.parametrize("address", ["/search/?q=%00", "/progress/?code=%00", "/cases/%00/", "/?%00=1"])
def test_an_address_is_not_looked_up(cast: Cast, address: str) -> None:
    assert signed_in(cast.citizen).get(address).status_code == 400


def test_anything_else_goes_through(cast: Cast) -> None:
    client = signed_in(cast.citizen)
    assert client.get("/search/", {"q": "过户\t\n𠮷\u200b"}).status_code == 200
    assert client.get("/cases/").status_code == 200
