"""Searches at the desk: the names and codes that are looked for stand in no address."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from support.actors import Cast, member
from support.journeys import submitted
from support.visits import shown, signed_in

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")
PAGES = {
    "/desk/": ("window", "q"),
    "/desk/people/": ("administrator", "q"),
    "/desk/organisations/": ("window", "uscc"),
}


@pytest.mark.parametrize("page", PAGES)
def test_the_address_of_what_was_found_does_not_say_what_was_looked_for(cast: Cast, page: str) -> None:
    who, field = PAGES[page]
    client = signed_in(member("admin-1", "baicheng-bureau", who) if who == "administrator" else cast.window)
    away = client.post(page, {field: "王淑兰"})
    assert away.status_code == 302
    assert "王淑兰" not in unquote(away["Location"])
    answer = client.get(away["Location"])
    assert 'value="王淑兰"' in answer.content.decode()


def test_what_was_found_is_there_again_on_the_way_back_and_in_a_second_tab(cast: Cast) -> None:
    case = submitted(cast)
    client = signed_in(cast.window)
    one = client.post("/desk/", {"q": case.applicant.name, "stage": "submitted"})["Location"]
    other = client.post("/desk/", {"q": "nobody"})["Location"]
    assert case.query_code in codes(client.get(one))
    assert codes(client.get(other)) == []
    assert case.query_code in codes(client.get(one))


def test_the_filters_beside_it_stay(cast: Cast) -> None:
    away = signed_in(cast.window).post("/desk/", {"q": "x", "stage": "ended", "who": "me", "item": ""})[
        "Location"
    ]
    assert away.endswith("&stage=ended&who=me")
    assert signed_in(cast.window).post("/desk/", {"q": " "})["Location"] == "/desk/"


def test_the_next_page_is_that_of_the_same_search(cast: Cast) -> None:
    client = signed_in(cast.window)
    for _ in range(41):
        submitted(cast)
    page = client.post("/desk/", {"q": cast.citizen.name}, follow=True)
    link = next(one for one in page.content.decode().split('"') if one.endswith("page=2"))
    assert len(codes(client.get(f"/desk/{link.replace('&amp;', '&')}"))) == 1


def test_the_words_open_for_nobody_else_and_not_when_they_were_changed(cast: Cast) -> None:
    submitted(cast)
    away = signed_in(cast.window).post("/desk/", {"q": "王淑兰"})["Location"]
    assert "王淑兰" not in found(signed_in(cast.reviewer).get(away))
    assert "王淑兰" not in found(signed_in(cast.window).get(away[:-3]))


def codes(response: Any) -> list[str]:
    return [row.found.case.query_code for row in response.context["page"]]


def found(response: Any) -> str:
    """What stands in the field of the search."""
    assert response.status_code == 200
    assert shown(response)
    return str(response.context["asked"]["q"])
