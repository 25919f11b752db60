"""The administrator's pages: accounts, posts, resets; and no case anywhere."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from support.actors import UNIT, Cast, member
from support.factors import bound
from support.fixed_clock import NOW
from support.journeys import submitted
from support.visits import shown, signed_in

from yinuo.apps.access.models import Change
from yinuo.apps.access.queries import factor_of
from yinuo.apps.people.models import Person

PEOPLE = "/desk/people/"


@pytest.fixture
def admin(cast: Cast) -> Person:
    return member("admin-1", "baicheng-bureau", "administrator")


def page_of(person: Person) -> str:
    return f"{PEOPLE}{person.pk}/"


def test_only_an_administrator_comes_here(cast: Cast, admin: Person) -> None:
    for person in (cast.citizen, cast.window, cast.supervisor, member("editor-1", UNIT, "editor")):
        client = signed_in(person)
        addresses = (PEOPLE, f"{PEOPLE}record/", page_of(cast.window))
        assert {client.get(one).status_code for one in addresses} == {403}, person
        assert client.post(f"{page_of(cast.reviewer)}close/", {"reason": "x"}).status_code == 403
    assert signed_in(admin).get(PEOPLE).status_code == 200


def test_an_account_is_made_and_its_password_shown_once(admin: Person, clock: Any) -> None:
    client = signed_in(admin)
    typed = {"login": "clerk-7", "name": "赵一", "reason": "新来的"}
    page = client.post(f"{PEOPLE}add/", typed)
    password = re.search(r'id="first-password">([A-Z2-9-]{17})<', page.content.decode())
    assert password is not None
    assert "no-store" in page["Cache-Control"]
    response = Client().post("/sign-in/", {"login": "clerk-7", "password": password[1]})
    assert response["Location"] == "/sign-in/second/"
    again = client.post(f"{PEOPLE}add/", typed)
    assert (again.status_code, "已经有人用了" in shown(again)) == (422, True)


def test_people_are_found_by_number_and_by_name_and_citizens_are_not(cast: Cast, admin: Person) -> None:
    client = signed_in(admin)
    assert "window-1" in shown(client.post(PEOPLE, {"q": "window"}, follow=True))
    assert "reviewer-1" not in shown(client.post(PEOPLE, {"q": "window"}, follow=True))
    assert "没有找到" in shown(client.post(PEOPLE, {"q": cast.citizen.name}, follow=True))
    assert client.get(page_of(cast.citizen)).status_code == 404


def test_posts_are_given_and_ended_with_a_reason(cast: Cast, admin: Person, clock: Any) -> None:
    client, person = signed_in(admin), member("clerk-7", UNIT)
    give = {"post": "window", "unit": UNIT, "starts_on": str(NOW.date()), "ends_on": "", "reason": "新来的"}
    assert client.post(f"{page_of(person)}give/", give).status_code == 302
    held = person.posts.get()
    no = client.post(f"{page_of(person)}give/", give | {"post": "editor", "unit": "baicheng-bureau"})
    assert (no.status_code, "写规则的人不按规则作决定" in shown(no)) == (422, True)
    end = {"held": str(held.pk), "when": "now", "reason": "调走"}
    assert client.post(f"{page_of(person)}end/", end | {"reason": ""}).status_code == 422
    assert client.post(f"{page_of(person)}end/", end).status_code == 302
    assert not person.posts.exists(), "it began today and is over: it was never held for a day"
    record = shown(client.get(f"{PEOPLE}record/"))
    for words in ("给岗位：窗口岗", "结束岗位：窗口岗", "新来的", "调走", admin.name):
        assert words in record


def test_a_lost_telephone_is_a_reason_that_is_recorded(cast: Cast, admin: Person, clock: Any) -> None:
    bound(cast.window, NOW)
    window, client = signed_in(cast.window), signed_in(admin)
    assert client.post(f"{page_of(cast.window)}reset-factor/", {"reason": "手机丢了"}).status_code == 302
    assert factor_of(cast.window) is None
    assert window.get("/desk/").status_code == 302
    change = Change.objects.get(what="factor-reset")
    assert (change.by, change.person, change.reason) == (admin, cast.window, "手机丢了")
    assert "手机丢了" in shown(signed_in(cast.window).get("/desk/security/"))


def test_the_same_administrator_does_not_reset_both(cast: Cast, admin: Person, clock: Any) -> None:
    bound(cast.window, NOW)
    client = signed_in(admin)
    assert client.post(f"{page_of(cast.window)}reset-password/", {"reason": "忘了"}).status_code == 200
    response = client.post(f"{page_of(cast.window)}reset-factor/", {"reason": "手机丢了"})
    assert (response.status_code, "请另一位账号管理员来重置" in shown(response)) == (422, True)
    assert factor_of(cast.window) is not None


def test_a_closed_account_is_out_at_once(cast: Cast, admin: Person, clock: Any) -> None:
    window = signed_in(cast.window)
    assert signed_in(admin).post(f"{page_of(cast.window)}close/", {"reason": "退休"}).status_code == 302
    assert window.get("/desk/").status_code == 302


def test_nobody_changes_the_own_account(admin: Person, clock: Any) -> None:
    client = signed_in(admin)
    assert "这是您自己的账号" in shown(client.get(page_of(admin)))
    give = {"post": "window", "unit": UNIT, "starts_on": str(NOW.date()), "reason": "我要"}
    for verb in ("give", "close", "reset-factor", "reset-password"):
        response = client.post(f"{page_of(admin)}{verb}/", give)
        assert (response.status_code, "不能给自己" in shown(response)) == (422, True), verb
    assert not Change.objects.exists()


def test_an_administrator_reads_no_case_anywhere(cast: Cast, admin: Person, clock: Any) -> None:
    case = submitted(cast)
    client = signed_in(admin)
    for address in ("/desk/", "/desk/owed/", "/desk/calls/", "/desk/notices/"):
        page = client.get(address)
        assert case.number not in page.content.decode(), address
        assert case.applicant.name not in shown(page), address
    for address in (f"/desk/cases/{case.number}/", "/board/", f"/desk/calls/{case.number}/"):
        assert client.get(address).status_code in (403, 404), address


def test_an_editor_publishes_and_an_administrator_does_not(admin: Person) -> None:
    assert signed_in(admin).post("/desk/catalogue/publish/").status_code == 403


def test_what_is_wrong_is_told_at_its_place(cast: Cast, admin: Person, clock: Any) -> None:
    client, address = signed_in(admin), f"{page_of(cast.window)}give/"
    give = {"post": "approver", "unit": UNIT, "starts_on": str(NOW.date()), "ends_on": "", "reason": "调岗"}
    yesterday = str(NOW.date() - timedelta(days=1))
    for changes, words in (
        ({"starts_on": "x"}, "请填完整的日期"),
        ({"starts_on": yesterday}, "已经过了"),
        ({"ends_on": yesterday}, "在开始之前"),
        ({"post": "king"}, "请从给出的选项里选"),
        ({"reason": ""}, "请写明理由"),
    ):
        response = client.post(address, give | changes)
        assert (response.status_code, words in shown(response)) == (422, True), changes
    assert client.post(f"{page_of(cast.window)}promote/", give).status_code == 404
