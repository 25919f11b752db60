"""Reasons before a case, the broken glass, and what a supervisor is shown of both."""

from __future__ import annotations

from typing import Any

import pytest
from support.actors import UNIT, Cast, member
from support.fixed_clock import at
from support.journeys import submitted
from support.visits import shown, signed_in

from yinuo.apps.cases.models import Case
from yinuo.apps.looks.models import Look, Opening

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")
WORDS = "窗口来了本人，问材料交齐没有"


@pytest.fixture
def case(cast: Cast, clock: Any) -> Case:
    made = submitted(cast)
    clock.move_to(at("10-12 11:00"))
    return made


def about(case: Case, path: str = "") -> str:
    return f"/desk/cases/{case.number}/{path}"


def broken(person: Any, case: Case) -> Any:
    facts = {"case": case.query_code, "key": "at-the-window", "words": WORDS}
    return signed_in(person).post("/desk/break-glass/", facts)


def test_a_case_that_is_not_ones_own_asks_why_and_then_opens(cast: Cast, case: Case) -> None:
    colleague = member("approver-2", UNIT, "approver")
    client = signed_in(colleague)
    asked = client.get(about(case), follow=True)
    assert asked.redirect_chain[0][0].startswith(about(case, "reason/"))
    assert cast.citizen.name not in shown(asked), "nobody is named before the reason"
    assert not Look.objects.exists()
    refused = client.post(about(case, "reason/"), {"key": "", "words": "看"})
    assert refused.status_code == 422
    assert "写得太短了" in shown(refused)
    stated = client.post(about(case, "reason/"), {"key": "applicant-asks", "words": WORDS})
    assert stated["Location"] == about(case)
    assert cast.citizen.name in shown(client.get(about(case)))
    look = Look.objects.get()
    assert (look.purpose, look.unit, look.post) == ("reason", UNIT, "approver")
    assert look.opening is not None
    assert look.opening.words == WORDS


def test_an_own_case_and_one_that_is_answered_for_open_at_once(cast: Cast, case: Case) -> None:
    for person, purpose in ((cast.window, "case"), (cast.supervisor, "oversight")):
        assert signed_in(person).get(about(case)).status_code == 200
        assert Look.objects.get(person=person).purpose == purpose
        assert signed_in(person).get(about(case, "reason/"))["Location"] == about(case)


def test_what_is_posted_without_a_reason_is_not_done(cast: Cast, case: Case) -> None:
    response = signed_in(cast.reviewer).post(about(case, "say/"), {"words": "您好", "seen": case.seq})
    assert "/reason/" in response["Location"]
    assert Case.objects.get(pk=case.pk).seq == case.seq


def test_the_reason_leads_back_to_a_page_of_the_desk_and_nowhere_else(cast: Cast, case: Case) -> None:
    for there in ("https://evil.example/", "//evil.example/", "/desk/../../x", "/sign-out/"):
        facts = {"key": "other", "words": WORDS, "next": there}
        back = signed_in(cast.reviewer).post(about(case, "reason/"), facts)["Location"]
        assert back.startswith("/desk/"), back


def test_a_broken_glass_shows_the_case_for_an_hour_and_lets_nothing_be_done(
    cast: Cast, case: Case, clock: Any
) -> None:
    assert signed_in(cast.elsewhere).get(about(case)).status_code == 404
    assert broken(cast.elsewhere, case)["Location"] == about(case)
    client = signed_in(cast.elsewhere)
    assert cast.citizen.name in shown(client.get(about(case)))
    assert Look.objects.get().purpose == "glass"
    assert client.post(about(case, "say/"), {"words": "您好"}).status_code == 404
    assert client.get(about(case, "rating-code/")).status_code == 404
    assert cast.citizen.name not in shown(client.get("/desk/"))
    clock.move_to(at("10-12 12:00"))
    assert signed_in(cast.elsewhere).get(about(case)).status_code == 404


def test_a_supervisor_sees_the_day_reviews_the_glass_and_marks_what_was_seen(
    cast: Cast, case: Case, clock: Any
) -> None:
    broken(cast.elsewhere, case)
    signed_in(cast.supervisor).get(about(case))
    signed_in(cast.reviewer).post(about(case, "reason/"), {"key": "other", "words": WORDS})
    signed_in(cast.reviewer).get(about(case))
    clock.move_to(at("10-16 09:00"))
    client = signed_in(cast.supervisor)
    page = shown(client.get("/desk/looks/?day=2026-10-12"))
    assert "已逾期" in page
    assert WORDS in page
    assert "您自己的，由别人看" in page
    opening = Opening.objects.get(way="glass")
    facts = {"justified": "yes", "words": "本人就在窗口"}
    done = client.post(f"/desk/break-glass/{opening.pk}/review/", facts)
    assert done.status_code == 302
    opening.refresh_from_db()
    assert opening.justified is True
    look = Look.objects.get(person=cast.reviewer)
    client.post("/desk/looks/seen/", {"look": look.pk, "day": "2026-10-12"})
    look.refresh_from_db()
    assert look.seen_by == cast.supervisor


def test_the_list_is_there_for_whoever_reviews_and_only_of_their_units(cast: Cast, case: Case) -> None:
    signed_in(cast.supervisor).get(about(case))
    assert signed_in(cast.window).get("/desk/looks/").status_code == 404
    elsewhere = signed_in(cast.elsewhere).get("/desk/looks/?day=2026-10-12")
    assert elsewhere.status_code == 200
    assert case.query_code[:4] not in shown(elsewhere)
    assert "负责人或者督办查看" in shown(signed_in(cast.approver).get("/desk/looks/?day=2026-10-12"))
