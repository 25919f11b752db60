"""Every way in leaves an entry, whether it worked or failed, and so does every refusal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from oidc_provider_mock import User
from support.actors import PASSWORD, UNIT, Cast, member
from support.factors import bound, code_at
from support.fixed_clock import NOW
from support.journeys import submitted
from support.programs import Asking, let_in
from support.provider import provider_of, through
from support.texts import Texts, texts_in
from support.visits import shown, signed_in

from yinuo.apps.access.actions.make_recovery_codes import make_recovery_codes
from yinuo.apps.entries.models import Entry, Tally
from yinuo.apps.people.models import Person
from yinuo.demo.provider import claims

pytestmark = pytest.mark.usefixtures("clock")
CITIZEN, NOBODY = "13800000001", "13899999999"


@pytest.fixture
def texts(tmp_path: Path) -> Iterator[Texts]:
    with texts_in(tmp_path) as made:
        yield made


def left() -> list[tuple[str, str, str, Person | None]]:
    """Kind, way, outcome and person of every entry, the first one first."""
    found = Entry.objects.select_related("person").order_by("pk")
    return [(one.kind, one.way, one.outcome, one.person) for one in found]


def tallied() -> dict[str, int]:
    return dict(Tally.objects.values_list("kind", "count"))


def by_password(login: str, password: str, client: Client | None = None) -> Any:
    return (client or Client()).post("/sign-in/", {"login": login, "password": password})


def test_a_password_that_worked_and_one_that_did_not(cast: Cast) -> None:
    by_password(CITIZEN, "wrong")
    by_password(CITIZEN, PASSWORD)
    assert left() == [
        ("sign-in", "password", "failed", cast.citizen),
        ("sign-in", "password", "worked", cast.citizen),
    ]


def test_a_number_that_nobody_has_leaves_an_entry_without_a_person_or_a_number(cast: Cast) -> None:
    by_password(NOBODY, "wrong")
    by_password("no-such-clerk", "wrong")
    assert left() == [("sign-in", "password", "failed", None)] * 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM entries_entry")
        rows = str(cursor.fetchall())
    assert NOBODY not in rows
    assert "no-such-clerk" not in rows


def test_known_and_unknown_numbers_take_the_same_statements(cast: Cast) -> None:
    """Nothing tells by the page or by the work whether a number has an account."""
    by_password(NOBODY, "wrong", Client())  # whatever is done once only is done
    asked, pages = [], []
    for login in (CITIZEN, NOBODY, "window-1", "no-such-clerk"):
        with CaptureQueriesContext(connection) as queries:
            page = by_password(login, "wrong")
        asked.append([one["sql"].split(" ")[0] for one in queries.captured_queries])
        pages.append(shown(page).replace(login, ""))
    assert all(one == asked[0] for one in asked), asked
    assert len(set(pages)) == 1


def test_staff_leave_one_for_each_step(cast: Cast) -> None:
    bound(cast.window, NOW)
    recovery = make_recovery_codes(cast.window, NOW)[0]
    client = Client()
    by_password("window-1", PASSWORD, client)
    client.post("/sign-in/second/", {"code": "000000"})
    client.post("/sign-in/second/", {"code": "AAAAA-AAAAA-AAAAA"})
    client.post("/sign-in/second/", {"code": code_at(NOW)})
    by_password("window-1", PASSWORD, client)
    client.post("/sign-in/second/", {"code": recovery})
    assert [one[:3] for one in left()] == [
        ("sign-in", "password", "half"),
        ("sign-in", "authenticator", "failed"),
        ("sign-in", "recovery-code", "failed"),
        ("sign-in", "authenticator", "worked"),
        ("sign-in", "password", "half"),
        ("sign-in", "recovery-code", "worked"),
    ]
    assert {one[3] for one in left()} == {cast.window}


def test_codes_by_text_message_and_a_new_password(cast: Cast, texts: Texts) -> None:
    client = Client()
    client.post("/sign-in/code/", {"phone": CITIZEN})
    client.post("/sign-in/code/enter/", {"code": "000000"})
    client.post("/sign-in/code/enter/", {"code": texts.code(CITIZEN)})
    stranger = Client()
    stranger.post("/sign-in/code/", {"phone": NOBODY})
    stranger.post("/sign-in/code/enter/", {"code": "000000"})
    stranger.post("/sign-in/reset/", {"phone": CITIZEN})
    stranger.post("/sign-in/reset/enter/", {"code": "000000", "password": "three cats on the roof"})
    assert left() == [
        ("sign-in", "text-code", "failed", cast.citizen),
        ("sign-in", "text-code", "worked", cast.citizen),
        ("sign-in", "text-code", "failed", None),
        ("reset", "text-code", "failed", cast.citizen),
    ]


def test_a_weak_new_password_is_no_attempt(cast: Cast, texts: Texts) -> None:
    client = Client()
    client.post("/sign-in/reset/", {"phone": CITIZEN})
    client.post("/sign-in/reset/enter/", {"code": "000000", "password": "12345678"})
    assert left() == []


def test_the_provider(db: None) -> None:
    with provider_of(User(sub="zhou", claims=claims("13900000006", "周晓燕"))):
        client = Client()
        back, _ = through(client, "zhou")
        assert Client().get(back).status_code == 302  # another browser comes with somebody's answer
        assert client.get(back).status_code == 302
    assert left() == [
        ("sign-in", "provider", "failed", None),
        ("sign-in", "provider", "worked", Person.objects.get()),
    ]


def test_whoever_has_to_show_that_an_account_is_theirs(cast: Cast) -> None:
    citizen, staff = signed_in(cast.citizen), signed_in(bound(cast.window, NOW))
    citizen.post("/account/password/", {"old_password": "wrong", "password": "three cats on the roof"})
    citizen.post("/account/password/", {"old_password": "", "password": "three cats on the roof"})
    staff.post("/desk/security/password/", {"old": "wrong", "password": "three cats on the roof"})
    staff.post("/desk/security/codes/", {"code": code_at(NOW)})
    assert left() == [
        ("confirm", "password", "failed", cast.citizen),
        ("confirm", "password", "failed", cast.window),
        ("confirm", "authenticator", "worked", cast.window),
    ]


def test_who_was_here_last_hears_what_failed_meanwhile(cast: Cast, clock: Any) -> None:
    by_password(CITIZEN, PASSWORD)
    clock.shift(60)
    for _ in range(3):
        by_password(CITIZEN, "wrong")
    by_password("13800000002", "wrong")
    client = Client()
    by_password(CITIZEN, PASSWORD, client)
    assert "上次登录以后，有 3 次尝试没有成功" in shown(client.get("/cases/"))
    again = Client()
    by_password(CITIZEN, PASSWORD, again)
    assert "没有成功" not in shown(again.get("/cases/"))


def test_staff_hear_it_after_the_second_factor(cast: Cast) -> None:
    bound(cast.window, NOW)
    by_password("window-1", "wrong")
    client = Client()
    by_password("window-1", PASSWORD, client)
    client.post("/sign-in/second/", {"code": code_at(NOW)})
    assert "有 1 次尝试没有成功" in shown(client.get("/desk/"))


@pytest.mark.parametrize(("login", "page"), [(CITIZEN, "/account/"), ("window-1", "/desk/security/")])
def test_the_last_attempts_stand_on_ones_own_page(cast: Cast, login: str, page: str) -> None:
    by_password(login, "wrong")
    Client().post("/sign-in/", {"login": login, "password": PASSWORD}, REMOTE_ADDR="198.51.100.3")
    person = Person.objects.by_login(login)
    assert person is not None
    text = shown(signed_in(person).get(page))
    assert "没有登录成" in text
    assert "登录了" in text or "还差第二步" in text
    assert "和现在同一处" in text
    assert "别处" in text
    assert "198.51" not in text


def test_one_takes_them_along(cast: Cast) -> None:
    by_password(CITIZEN, "wrong")
    by_password("13800000002", "wrong")
    taken = signed_in(cast.citizen).post("/my-data/take/", {"part": 1})
    packet = ZipFile(BytesIO(b"".join(taken.streaming_content)))
    (one,) = json.loads(packet.read("data.json"))["sign_ins"]
    assert (one["kind"], one["way"], one["outcome"]) == ("sign-in", "password", "failed")
    assert "没有登录成" in packet.read("index.html").decode()


def test_a_page_without_the_post_for_it(cast: Cast) -> None:
    case = submitted(cast)
    signed_in(cast.window).get("/desk/people/")
    signed_in(cast.citizen).get("/desk/")
    signed_in(cast.window).get("/board/")
    signed_in(cast.elsewhere).get(f"/desk/cases/{case.number}/")
    assert left() == [
        ("refused", "desk-people", "failed", cast.window),
        ("refused", "desk", "failed", cast.citizen),
        ("refused", "board", "failed", cast.window),
        ("refused", "desk-case", "failed", cast.elsewhere),
    ]


def test_a_step_without_the_post_for_it(cast: Cast) -> None:
    case = submitted(cast)
    assert signed_in(cast.supervisor).post(f"/desk/cases/{case.number}/accept/").status_code == 422
    assert left() == [("refused", "desk-act", "failed", cast.supervisor)]


def test_what_one_may_do_leaves_nothing(cast: Cast) -> None:
    signed_in(cast.window).get("/desk/")
    signed_in(cast.supervisor).get("/board/")
    Client().get("/desk/")
    assert left() == []


def test_forged_forms_and_tokens_are_only_counted(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert strict.post("/sign-in/", {"login": CITIZEN, "password": PASSWORD}).status_code == 403
    assert Asking("no token of ours").get("/cases").status_code == 401
    assert Asking().get("/cases").status_code == 401
    wrong = {"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"}
    assert Client().post("/oauth/token/", wrong).status_code == 401
    assert (left(), tallied()) == ([], {"form": 2, "token": 2})


def test_a_program_that_asks_for_what_it_was_not_let(cast: Cast) -> None:
    asking = let_in(cast.citizen, "notices")
    assert asking.get("/cases").status_code == 403
    assert left() == [("refused", "api-cases", "failed", cast.citizen)]


def test_coming_back_to_a_shut_door_is_counted(cast: Cast) -> None:
    for _ in range(9):
        by_password(CITIZEN, "wrong")
    assert len(left()) == 6
    assert tallied() == {"shut-door": 3}


def test_the_administrator_sees_days_and_the_last_ones_without_a_citizens_name(cast: Cast) -> None:
    by_password(CITIZEN, "wrong")
    by_password(NOBODY, "wrong")
    by_password("window-1", "wrong")
    signed_in(cast.window).get("/desk/people/")
    page = signed_in(member("admin-1", "baicheng-bureau", "administrator")).get("/desk/entries/")
    text = shown(page)
    for words in (
        "一位市民",
        "没有这个账号",
        cast.window.name,
        "window-1",
        "没有权限，进不去",
        "desk-people",
    ):
        assert words in text, words
    assert cast.citizen.name not in text
    assert CITIZEN not in page.content.decode()
    today = page.context["rows"][0]
    assert (today.day, today.counts) == (NOW.date(), [3, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0])


def test_the_page_is_for_administrators_alone(cast: Cast) -> None:
    for person in (cast.citizen, cast.window, cast.supervisor, member("editor-1", UNIT, "editor")):
        assert signed_in(person).get("/desk/entries/").status_code == 403
