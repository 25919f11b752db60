"""Where a citizen is signed in: the list on the account page, signing out there, and what ends a session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from support.actors import PASSWORD, Cast
from support.drafts import begun, stored
from support.texts import Texts, texts_in
from support.visits import asked_to_sign_in, sent_to_sign_in, shown, signed_in

from yinuo.apps.access.models import PersonSession
from yinuo.apps.items.queries import catalogue

ACCOUNT, ELSEWHERE = "/account/", "/account/sessions/end/"
THERE = re.compile(r'action="(/account/sessions/[0-9a-f-]{36}/end/)"')
HOUR = timedelta(hours=1)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def texts(tmp_path: Path) -> Iterator[Texts]:
    with texts_in(tmp_path) as made:
        yield made


def came_in(client: Client | None = None) -> Client:
    """By the sign-in page."""
    client = client or Client(headers={"User-Agent": FIREFOX})
    assert client.post("/sign-in/", {"login": "13800000001", "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/cases/").status_code == 200


def test_the_list_says_which_browser_since_when_and_when_last(cast: Cast, clock: Any) -> None:
    here = came_in()
    clock.shift(timedelta(minutes=20))
    page = shown(here.get(ACCOUNT))
    assert "Firefox · Windows 就是这里 10月12日 09:30 登录，10月12日 09:50 打开过网页" in page
    assert "60 分钟没有打开网页，或者登录满 12 小时" in page


def test_who_is_signed_in_here_only_is_told_so(cast: Cast, clock: Any) -> None:
    page = signed_in(cast.citizen).get(ACCOUNT)
    assert "别处没有登录" in shown(page)
    assert ELSEWHERE not in page.content.decode()
    assert not THERE.search(page.content.decode())


def test_one_place_is_signed_out_and_only_that(cast: Cast, clock: Any) -> None:
    there, here, third = (signed_in(cast.citizen) for _ in range(3))
    PersonSession.objects.filter(pk=there.session["person_session"]).update(browser="Edge · Windows")
    page = here.get(ACCOUNT).content.decode()
    (address,) = [one for one in THERE.findall(page) if there.session["person_session"] in one]
    assert len(THERE.findall(page)) == 2
    assert here.post(address)["Location"] == ACCOUNT
    assert [is_in(one) for one in (there, here, third)] == [False, True, True]
    assert "Edge" not in shown(here.get(ACCOUNT))


def test_everywhere_else_is_not_here(cast: Cast, clock: Any) -> None:
    clients = [signed_in(cast.citizen) for _ in range(3)]
    other = signed_in(cast.stranger)
    assert clients[1].post(ELSEWHERE)["Location"] == ACCOUNT
    assert [is_in(one) for one in clients] == [False, True, False]
    assert is_in(other)


def test_nobody_signs_somebody_else_out(cast: Cast, clock: Any) -> None:
    citizen = signed_in(cast.citizen)
    address = f"/account/sessions/{citizen.session['person_session']}/end/"
    for person in (cast.stranger, cast.window):
        assert signed_in(person).post(address).status_code == 404
    assert sent_to_sign_in(Client().post(address))
    assert is_in(citizen)


def test_whoever_is_signed_out_there_is_told_on_the_sign_in_page(cast: Cast, clock: Any) -> None:
    there, here = signed_in(cast.citizen), signed_in(cast.citizen)
    here.post(ELSEWHERE)
    assert "您在别处让这里退出了" in shown(there.get("/cases/", follow=True))


def test_an_hour_without_a_page_and_one_is_told_why_once(cast: Cast, clock: Any) -> None:
    client, words = signed_in(cast.citizen), "太久没有操作，已经自动退出"
    clock.shift(HOUR - timedelta(seconds=1))
    assert is_in(client)
    clock.shift(HOUR)
    assert words in shown(client.get("/cases/", follow=True))
    assert words not in shown(came_in(client).get("/cases/"))


def test_twelve_hours_after_signing_in_one_is_told_why_once(cast: Cast, clock: Any) -> None:
    client, words = came_in(), "登录时间到了，请重新登录"
    for _ in range(24):
        assert is_in(client)
        clock.shift(HOUR / 2)
    clock.shift(-timedelta(seconds=1))
    assert is_in(client)
    clock.shift(timedelta(seconds=1))
    assert words in shown(client.get("/cases/", follow=True))
    assert words not in shown(came_in(client).get("/cases/"))


def test_what_was_typed_outlives_the_session(cast: Cast, clock: Any) -> None:
    draft = begun(cast.citizen)
    pages = [one for one in catalogue().items[draft.item].form.pages if one.when is None]
    key, question = next(
        (one.key, field.key)
        for one in pages
        for field in one.fields
        if field.type == "text" and field.when is None
    )
    address = f"/apply/{draft.pk}/form/{key}/"
    client = signed_in(cast.citizen)
    clock.shift(HOUR)
    page = client.post(address, {question: "王淑兰", "later": ""})
    assert asked_to_sign_in(page)
    assert "刚才填的内容还在" in shown(page)
    assert "太久没有操作" in shown(page)
    held = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.content.decode())
    login = {"login": "13800000001", "password": PASSWORD}
    again = client.post("/sign-in/", dict(held) | login)
    assert "太久没有操作" not in shown(again)
    assert client.post(address, {question: "王淑兰", "later": ""}).status_code == 302
    assert stored(draft).answers[question] == "王淑兰"


def test_two_tabs_share_one_session_and_end_together(cast: Cast, clock: Any) -> None:
    tabs = came_in()
    key = tabs.session["person_session"]
    clock.shift(timedelta(minutes=40))
    assert is_in(tabs), "the first"
    clock.shift(timedelta(minutes=40))
    assert is_in(tabs), "the second, kept open by the first"
    assert tabs.session["person_session"] == key
    clock.shift(HOUR)
    assert sent_to_sign_in(tabs.get("/cases/"))
    assert sent_to_sign_in(tabs.get("/account/"))
    assert PersonSession.objects.get().why == "idle"


def test_signing_in_again_in_a_second_tab_leaves_one_place_on_the_list(cast: Cast, clock: Any) -> None:
    tabs = came_in(came_in())
    assert list(PersonSession.objects.order_by("started_at", "why").values_list("why", flat=True)) == [
        "",
        "signed-out",
    ]
    assert shown(tabs.get(ACCOUNT)).count("Firefox · Windows") == 1


def test_signing_out_ends_the_row(cast: Cast, clock: Any) -> None:
    signed_in(cast.citizen).post("/sign-out/")
    assert PersonSession.objects.get().why == "signed-out"


def test_staff_who_sign_in_where_a_citizen_was_end_that_session(cast: Cast, clock: Any) -> None:
    client = signed_in(cast.citizen)
    client.post("/sign-in/", {"login": "window-1", "password": PASSWORD})
    assert PersonSession.objects.get(person=cast.citizen).why == "signed-out"


def test_a_cookie_without_a_row_opens_nothing(cast: Cast, clock: Any) -> None:
    client = Client()
    client.force_login(cast.citizen)
    assert sent_to_sign_in(client.get("/cases/"))
    assert "_auth_user_id" not in client.session


def test_a_phone_that_moves_ends_the_other_sessions(cast: Cast, clock: Any, texts: Texts) -> None:
    there, here = signed_in(cast.citizen), signed_in(cast.citizen)
    here.post("/account/phone/", {"phone": "13700000009", "old_password": PASSWORD})
    assert is_in(there), "not yet"
    here.post("/account/phone/enter/", {"code": texts.code("13700000009")})
    assert is_in(here)
    assert "手机号换过了" in shown(there.get("/cases/", follow=True))


def test_a_new_password_keeps_this_session_and_its_end(cast: Cast, clock: Any) -> None:
    there, here = signed_in(cast.citizen), signed_in(cast.citizen)
    begun_at = PersonSession.objects.get(pk=here.session["person_session"]).started_at
    clock.shift(timedelta(minutes=30))
    typed = {"old_password": PASSWORD, "password": "three cats on the roof"}
    assert here.post("/account/password/", typed).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    kept = PersonSession.objects.get(ended_at=None)
    assert (str(kept.pk), kept.started_at) == (here.session["person_session"], begun_at)


def test_a_forgotten_password_ends_every_session(cast: Cast, clock: Any, texts: Texts) -> None:
    there, lost = signed_in(cast.citizen), Client()
    lost.post("/sign-in/reset/", {"phone": "13800000001"})
    typed = {"code": texts.code("13800000001"), "password": "three cats on the roof"}
    assert lost.post("/sign-in/reset/enter/", typed).status_code == 302
    assert not is_in(there)
    assert PersonSession.objects.get().why == "password-changed"
