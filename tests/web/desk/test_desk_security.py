"""One's own sign-in at the desk: places, recovery codes, password; and posts during an absence."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from support.actors import PASSWORD, Cast
from support.factors import bound, code_at
from support.fixed_clock import NOW
from support.journeys import submitted
from support.visits import shown, signed_in

from yinuo.apps.access.models import Delegation, PersonSession
from yinuo.apps.access.queries import recovery_codes_left
from yinuo.apps.cases.models import CaseEvent

SECURITY, ABSENCE = "/desk/security/", "/desk/absence/"


def test_one_sees_where_one_is_signed_in_and_signs_out_there(cast: Cast, clock: Any) -> None:
    there, here = signed_in(cast.window), signed_in(cast.window)
    page = here.get(SECURITY)
    assert page.content.decode().count("Test · Test") == 2
    (address,) = re.findall(r'action="(/desk/security/[0-9a-f-]{36}/)"', page.content.decode())
    assert here.post(address)["Location"] == SECURITY
    assert there.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200


def test_nobody_signs_somebody_else_out(cast: Cast, clock: Any) -> None:
    window = signed_in(cast.window)
    session = PersonSession.objects.get()
    assert signed_in(cast.reviewer).post(f"{SECURITY}{session.pk}/").status_code == 404
    assert window.get("/desk/").status_code == 200


def test_signing_out_everywhere_is_everywhere(cast: Cast, clock: Any) -> None:
    clients = [signed_in(cast.window) for _ in range(2)]
    assert clients[0].post(f"{SECURITY}everywhere/")["Location"] == "/sign-in/"
    assert [one.get("/desk/").status_code for one in clients] == [302, 302]


def test_signing_out_takes_the_place_off_the_list(cast: Cast, clock: Any) -> None:
    signed_in(cast.window).post("/sign-out/")
    assert PersonSession.objects.get().why == "signed-out"


def test_half_an_hour_without_a_page_and_one_is_told_why(cast: Cast, clock: Any) -> None:
    client = signed_in(cast.window)
    clock.shift(timedelta(minutes=31))
    assert "太久没有操作" in shown(client.get("/desk/", follow=True))


def test_new_recovery_codes_are_for_whoever_has_the_authenticator(cast: Cast, clock: Any) -> None:
    bound(cast.window, NOW)
    client = signed_in(cast.window)
    assert client.post(f"{SECURITY}codes/", {"code": "000000"}).status_code == 422
    assert recovery_codes_left(cast.window) == 0
    page = client.post(f"{SECURITY}codes/", {"code": code_at(NOW)})
    assert len(re.findall(r"[A-Z2-9]{5}(?:-[A-Z2-9]{5}){2}", shown(page))) == 10
    assert "还有 10 个没用过的恢复码" in shown(client.get(SECURITY))


def test_another_password_ends_every_other_session(cast: Cast, clock: Any) -> None:
    there, here = signed_in(cast.window), signed_in(cast.window)
    new = {"password": "four plain words together"}
    assert here.post(f"{SECURITY}password/", new | {"old": "wrong"}).status_code == 422
    assert here.post(f"{SECURITY}password/", new | {"old": PASSWORD})["Location"] == SECURITY
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302


def absence(cast: Cast, **changes: str) -> dict[str, str]:
    post = cast.approver.posts.get(post="approver")
    today = NOW.date()
    last = str(today + timedelta(days=3))
    facts = {
        "post": str(post.pk),
        "deputy": "window-1",
        "starts_on": str(today),
        "ends_on": last,
        "reason": "年假",
    }
    return facts | changes


def test_a_deputy_is_named_on_the_page_and_taken_back(cast: Cast, clock: Any) -> None:
    client = signed_in(cast.approver)
    assert client.post(ABSENCE, absence(cast))["Location"] == ABSENCE
    page = shown(signed_in(cast.window).get(ABSENCE))
    assert "审批岗" in page
    assert f"由 {cast.approver.name} 安排" in page
    made = Delegation.objects.get()
    assert signed_in(cast.reviewer).post(f"{ABSENCE}{made.pk}/end/").status_code == 404
    assert client.post(f"{ABSENCE}{made.pk}/end/").status_code == 302
    assert "没有正在进行" in shown(client.get(ABSENCE))


def test_what_is_wrong_with_an_absence_is_told(cast: Cast, clock: Any) -> None:
    client = signed_in(cast.approver)
    for changes, words in (
        ({"deputy": "nobody-9"}, "请选择交给谁"),
        ({"deputy": "approver-1"}, "不能给自己"),
        ({"starts_on": "soon"}, "请填完整的日期"),
        ({"ends_on": "2027-12-01"}, "代理最长 92 天"),
        ({"reason": " "}, "请写明理由"),
        ({"post": "0"}, "请从给出的选项里选"),
    ):
        response = client.post(ABSENCE, absence(cast, **changes))
        assert response.status_code == 422, changes
        assert words in shown(response), changes
    assert not Delegation.objects.exists()


def test_what_a_deputy_did_says_for_whom(cast: Cast, clock: Any) -> None:
    case = submitted(cast)
    post = str(cast.window.posts.get(post="window").pk)
    signed_in(cast.window).post(ABSENCE, absence(cast, post=post, deputy="reviewer-1"))
    deputy = signed_in(cast.reviewer)
    seen = str(CaseEvent.objects.filter(case=case).count())
    assert deputy.post(f"/desk/cases/{case.number}/accept/", {"seen": seen}).status_code == 302
    words = f"{cast.reviewer.name}（代理 {cast.window.name}）"
    assert words in shown(deputy.get(f"/desk/cases/{case.number}/"))
    assert words in shown(signed_in(cast.citizen).get(f"/cases/{case.number}/"))


def test_the_matrix_is_shown_to_all_staff(cast: Cast) -> None:
    page = shown(signed_in(cast.window).get("/desk/posts/"))
    for words in ("作出决定", "发布事项目录", "目录编辑岗 × 账号管理岗", "给岗位的人看不到办件"):
        assert words in page
