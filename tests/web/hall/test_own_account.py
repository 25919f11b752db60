"""One's own account: what it shows, and how password, phone and identity number change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from support.actors import PASSWORD, Cast, citizen
from support.texts import Texts, texts_in
from support.visits import come_in, long_in, shown, signed_in

from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Level, Person
from yinuo.web import sentences

pytestmark = pytest.mark.usefixtures("clock")

ITEM = "jg-vehicle-transfer"
PAGES = ["/account/", "/account/password/", "/account/phone/", "/account/phone/enter/", "/account/identity/"]
NEW, NUMBER = "three cats on the roof", "11010519491231002X"


@pytest.fixture
def texts(tmp_path: Path) -> Iterator[Texts]:
    with texts_in(tmp_path) as made:
        yield made


def test_the_page_shows_enough_to_know_it_is_oneself_and_no_more(cast: Cast) -> None:
    page = shown(signed_in(cast.citizen).get("/account/"))
    assert "王淑兰" in page
    assert "138****0001" in page
    assert "13800000001" not in page


@pytest.mark.parametrize("path", PAGES)
def test_an_account_is_for_citizens_who_are_signed_in(cast: Cast, path: str) -> None:
    assert Client().get(path)["Location"].startswith("/sign-in/")
    assert signed_in(cast.window).get(path)["Location"] in ("/desk/", "/account/")


def test_a_password_changes_with_the_old_one_and_ends_the_other_sessions(cast: Cast) -> None:
    here, elsewhere = signed_in(cast.citizen), signed_in(cast.citizen)
    wrong = here.post("/account/password/", {"old_password": "not it", "password": NEW})
    assert sentences.field("wrong-password") in shown(wrong)
    assert here.post("/account/password/", {"old_password": PASSWORD, "password": NEW}).status_code == 302
    assert here.get("/cases/").status_code == 200
    assert elsewhere.get("/cases/").status_code == 302
    cast.citizen.refresh_from_db()
    assert cast.citizen.check_password(NEW)


def test_an_account_without_a_password_is_changed_right_after_signing_in_only(db: None) -> None:
    zhou = Person.objects.create_citizen("13900000006", "周晓燕", None)
    found_open = long_in(zhou).post("/account/password/", {"password": NEW})
    assert "请退出后重新登录" in shown(found_open)
    assert signed_in(zhou).post("/account/password/", {"password": NEW}).status_code == 302
    zhou.refresh_from_db()
    assert zhou.check_password(NEW)


def test_a_password_that_is_too_long_is_told_and_not_cut(cast: Cast) -> None:
    typed = {"old_password": PASSWORD, "password": NEW * 10}
    response = signed_in(cast.citizen).post("/account/password/", typed)
    assert sentences.field("password-long") in shown(response)


def test_a_weak_password_is_not_taken(cast: Cast) -> None:
    typed = {"old_password": PASSWORD, "password": "wangshulan"}
    response = signed_in(cast.citizen).post("/account/password/", typed)
    assert sentences.field("weak-password") in shown(response)
    assert "wangshulan" not in response.content.decode()


def test_a_phone_moves_with_password_and_code_and_the_old_one_is_told(cast: Cast, texts: Texts) -> None:
    client = signed_in(cast.citizen)
    no = client.post("/account/phone/", {"phone": "13700000009", "old_password": "not it"})
    assert no.status_code == 422
    client.post("/account/phone/", {"phone": "13700000009", "old_password": PASSWORD})
    response = client.post("/account/phone/enter/", {"code": texts.code("13700000009")})
    assert response["Location"] == "/account/"
    assert "137****0009" in shown(client.get("/account/"))
    assert Person.objects.by_login("13700000009") == cast.citizen
    assert Person.objects.by_login("13800000001") is None
    assert "换到另一个手机号" in texts.to("13800000001")[-1]


def test_the_number_of_another_account_looks_like_any_other_and_gets_no_code(
    cast: Cast, texts: Texts
) -> None:
    client = signed_in(cast.citizen)
    asked = client.post("/account/phone/", {"phone": "13800000002", "old_password": PASSWORD})
    assert asked["Location"] == "/account/phone/enter/"
    assert "已经有账号" in texts.to("13800000002")[0]
    tried = client.post("/account/phone/enter/", {"code": "000000"})
    assert sentences.field("wrong-code") in shown(tried)
    assert Person.objects.by_login("13800000002") == cast.stranger


def test_a_code_moves_the_account_that_asked_for_it_only(cast: Cast, texts: Texts) -> None:
    client = signed_in(cast.citizen)
    client.post("/account/phone/", {"phone": "13700000009", "old_password": PASSWORD})
    come_in(client, cast.stranger)
    session = client.session
    session["asked"] = {"phone": str(_newest_code())}
    session.save()
    response = client.post("/account/phone/enter/", {"code": texts.code("13700000009")})
    assert sentences.field("wrong-code") in shown(response)
    assert Person.objects.by_login("13700000009") is None


def _newest_code() -> object:
    from yinuo.apps.signing_in.models import Code

    return Code.objects.latest("made_at").pk


def test_an_identity_number_is_checked_and_leads_on(db: None) -> None:
    person = citizen("13700000001", "周晓燕", Level.NONE)
    client = signed_in(person)
    wrong = client.post("/account/identity/", {"identity": "110105194912310021"})
    assert sentences.field("bad-check-digit") in shown(wrong)
    typed = {"identity": NUMBER.lower(), "next": "/items/jg-vehicle-transfer/"}
    assert client.post("/account/identity/", typed)["Location"] == "/items/jg-vehicle-transfer/"
    person.refresh_from_db()
    assert (person.level, person.identity) == (Level.CHECKED, NUMBER)
    page = shown(client.get("/account/"))
    assert "1101************2X" in page
    assert NUMBER not in page


@pytest.mark.parametrize(("asked", "step"), [("checked", "/account/identity/"), ("verified", "/account/")])
def test_an_item_that_asks_who_one_is_leads_there_and_back(
    db: None, monkeypatch: pytest.MonkeyPatch, asked: str, step: str
) -> None:
    served = catalogue()
    entry = served.entries[ITEM]
    item = replace(entry.item, real_name=asked)
    named = replace(served, entries={**served.entries, ITEM: replace(entry, item=item)})
    monkeypatch.setattr("yinuo.web.hall.applying.catalogue", lambda: named)
    monkeypatch.setattr("yinuo.web.hall.guides.catalogue", lambda: named)
    client = signed_in(citizen("13700000001", "周晓燕", Level.NONE))
    assert "实名：" in shown(client.get(f"/items/{ITEM}/"))
    response = client.post(f"/items/{ITEM}/apply/")
    assert response["Location"] == f"{step}?next=%2Fitems%2F{ITEM}%2F"
    assert sentences.REFUSALS[f"real-name-{asked}"] in shown(client.get(response["Location"]))
