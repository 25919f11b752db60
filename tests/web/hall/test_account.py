"""Signing in with a password, signing out; language and large type."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from support.actors import PASSWORD, Cast
from support.visits import shown, signed_in, value_of

from yinuo.apps.people.models import Person
from yinuo.web import sentences

pytestmark = pytest.mark.usefixtures("clock")

EVIL = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "cases",
    "foo",
    "\x01/cases/",
]


def sign_in(login: str, password: str = PASSWORD, **more: str) -> Any:
    return Client().post("/sign-in/", {"login": login, "password": password, **more})


@pytest.mark.parametrize("written", ["13800000001", "138 0000 0001", "+86 138-0000-0001", " 13800000001 "])
def test_a_citizen_signs_in_with_a_phone_number_however_it_is_written(cast: Cast, written: str) -> None:
    response = sign_in(written)
    assert (response.status_code, response["Location"]) == (302, "/cases/")
    assert response.client.get("/cases/").status_code == 200


def test_staff_come_to_their_second_factor(cast: Cast) -> None:
    assert sign_in("window-1")["Location"] == "/sign-in/second/"


def test_an_unknown_account_and_a_wrong_password_look_the_same(cast: Cast) -> None:
    unknown, wrong = sign_in("13899999999"), sign_in("13800000001", "not the password")
    assert unknown.status_code == wrong.status_code == 422
    for response in (unknown, wrong):
        assert sentences.field("wrong-login") in shown(response)
    assert shown(unknown).replace("13899999999", "") == shown(wrong).replace("13800000001", "")
    assert value_of(unknown, "login") == "13899999999"


def test_the_password_is_never_given_back(cast: Cast) -> None:
    assert "not the password" not in sign_in("13800000001", "not the password").content.decode()


def test_who_may_not_sign_in_any_more_gets_the_same_answer_and_is_out_at_once(cast: Cast) -> None:
    client = signed_in(cast.citizen)
    Person.objects.filter(pk=cast.citizen.pk).update(is_active=False)
    assert sign_in("13800000001").status_code == 422
    assert client.get("/cases/").status_code == 302


@pytest.mark.parametrize("target", ["/items/jg-vehicle-transfer/", "/search/?q=过户", "/cases/#top"])
def test_after_signing_in_one_is_where_one_wanted_to_go(cast: Cast, target: str) -> None:
    response = sign_in("13800000001", next=target)
    assert response.status_code == 302
    assert response["Location"].startswith(target.split("?")[0].split("#")[0])


@pytest.mark.parametrize("target", EVIL)
def test_nobody_is_sent_to_another_place(cast: Cast, target: str) -> None:
    assert sign_in("13800000001", next=target)["Location"] == "/cases/"
    assert Client().post("/preferences/", {"large": "1", "back": target})["Location"] == "/"
    assert "evil" not in (value_of(Client().get("/sign-in/", {"next": target}), "next") or "")


def test_signing_out_needs_a_post_and_ends_the_session(cast: Cast) -> None:
    client = signed_in(cast.citizen)
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/cases/").status_code == 200
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/cases/").status_code == 302


@pytest.mark.parametrize(
    "field",
    [{"login": "1380000\x000001"}, {"password": "\x00"}, {"next": "/\x00"}],
    ids=lambda f: next(iter(f)),
)
def test_a_character_that_no_keyboard_has_is_no_fault_of_the_server(
    cast: Cast, field: dict[str, str]
) -> None:
    response = Client(raise_request_exception=False).post(
        "/sign-in/", {"login": "13800000001", "password": PASSWORD} | field
    )
    assert response.status_code < 500


def test_the_language_is_kept_without_an_account(db: None) -> None:
    client = Client()
    response = client.post("/preferences/", {"language": "en", "back": "/windows/"})
    assert response["Location"] == "/windows/"
    page = client.get("/items/jg-vehicle-transfer/")
    assert '<html lang="en"' in page.content.decode()
    assert "Transfer of a vehicle within the city" in shown(page)
    client.post("/preferences/", {"language": "zh-hans"})
    assert '<html lang="zh-Hans"' in client.get("/").content.decode()


def test_a_language_that_we_do_not_have_changes_nothing(db: None) -> None:
    client = Client()
    client.post("/preferences/", {"language": "tlh"})
    assert '<html lang="zh-Hans"' in client.get("/").content.decode()


def test_large_type_is_kept_from_page_to_page_and_can_be_taken_back(db: None) -> None:
    client = Client()
    assert "yn-large" not in client.get("/").content.decode()
    client.post("/preferences/", {"large": "1", "back": "/"})
    for path in ("/", "/windows/", "/search/?q=过户"):
        assert "yn-large" in client.get(path).content.decode()
    client.post("/preferences/", {"large": "0"})
    assert "yn-large" not in client.get("/").content.decode()


def test_preferences_are_only_changed_by_a_post(db: None) -> None:
    assert Client().get("/preferences/", {"language": "en"}).status_code == 405


def test_a_target_that_no_keyboard_writes_is_refused(cast: Cast) -> None:
    assert sign_in("13800000001", next="\x00/cases/").status_code == 400
