"""保全 at the desk: who places and lifts one, and the report of what was erased."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.actors import Cast
from support.fixed_clock import NOW
from support.journeys import accepted, closed
from support.papers import be_quick
from support.retention import keep_by, rule
from support.visits import shown, signed_in

from yinuo.apps.cases.actions.erase import erase
from yinuo.apps.rights.actions.erase_due import erase_due
from yinuo.apps.rights.models import Hold

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    be_quick(monkeypatch)


def typed(number: str, **changes: str) -> dict[str, str]:
    return {"case": number, "reason": "行政诉讼没有审完", "last_day": "2027-12-31", "told": "yes", **changes}


def test_a_supervisor_places_a_hold_and_lifts_it(cast: Cast) -> None:
    case, client = closed(cast), signed_in(cast.supervisor)
    page = client.post("/desk/holds/", typed(case.number), follow=True)
    assert "行政诉讼没有审完" in shown(page)
    hold = Hold.objects.get()
    assert (hold.case, hold.is_told, hold.last_day, hold.placed_by) == (
        case.number, True, date(2027, 12, 31), cast.supervisor,
    )  # fmt: skip
    client.post(f"/desk/holds/{hold.pk}/lift/", {"why": " "})
    assert Hold.objects.get().lifted_at is None
    client.post(f"/desk/holds/{hold.pk}/lift/", {"why": "判决生效"})
    lifted = Hold.objects.get()
    assert (lifted.lifted_by, lifted.lifted_why) == (cast.supervisor, "判决生效")
    assert client.post(f"/desk/holds/{hold.pk}/lift/", {"why": "再来"}).status_code == 404
    assert "没有。" in shown(client.get("/desk/holds/"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": " "}, "请填写这一项"),
        ({"last_day": ""}, "请填写这一项"),
        ({"last_day": "31.12.2027"}, "请填完整的日期"),
        ({"last_day": "2026-10-11"}, "这一天已经过了"),
        ({"last_day": "2031-10-13"}, "最长五年"),
        ({"reason": "长" * 501}, "写得太长了"),
        ({"case": "YN-NOT-THERE"}, "没有这件事"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cast: Cast, changes: dict[str, str], said: str
) -> None:
    page = signed_in(cast.supervisor).post("/desk/holds/", typed(closed(cast).number, **changes))
    assert page.status_code == 422
    assert said in shown(page)
    assert not Hold.objects.exists()


def test_what_is_held_is_not_held_again(cast: Cast) -> None:
    case, client = closed(cast), signed_in(cast.supervisor)
    client.post("/desk/holds/", typed(case.number))
    assert "已经在保全" in shown(client.post("/desk/holds/", typed(case.number)))
    assert Hold.objects.count() == 1


@pytest.mark.parametrize("who", ["window", "reviewer", "approver", "elsewhere"])
def test_only_whoever_the_matrix_names(cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get("/desk/holds/").status_code == 403
    assert client.post("/desk/holds/", typed(closed(cast).number)).status_code == 403
    assert client.get("/desk/retention/").status_code == 403
    assert not Hold.objects.exists()


def test_the_report_names_rules_and_numbers_and_nobody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_by(monkeypatch, rule("rest", "case", "1y"))
    case = closed(cast)
    held: Any = signed_in(cast.supervisor).post("/desk/holds/", typed(closed(cast).number))
    assert held.status_code == 302
    erase_due(NOW.replace(year=2027, month=11))
    page = signed_in(cast.supervisor).get("/desk/retention/")
    words = shown(page)
    assert "rest" in words
    assert "办件 rest 《中华人民共和国档案法》第十三条 1 1 0" in words
    for personal in ("王淑兰", case.number, case.query_code):
        assert personal not in page.content.decode()


def test_the_board_says_how_many_of_a_number_were_erased(cast: Cast) -> None:
    gone = closed(cast)
    accepted(cast)
    erase(gone, "rest", today=NOW.date())
    page = signed_in(cast.supervisor).get("/board/cases/?figure=received")
    assert "另有 1 件保存期满" in shown(page)
    assert gone.number not in page.content.decode()
