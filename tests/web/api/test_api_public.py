"""What everybody may ask of the API, and how it says no: problems, limits, languages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client as Browser
from support.actors import Cast
from support.drafts import VEHICLE
from support.journeys import issued, submitted
from support.papers import be_quick
from support.programs import Asking, let_in, registered, token_for
from support.visits import come_in

from yinuo.apps.cases.models import Case
from yinuo.apps.clients.actions.close_client import close_client
from yinuo.apps.documents.queries import document_of
from yinuo.apps.items.queries import catalogue
from yinuo.web.api.problems import MEDIA

PUBLIC = Asking()


def test_the_catalogue_is_told_with_forms_materials_limits_and_grounds(db: None) -> None:
    item = PUBLIC.get(f"/items/{VEHICLE}").json()
    known = catalogue().items[VEHICLE]
    assert [page["key"] for page in item["form"]] == [page.key for page in known.form.pages]
    assert [one["key"] for one in item["materials"]] == [one.key for one in known.materials]
    assert item["limits"]["decide"]["promised"]["amount"] == known.limits["decide"].promised.amount
    laws = {one["id"] for one in PUBLIC.get("/laws").json()["entries"]}
    assert {one["law"] for one in item["basis"]} <= laws
    units = {one["id"] for one in PUBLIC.get("/units").json()["entries"]}
    assert item["units"]
    assert set(item["units"]) <= units


def test_services_are_searched_and_filtered(db: None) -> None:
    everything = PUBLIC.get("/items").json()["entries"]
    assert len(everything) == len(catalogue().items)
    found = PUBLIC.get("/items", q="机动车转让").json()["entries"]
    assert VEHICLE in [one["id"] for one in found]
    branch = PUBLIC.get("/items", branch="jiaoguan").json()["entries"]
    assert {one["branch"] for one in branch} == {"jiaoguan"}
    topic = PUBLIC.get("/items", topic="car").json()["entries"]
    assert all("car" in one["topics"] for one in topic)
    assert PUBLIC.get("/items", topic="no-such").json()["entries"] == []


def test_the_calendar_tells_the_days_by_which_limits_are_counted(db: None) -> None:
    told, known = PUBLIC.get("/calendar").json(), catalogue().calendar
    assert told["version"] == known.version
    days = {one["day"]: one["kind"] for one in told["days"]}
    assert days["2026-10-01"] == "holiday"
    assert sum(kind == "makeup" for kind in days.values()) == sum(len(y.makeup) for y in known.years)


def test_figures_hide_small_groups(cast: Cast, clock: Any) -> None:
    submitted(cast)
    told = PUBLIC.get("/figures", period="this-month").json()
    city = {one["figure"]: one["value"] for one in told["entries"] if one["group"] == "city"}
    assert city["received"] == "<5"
    assert PUBLIC.get("/figures", period="for-ever").status_code == 422


def test_a_query_code_tells_how_far_a_case_is_and_names_nobody(cast: Cast, clock: Any) -> None:
    case = submitted(cast)
    answer = PUBLIC.send("POST", "/progress", {"code": case.query_code.lower()})
    assert answer.json()["stage"] == "submitted"
    assert cast.citizen.name not in answer.content.decode()
    assert case.number not in answer.content.decode()
    none = PUBLIC.send("POST", "/progress", {"code": "NOSUCHCODE22"})
    assert none.status_code == 404
    assert none.json()["code"] == "no-such-code"


def test_a_document_is_verified(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    be_quick(monkeypatch)
    paper = document_of(issued(cast).number)
    assert paper is not None
    assert PUBLIC.send("POST", "/verify", {"code": paper.seal}).json()["holds"] is True
    assert PUBLIC.send("POST", "/verify", {"code": "forged"}).json()["code"] == "not-a-code"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/items/no-such-item", 404, "not-found"),
        ("GET", "/no-such-address", 404, "not-found"),
        ("DELETE", "/units", 405, "wrong-method"),
        ("GET", "/cases", 401, "no-token"),
        ("GET", "/items?branch=%00", 400, "unreadable"),
        ("GET", "/items?branch=%20", 422, "invalid-request"),
    ],
)
def test_every_no_is_a_problem(db: None, method: str, path: str, status: int, code: str) -> None:
    answer = PUBLIC.send(method, path)
    assert answer.status_code == status
    assert answer["Content-Type"] == MEDIA
    value = answer.json()
    assert (value["code"], value["status"]) == (code, status)
    assert value["type"] == f"urn:yinuo:problem:{code}"
    assert value["detail"]


def test_a_body_that_is_no_json_is_a_problem(db: None) -> None:
    answer = PUBLIC.send("POST", "/progress", b"{")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")
    assert PUBLIC.send("POST", "/progress", {"code": "x", "more": 1}).status_code == 422


def test_a_body_that_is_too_large_is_a_problem(db: None) -> None:
    answer = PUBLIC.send("POST", "/progress", json.dumps({"code": "x" * 6_000_000}).encode())
    assert (answer.status_code, answer["Content-Type"]) == (400, MEDIA)


@pytest.mark.parametrize("head", ["Bearer wrong", "Bearer ", "Basic eDp5", "wrong"])
def test_a_wrong_token_opens_nothing(db: None, head: str) -> None:
    answer = Browser().get("/api/v1/cases", headers={"Authorization": head})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="yinuo", error="invalid_token"'


def test_a_session_is_no_token(cast: Cast) -> None:
    browser = Browser()
    come_in(browser, cast.citizen)
    assert browser.get("/api/v1/cases").status_code == 401


def test_a_closed_program_and_a_closed_account_get_nothing(cast: Cast) -> None:
    program = let_in(cast.citizen)
    assert program.get("/cases").status_code == 200
    cast.citizen.is_active = False
    cast.citizen.save()
    assert program.get("/cases").status_code == 401
    client = registered().client
    other = Asking(token_for(client, cast.stranger))
    assert other.get("/cases").status_code == 200
    close_client(client.client_id, now=client.created)
    assert other.get("/cases").status_code == 401


def test_staff_have_no_api(cast: Cast) -> None:
    assert let_in(cast.window).get("/cases").status_code == 401


def test_an_agent_s_program_acts_in_his_name(cast: Cast, clock: Any) -> None:
    program = Asking(token_for(registered("代理公司", agent=cast.citizen).client, None))
    case = submitted(cast)
    assert [one["number"] for one in program.get("/cases").json()["entries"]] == [case.number]
    assert program.send("POST", "/drafts", {"item": VEHICLE}).json()["principal"] == ""


def test_every_answer_says_how_much_is_left(cast: Cast, clock: Any) -> None:
    program = let_in(cast.citizen)
    answer = program.get("/cases")
    assert answer["RateLimit-Policy"] == '"address";q=3000;w=60, "client";q=600;w=60'
    assert answer["RateLimit"] == '"address";r=2999;t=60, "client";r=599;t=60'
    assert program.get("/cases")["RateLimit"] == '"address";r=2998;t=60, "client";r=598;t=60'
    assert PUBLIC.get("/units")["RateLimit"] == '"address";r=2997;t=60'


def test_a_client_that_asks_too_often_is_told_when_to_come_back(cast: Cast, clock: Any) -> None:
    program = let_in(cast.citizen)
    for _ in range(600):
        last = program.get("/notices", size=1)
    assert last.status_code == 200
    refused = program.get("/notices", size=1)
    assert (refused.status_code, refused.json()["code"]) == (429, "too-often")
    assert refused["Retry-After"] == "60"
    assert refused["RateLimit"].endswith('"client";r=0;t=60')
    assert let_in(cast.stranger).get("/notices").status_code == 200, "another program is not kept out"


def test_nothing_of_a_person_is_kept_by_caches(cast: Cast, clock: Any) -> None:
    case = submitted(cast)
    answer = let_in(cast.citizen).get(f"/cases/{case.number}")
    assert answer["Cache-Control"] == "private, no-store"


def test_the_description_is_served(db: None) -> None:
    value = PUBLIC.get("/openapi.json").json()
    assert value["openapi"].startswith("3.1")
    assert Case.objects.count() == 0
