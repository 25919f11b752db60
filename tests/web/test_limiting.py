"""Doors of the site: who comes too often is told when to come back, and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory, override_settings
from support.actors import Cast
from support.drafts import complete, photo
from support.fixed_clock import NOW
from support.journeys import asked, submitted
from support.visits import shown, signed_in, value_of

from yinuo.apps.cases.rating_links import RatingLink, token
from yinuo.apps.limits.figures import LIMITS, Per, Window
from yinuo.project import environment
from yinuo.web.client_address import client_address, counted_address

pytestmark = pytest.mark.usefixtures("clock")
LINK = {"token": token(RatingLink("NONE", 0, "link", NOW.date()))}


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every door lets in two in a minute, per address, code and person."""
    kinds: tuple[Per, ...] = ("address", "code", "person")
    door = tuple(Window(per, 2, 60, "for a test of the doors") for per in kinds)
    monkeypatch.setattr("yinuo.apps.limits.actions.count.LIMITS", dict.fromkeys(LIMITS, door))


def _draft(cast: Cast) -> str:
    return f"/apply/{complete(cast.citizen, 'za-hotel-license', unit='taobei-public-order').pk}/"


DOORS: dict[str, Callable[[Client, Cast], Callable[[], Any]]] = {
    "search": lambda c, cast: lambda: c.get("/search/", {"q": "过户"}),
    "progress": lambda c, cast: lambda: c.get("/progress/", {"code": "ACEFHJKMNPR3"}),
    "verify": lambda c, cast: lambda: c.get("/verify/", {"c": "YN1.x.y"}),
    "rate": lambda c, cast: lambda: c.get(f"/rate/{LINK['token']}/"),
    "rate-by-code": lambda c, cast: lambda: c.get("/r/ACEFHJKMNPR3/"),
    "checklist": lambda c, cast: lambda: c.get("/items/za-hotel-license/checklist.pdf"),
    "begin": lambda c, cast: lambda: c.post("/items/za-hotel-license/apply/"),
    "materials": lambda c, cast: _posting(c, f"{_draft(cast)}materials/", lambda: {"ownership": photo()}),
    "check": lambda c, cast: _posting(c, f"{_draft(cast)}check/", lambda: {"x": "1"}),
    "supplement": lambda c, cast: _posting(c, f"/cases/{asked(cast).number}/supplement/", dict),
    "case-act": lambda c, cast: _posting(c, f"/cases/{submitted(cast).number}/say/", lambda: {"words": "x"}),
    "bundle": lambda c, cast: _getting(c, f"/cases/{submitted(cast).number}/bundle/"),
}


def _posting(client: Client, address: str, data: Callable[[], dict[str, Any]]) -> Callable[[], Any]:
    return lambda: client.post(address, data())


def _getting(client: Client, address: str) -> Callable[[], Any]:
    return lambda: client.get(address)


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("door", DOORS)
def test_each_door_shuts_and_opens_again(cast: Cast, clock: Any, door: str) -> None:
    come = DOORS[door](signed_in(cast.citizen), cast)
    assert {come().status_code, come().status_code} & {429} == set()
    refused = come()
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "请过 60 秒再试" in shown(refused)
    clock.move_to(NOW + timedelta(seconds=60))
    assert come().status_code != 429


@pytest.mark.usefixtures("narrow")
def test_an_empty_form_is_looked_at_as_often_as_one_likes(cast: Cast) -> None:
    for address in ("/search/", "/progress/", "/verify/", "/sign-in/", "/register/"):
        assert [Client().get(address).status_code for _ in range(4)] == [200] * 4, address


@pytest.mark.usefixtures("narrow")
def test_what_was_typed_comes_along_and_secrets_do_not(cast: Cast) -> None:
    client, address = signed_in(cast.citizen), f"/cases/{submitted(cast).number}/say/"
    typed = {"words": "请问“什么时候”<能>办好？", "new_password": "open sesame", "kind": ["a", "b"]}
    for _ in range(2):
        client.post(address, typed)
    page = client.post(address, typed)
    assert value_of(page, "words") == typed["words"]
    assert page.content.decode().count('name="kind"') == 2
    assert "open sesame" not in page.content.decode()
    assert value_of(page, "new_password") == ""
    assert f'action="{address}"' in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("narrow")
def test_files_have_to_be_chosen_again_and_the_page_says_so(cast: Cast) -> None:
    come = DOORS["materials"](signed_in(cast.citizen), cast)
    assert "文件没有收下" in shown([come() for _ in range(3)][-1])


@pytest.mark.usefixtures("narrow")
def test_one_person_shuts_nobody_elses_door(cast: Cast) -> None:
    mine, others = signed_in(cast.citizen), signed_in(cast.stranger)
    for client, address, last in ((mine, "192.0.2.1", 429), (others, "192.0.2.2", 302)):
        answers = [
            client.post("/items/za-hotel-license/apply/", REMOTE_ADDR=address).status_code
            for _ in range(3 if last == 429 else 1)
        ]
        assert answers[-1] == last


@pytest.mark.usefixtures("narrow", "db")
def test_an_address_of_many_people_is_not_counted_but_its_people_are(cast: Cast) -> None:
    with override_settings(SHARED_ADDRESSES=environment_networks("192.0.2.0/24,2001:db8::1")):
        ask = [Client().get("/search/?q=x", REMOTE_ADDR="192.0.2.9").status_code for _ in range(5)]
        assert ask == [200] * 5
        client = signed_in(cast.citizen)
        begin = [client.post("/items/za-hotel-license/apply/", REMOTE_ADDR="192.0.2.9") for _ in range(3)]
        assert begin[-1].status_code == 429


def environment_networks(text: str) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YINUO_SOMETHING", text)
        return environment.networks("YINUO_SOMETHING")


@pytest.mark.parametrize(
    ("proxies", "near", "forwarded", "address"),
    [
        (0, "10.0.0.1", "203.0.113.9", "10.0.0.1"),
        (1, "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "10.0.0.1", "203.0.113.9", "10.0.0.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "<script>", "10.0.0.1"),
        (1, "10.0.0.1", "unknown, ::ffff:203.0.113.9", "203.0.113.9"),
        (1, "", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(
    proxies: int, near: str, forwarded: str, address: str
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=near, HTTP_X_FORWARDED_FOR=forwarded)
    with override_settings(PROXIES=proxies):
        assert client_address(request) == address
        assert counted_address(request) == address


@pytest.mark.usefixtures("narrow", "db")
def test_a_made_up_header_makes_no_new_visitor() -> None:
    with override_settings(PROXIES=1):
        answers = [
            Client()
            .get("/search/?q=x", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.9", REMOTE_ADDR="10.0.0.1")
            .status_code
            for n in range(3)
        ]
    assert answers == [200, 200, 429]
