"""The queue: one's own units only, the next due first, and filters that find."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from support.actors import Cast, member
from support.drafts import HOTEL
from support.fixed_clock import at
from support.journeys import accepted, asked, closed, delivered, does, submitted
from support.visits import shown, signed_in

from yinuo.apps.cases.models import Case
from yinuo.core.case import commands as c

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")


def queue(person: Any, **query: str) -> Any:
    client = signed_in(person)
    response: Any = client.post("/desk/", query, follow=True) if "q" in query else client.get("/desk/", query)
    assert response.status_code == 200
    return response


def listed(response: Any) -> list[Case]:
    return [row.found.case for row in response.context["page"]]


def test_the_next_due_stands_first_and_a_stopped_clock_last(cast: Cast) -> None:
    stopped = asked(cast)
    later, sooner = accepted(cast), submitted(cast)
    assert listed(queue(cast.reviewer)) == [sooner, later, stopped]


def test_a_case_of_another_unit_is_not_there(cast: Cast) -> None:
    submitted(cast)
    assert listed(queue(cast.elsewhere)) == []
    assert "没有待办" in shown(queue(cast.elsewhere))


def test_the_supervisor_and_the_leader_above_see_the_units_below(cast: Cast) -> None:
    case = submitted(cast)
    assert listed(queue(cast.supervisor)) == [case]
    assert listed(queue(member("head", "taobei", "leader"))) == [case]


def test_staff_without_a_post_see_an_empty_desk(cast: Cast) -> None:
    submitted(cast)
    assert listed(queue(member("new", "taobei-traffic"))) == []


def test_citizens_have_no_business_at_the_desk(cast: Cast) -> None:
    assert signed_in(cast.citizen).get("/desk/").status_code == 403
    response = Client().get("/desk/")
    assert response["Location"] == "/sign-in/?next=/desk/"


def test_it_is_found_by_code_number_or_name(cast: Cast) -> None:
    case, other = submitted(cast), accepted(cast)
    code = case.query_code
    for words in (code, f"{code[:4]}-{code[4:8]}-{code[8:]}".lower(), case.number, case.number[-7:]):
        assert listed(queue(cast.reviewer, q=words)) == [case]
    assert set(listed(queue(cast.reviewer, q="王淑兰"))) == {case, other}
    assert listed(queue(cast.reviewer, q="李建军")) == []
    assert "没有符合条件的办件" in shown(queue(cast.reviewer, q="李建军"))


def test_it_is_filtered_by_item_stage_and_person(cast: Cast) -> None:
    first, second = submitted(cast), accepted(cast)
    assert listed(queue(cast.reviewer, stage="submitted")) == [first]
    assert listed(queue(cast.reviewer, item="jg-vehicle-transfer")) == [first, second]
    assert listed(queue(cast.reviewer, item=HOTEL)) == []
    assert listed(queue(cast.window, who="me")) == [second]


def test_the_tabs_count_what_they_show(cast: Cast, clock: Any) -> None:
    late, stopped = accepted(cast), asked(cast)
    clock.move_to(at("10-14 10:00"))
    fresh = submitted(cast, at=at("10-14 09:00"))
    response = queue(cast.reviewer)
    counts = {key: count for key, _name, count, _look in response.context["tabs"]}
    assert (counts["late"], counts["stopped"], sum(counts.values())) == (1, 1, 3)
    assert listed(queue(cast.reviewer, colour="late")) == [late]
    assert listed(queue(cast.reviewer, colour="stopped")) == [stopped]
    assert fresh in listed(response)


def test_what_has_ended_is_in_its_own_list(cast: Cast) -> None:
    ended, waiting = closed(cast), delivered(cast)
    assert listed(queue(cast.reviewer)) == []
    found = listed(queue(cast.reviewer, stage="ended"))
    assert ended in found
    assert waiting not in found


def test_an_urge_is_seen(cast: Cast) -> None:
    does(accepted(cast), c.Urge("我等着用"), cast.citizen)
    assert "催办" in shown(queue(cast.reviewer))


def test_many_are_shown_page_by_page(cast: Cast) -> None:
    first = submitted(cast)
    for _ in range(40):
        submitted(cast)
    response = queue(cast.reviewer)
    assert len(listed(response)) == 40
    assert listed(response)[0] == first
    assert len(listed(queue(cast.reviewer, page="2"))) == 1


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"},
        {"page": "99999999999999999999"},
        {"page": "x"},
        {"stage": "no-such-stage"},
        {"item": "'; DROP TABLE"},
        {"colour": "pink"},
        {"who": "nobody"},
        {"find": "%_%"},
        {"find": "v1.0a1b2c3d.AAAA"},
        {"find": "\x00"},
    ],
    ids=str,
)
def test_a_filter_that_makes_no_sense_finds_nothing_and_breaks_nothing(
    cast: Cast, query: dict[str, str]
) -> None:
    submitted(cast)
    response = signed_in(cast.reviewer).get("/desk/", query)
    assert response.status_code in (200, 400)
