"""Signing up, signing in and a new password with a code by text message, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from support.actors import PASSWORD, Cast
from support.fixed_clock import NOW
from support.texts import Texts, texts_in
from support.visits import shown, signed_in, value_of

from yinuo.apps.people.models import Level, Person
from yinuo.web import sentences

pytestmark = pytest.mark.usefixtures("clock")

KNOWN, UNKNOWN = "13800000001", "13900000009"
NEW_PASSWORD = "three cats on the roof"
WAYS = {"/sign-in/code/": "/sign-in/code/enter/", "/sign-in/reset/": "/sign-in/reset/enter/"}


@pytest.fixture
def texts(tmp_path: Path) -> Iterator[Texts]:
    with texts_in(tmp_path) as made:
        yield made


def ask(client: Client, path: str, phone: str, **more: str) -> Any:
    return client.post(path, {"phone": phone, **more})


def sign_up(client: Client, code: str, **changed: str) -> Any:
    typed = {"code": code, "name": "周晓燕", "password": NEW_PASSWORD}
    return client.post("/register/enter/", typed | changed)


def without_phone(response: Any) -> str:
    return shown(response).replace("138****0001", "").replace("139****0009", "")


def test_signing_up_signs_in(db: None, texts: Texts) -> None:
    client = Client()
    assert ask(client, "/register/", "139 0000 0009")["Location"] == "/register/enter/"
    assert "139****0009" in shown(client.get("/register/enter/"))
    response = sign_up(client, texts.code(UNKNOWN))
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "周晓燕" in shown(client.get("/"))
    person = Person.objects.get()
    assert (person.phone, person.level) == (UNKNOWN, Level.NONE)


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(db: None, texts: Texts) -> None:
    client = Client()
    ask(client, "/register/", UNKNOWN)
    response = sign_up(client, texts.code(UNKNOWN), password="12345678")
    assert response.status_code == 422
    assert sentences.field("weak-password") in shown(response)
    assert value_of(response, "name") == "周晓燕"
    assert not value_of(response, "password")
    assert "12345678" not in response.content.decode()
    assert not Person.objects.exists()
    assert sign_up(client, texts.code(UNKNOWN)).status_code == 302  # the slip has cost no try


def test_a_slip_in_the_phone_number_is_said_and_stays(db: None, texts: Texts) -> None:
    response = ask(Client(), "/register/", "1390000")
    assert response.status_code == 422
    assert sentences.field("bad-length") in shown(response)
    assert value_of(response, "phone") == "1390000"


def test_a_wrong_code_opens_no_account(db: None, texts: Texts) -> None:
    client = Client()
    ask(client, "/register/", UNKNOWN)
    wrong = f"{(int(texts.code(UNKNOWN)) + 1) % 1_000_000:06}"
    response = sign_up(client, wrong)
    assert sentences.field("wrong-code") in shown(response)
    assert not Person.objects.exists()


def test_nobody_learns_who_has_an_account_by_signing_up(cast: Cast, texts: Texts) -> None:
    pages = []
    for phone in (KNOWN, UNKNOWN):
        client = Client()
        asked = ask(client, "/register/", phone)
        tried = sign_up(client, "000000")
        seen = [without_phone(one) for one in (client.get("/register/enter/"), tried)]
        pages.append((asked.status_code, asked["Location"], tried.status_code, *seen))
    assert pages[0] == pages[1]
    assert "已经注册过" in texts.to(KNOWN)[0]


@pytest.mark.parametrize(("path", "then"), WAYS.items())
def test_nobody_learns_who_has_an_account_by_asking_for_a_code(
    cast: Cast, texts: Texts, path: str, then: str
) -> None:
    pages = []
    for phone in (KNOWN, UNKNOWN):
        client = Client()
        asked = ask(client, path, phone)
        page = without_phone(client.get(then))
        pages.append((asked.status_code, asked["Location"], page))
    assert pages[0] == pages[1]
    assert texts.to(UNKNOWN) == []


def test_a_code_signs_in_and_the_session_is_a_new_one(cast: Cast, texts: Texts) -> None:
    client = Client()
    ask(client, "/sign-in/code/", KNOWN, next="/windows/")
    before = client.session.session_key
    response = client.post("/sign-in/code/enter/", {"code": texts.code(KNOWN), "next": "/windows/"})
    assert (response.status_code, response["Location"]) == (302, "/windows/")
    assert client.get("/cases/").status_code == 200
    assert client.session.session_key != before


def test_a_code_that_another_browser_asked_for_is_none_here(cast: Cast, texts: Texts) -> None:
    ask(Client(), "/sign-in/code/", KNOWN)
    stranger = Client()
    response = stranger.post("/sign-in/code/enter/", {"code": texts.code(KNOWN)})
    assert response["Location"] == "/sign-in/code/"
    assert stranger.get("/cases/").status_code == 302


def test_a_code_asked_for_twice_within_a_minute_is_sent_once(cast: Cast, texts: Texts, clock: Any) -> None:
    client = Client()
    ask(client, "/sign-in/code/", KNOWN)
    again = ask(client, "/sign-in/code/", KNOWN)
    assert again.status_code == 422
    assert "等一分钟" in shown(again)
    clock.move_to(NOW + timedelta(seconds=61))
    assert ask(client, "/sign-in/code/", KNOWN).status_code == 302
    assert len(texts.to(KNOWN)) == 2


def test_no_phone_number_stands_in_a_session_or_an_address(cast: Cast, texts: Texts) -> None:
    client = Client()
    addresses = [ask(client, path, KNOWN)["Location"] for path in (*WAYS, "/register/")]
    assert not any(KNOWN in one for one in addresses)
    assert not any(KNOWN in str(one.get_decoded()) for one in Session.objects.all())


def test_a_forgotten_password_is_replaced_and_ends_every_session(cast: Cast, texts: Texts) -> None:
    elsewhere, client = signed_in(cast.citizen), Client()
    assert elsewhere.get("/cases/").status_code == 200
    ask(client, "/sign-in/reset/", KNOWN)
    typed = {"code": texts.code(KNOWN), "password": NEW_PASSWORD}
    assert client.post("/sign-in/reset/enter/", typed)["Location"] == "/sign-in/"
    assert elsewhere.get("/cases/").status_code == 302
    assert Client().post("/sign-in/", {"login": KNOWN, "password": PASSWORD}).status_code == 422
    assert Client().post("/sign-in/", {"login": KNOWN, "password": NEW_PASSWORD}).status_code == 302


def test_a_weak_new_password_costs_the_code_no_try(cast: Cast, texts: Texts) -> None:
    client = Client()
    ask(client, "/sign-in/reset/", KNOWN)
    weak = {"code": texts.code(KNOWN), "password": KNOWN}
    assert sentences.field("weak-password") in shown(client.post("/sign-in/reset/enter/", weak))
    good = {"code": texts.code(KNOWN), "password": NEW_PASSWORD}
    assert client.post("/sign-in/reset/enter/", good).status_code == 302


@pytest.mark.parametrize("path", [*WAYS.values(), "/register/enter/"])
def test_without_a_code_on_its_way_one_begins_at_the_beginning(db: None, path: str) -> None:
    assert Client().get(path)["Location"] == path.removesuffix("enter/")
    assert Client().post(path, {"code": "000000"})["Location"] == path.removesuffix("enter/")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_place(cast: Cast, texts: Texts, target: str) -> None:
    client = Client()
    assert "evil" not in ask(client, "/register/", UNKNOWN, next=target)["Location"]
    assert sign_up(client, texts.code(UNKNOWN), next=target)["Location"] == "/"


def test_a_city_without_a_gateway_says_so(db: None) -> None:
    assert "还没有接通短信" in shown(Client().get("/register/"))
    assert ask(Client(), "/register/", UNKNOWN).status_code == 422
    assert "验证码" not in shown(Client().get("/sign-in/"))


def test_the_message_is_in_the_language_of_the_page(cast: Cast, texts: Texts) -> None:
    client = Client()
    ask(client, "/sign-in/code/", KNOWN)
    assert texts.to(KNOWN)[0].startswith("【一诺】登录验证码 ")


def test_the_demo_shows_its_messages_and_nothing_else_does(db: None, tmp_path: Path) -> None:
    (tmp_path / "text-messages.jsonl").write_text(
        '{"to": "13900000009", "text": "码 <123456>", "id": "a", "at": "2026-03-02T01:00:00+00:00"}\n'
        '{"to": "1'  # the gateway is writing it
    )
    assert Client().get("/demo/messages/").status_code == 404
    with override_settings(DEMO=True, DATA=tmp_path):
        page = shown(Client().get("/demo/messages/"))
    assert "码 <123456>" in page
    assert "只有演示才有这一页" in page
