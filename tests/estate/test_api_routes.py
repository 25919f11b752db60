"""Every operation of the API: nothing without its token, nothing of somebody else's, nothing by a session."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from support.actors import Cast
from support.drafts import HOTEL, begun
from support.estate import API
from support.journeys import issued
from support.papers import be_quick
from support.programs import Asking, registered, token_for
from support.visits import signed_in

from yinuo.apps.clients.scopes import SCOPES
from yinuo.apps.notices.models import Notice

OPERATIONS = [(name, *told.partition(" ")[::2]) for name, told in API.items() if name.startswith("api-")]
WITH_TOKEN = [one for one in OPERATIONS if one[2]]


@pytest.fixture
def arguments(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """One of everything that an address can name, all of one citizen."""
    be_quick(monkeypatch)
    number = {"number": issued(cast).number}
    draft = {"draft_id": begun(cast.citizen, HOTEL).pk}
    receipt = number | {"key": "decide"}
    in_case = ("case", "withdraw", "urge", "say", "rate", "case-upload", "supplement", "result")
    found = {f"api-{key}": number for key in in_case}
    found |= {f"api-{key}": draft for key in ("draft", "save", "upload", "discard", "submit")}
    notice = Notice.objects.filter(person=cast.citizen).latest("pk")
    named = {"api-item": {"item_id": HOTEL}, "api-notice-read": {"notice_id": notice.pk}}
    return found | {"api-receipt": receipt, "api-receipt-pdf": receipt} | named


def answered(program: Asking, name: str, method: str, arguments: dict[str, dict[str, Any]]) -> Any:
    path = reverse(name, kwargs=arguments.get(name, {})).removeprefix("/api/v1")
    return program.get(path) if method == "GET" else program.send(method, path, {}, key=name)


def test_what_is_public_is_there_for_everybody(arguments: dict[str, dict[str, Any]]) -> None:
    for name, method, scope in OPERATIONS:
        if method == "GET" and not scope:
            assert answered(Asking(), name, method, arguments).status_code == 200, name


@pytest.mark.parametrize("who", ["nobody", "citizen", "window", "supervisor"])
def test_without_a_token_nothing_is_told_whoever_is_signed_in(
    arguments: dict[str, dict[str, Any]], cast: Cast, who: str
) -> None:
    browser = Browser() if who == "nobody" else signed_in(getattr(cast, who))
    for name, method, _scope in WITH_TOKEN:
        path = reverse(name, kwargs=arguments.get(name, {}))
        answer = browser.generic(method, path, b"{}", content_type="application/json")
        assert answer.status_code == 401, name


def test_another_scope_opens_nothing(arguments: dict[str, dict[str, Any]], cast: Cast) -> None:
    client = registered().client
    for name, method, scope in WITH_TOKEN:
        other = Asking(token_for(client, cast.citizen, *(set(SCOPES) - {scope})))
        assert answered(other, name, method, arguments).status_code in (403, 422), name
        if method == "GET":
            assert answered(other, name, method, arguments).status_code == 403, name


def test_of_somebody_else_nothing_is_there(arguments: dict[str, dict[str, Any]], cast: Cast) -> None:
    stranger = Asking(token_for(registered().client, cast.stranger))
    for name, method, _scope in WITH_TOKEN:
        if name in arguments:
            status = answered(stranger, name, method, arguments).status_code
            assert status in (404, 422), name
            assert method != "GET" or status == 404, name


def test_the_owner_s_program_reads_all_of_it(arguments: dict[str, dict[str, Any]], cast: Cast) -> None:
    own = Asking(token_for(registered().client, cast.citizen))
    for name, method, _scope in WITH_TOKEN:
        if method == "GET":
            assert answered(own, name, method, arguments).status_code == 200, name


def test_another_method_is_refused_as_a_problem(arguments: dict[str, dict[str, Any]]) -> None:
    for name, _method, _scope in OPERATIONS:
        path = reverse(name, kwargs=arguments.get(name, {})).removeprefix("/api/v1")
        assert Asking().send("PUT", path).json()["code"] == "wrong-method", name
