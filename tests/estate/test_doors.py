"""Signing in under attack: growing pauses, the same for nobody, open for the owner; no way off the site."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.test import Client
from support.actors import PASSWORD, Cast
from support.fixed_clock import NOW
from support.fuzzing import Site, address, routes
from support.visits import shown, signed_in

pytestmark = pytest.mark.usefixtures("clock")
CITIZEN, NOBODY = "13800000001", "13899999999"
ELSEWHERE = (
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "https:evil.example", "http:///evil.example", "javascript:alert(1)", "data:text/html,x",
    "\x01//evil.example",
    "//evil.example@testserver/", "https://testserver@evil.example/", "/\t/evil.example", "ftp://evil.example",
)  # fmt: skip
PARAMETERS = ("next", "back", "redirect", "redirect_uri", "return", "url", "to")


def attempt(
    login: str, password: str = "wrong", client: Client | None = None, near: str = "192.0.2.1"
) -> Any:
    return (client or Client()).post("/sign-in/", {"login": login, "password": password}, REMOTE_ADDR=near)


@pytest.mark.parametrize("login", [CITIZEN, NOBODY, "window-1", "no-such-clerk"])
def test_pauses_grow_the_same_for_every_account_and_for_none(cast: Cast, clock: Any, login: str) -> None:
    assert [attempt(login).status_code for _ in range(7)] == [422] * 6 + [429]
    assert attempt(login)["Retry-After"] == "30"
    clock.move_to(NOW + timedelta(seconds=30))
    assert attempt(login).status_code == 422
    assert attempt(login)["Retry-After"] == "60"


def test_no_way_of_writing_a_number_is_counted_apart(cast: Cast) -> None:
    ways = (
        "13800000001",
        "138 0000 0001",
        "+86 13800000001",
        "138-0000-0001",
        "１３８００００００01",
        "(138)00000001",
    )
    assert [attempt(way).status_code for way in ways] == [422] * 6
    assert attempt(CITIZEN, PASSWORD).status_code == 429


def test_the_right_password_at_a_shut_door_tells_nothing(cast: Cast) -> None:
    for _ in range(6):
        attempt(CITIZEN)
    right, wrong = attempt(CITIZEN, PASSWORD), attempt(CITIZEN)
    assert right.status_code == wrong.status_code == 429
    assert shown(right) == shown(wrong)


def test_strangers_do_not_shut_the_owner_out(cast: Cast) -> None:
    """Neither by the account nor by the address: her browser is known."""
    hers = Client()
    assert attempt(CITIZEN, PASSWORD, hers).status_code == 302
    hers.post("/sign-out/")
    for n in range(60):
        attempt(CITIZEN if n % 2 else f"1390000{n:04}")
    assert attempt(CITIZEN, PASSWORD).status_code == 429
    assert attempt(CITIZEN, PASSWORD, hers).status_code == 302


def test_a_known_browser_is_known_for_its_own_account_only(cast: Cast) -> None:
    mine = Client()
    attempt("13800000002", PASSWORD, mine)
    mine.post("/sign-out/")
    assert [attempt(CITIZEN, client=mine).status_code for _ in range(7)] == [422] * 6 + [429]
    forged = Client()
    forged.cookies["yn_known"] = mine.cookies["yn_known"].value[:-2] + "xx"
    assert attempt("13800000002", client=forged).status_code == 422


def test_a_known_browser_has_its_own_end(cast: Cast) -> None:
    mine = Client()
    attempt(CITIZEN, PASSWORD, mine)
    mine.post("/sign-out/")
    assert [attempt(CITIZEN, client=mine).status_code for _ in range(12)] == [422] * 11 + [429]


def test_an_address_that_tries_many_accounts_is_shut_out(cast: Cast) -> None:
    for n in range(51):
        attempt(f"1390000{n:04}")
    assert attempt(CITIZEN, PASSWORD).status_code == 429
    assert attempt(CITIZEN, PASSWORD, near="192.0.2.2").status_code == 302


def test_known_and_unknown_take_the_same_work(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """One password is hashed in each case, which is what takes the time."""
    hasher, hashed = type(hashers.get_hasher()), []
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *given: (hashed.append(1), encode(*given))[1])
    for login in (CITIZEN, NOBODY, "window-1", "no-such-clerk"):
        hashed.clear()
        attempt(login)
        assert len(hashed) == 1, login


@pytest.fixture
def everybody(cast: Cast) -> Site:
    people = {name: signed_in(getattr(cast, name)).cookies for name in ("citizen", "window")}
    values = {"item_id": ["za-hotel-license"], "verb": ["say"], "page": ["privacy"], "key": ["one"]}
    return Site({"nobody": Client().cookies, **people}, values, [])


def test_no_parameter_leads_off_the_site(everybody: Site) -> None:
    """Every address, asked and posted to, with every hostile target under every name."""
    rng, led = Random(1), []
    for n, (route, _) in enumerate(routes()):
        path = address(rng, everybody, route, wild=0)
        given = {name: ELSEWHERE[(n + k) % len(ELSEWHERE)] for k, name in enumerate(PARAMETERS)}
        for who in everybody.people:
            for answer in (everybody.client(who).get(path, given), everybody.client(who).post(path, given)):
                place = answer.headers.get("Location", "/")
                if not place.startswith("/") or place.startswith(("//", "/\\")):
                    led.append(f"{who} {path}: {place}")
    assert not led, led


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_and_preferences_lead_nowhere_else(cast: Cast, target: str) -> None:
    data = {"login": CITIZEN, "password": PASSWORD, "next": target}
    assert Client().post("/sign-in/", data)["Location"] == "/cases/"
    assert Client().post("/preferences/", {"large": "1", "back": target})["Location"] == "/"
    page = Client().get("/sign-in/", {"next": target}).content.decode()
    assert 'name="next" value=""' in page or 'name="next"' not in page
    came = signed_in(None).post("/items/za-hotel-license/apply/", headers={"referer": target})
    assert came["Location"].startswith("/sign-in/?next=/")
    assert "evil" not in came["Location"]
