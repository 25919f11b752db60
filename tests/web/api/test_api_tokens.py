"""OAuth 2.1: a person lets a program in, the program gets a token, the person takes it back."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from oauth2_provider.models import AccessToken, Grant, RefreshToken
from support.actors import Cast
from support.programs import (
    BACK,
    TOKEN,
    Asking,
    allowed,
    asks,
    exchanged,
    registered,
    renewed,
)
from support.visits import shown, signed_in

from yinuo.apps.clients.actions.add_client import Added, add_client
from yinuo.apps.clients.validation import Validator
from yinuo.core.errors import Refusal


def test_a_person_lets_a_program_in_and_it_sees_her_cases(cast: Cast) -> None:
    program, browser = registered(), signed_in(cast.citizen)
    page = shown(browser.get("/oauth/authorize/", asks(program)))
    assert "社区办事助手" in page
    assert "program.example" in page
    assert "看您的办件" in page
    assert "看您的通知" in page
    assert "替您填写并提交申请" not in page, "only what was asked for"
    back = allowed(browser, asks(program))
    assert back["state"] == "of-the-program"
    assert back["iss"] == "http://127.0.0.1:8000"
    given = exchanged(program, back["code"])
    assert given.status_code == 200, given.content
    assert given["Cache-Control"] == "no-store"
    value = given.json()
    assert value["scope"] == "cases notices"
    assert value["expires_in"] == 900
    token = Asking(value["access_token"])
    assert token.get("/cases").status_code == 200
    assert token.get("/drafts").status_code == 403


def test_a_program_that_was_let_in_before_asks_again(cast: Cast) -> None:
    program, browser = registered(), signed_in(cast.citizen)
    exchanged(program, allowed(browser, asks(program))["code"])
    again = browser.get("/oauth/authorize/", asks(program) | {"approval_prompt": "auto"})
    assert again.status_code == 200
    assert "社区办事助手" in shown(again)


def test_whoever_says_no_is_taken_back_without_a_code(cast: Cast) -> None:
    program, browser = registered(), signed_in(cast.citizen)
    done = browser.post("/oauth/authorize/", asks(program))
    assert "error=access_denied" in done["Location"]
    assert "code=" not in done["Location"]


def test_tokens_and_secrets_are_kept_only_as_hashes(cast: Cast) -> None:
    program = registered()
    value = exchanged(program, allowed(signed_in(cast.citizen), asks(program))["code"]).json()
    tables = ("oauth2_provider_accesstoken", "oauth2_provider_refreshtoken", "clients_client")
    with connection.cursor() as cursor:
        rows = ""
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            rows += str(cursor.fetchall())
    for secret in (value["access_token"], value["refresh_token"], program.secret):
        assert secret not in rows


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"code_verifier": "another-verifier-of-more-than-forty-three-characters"}, 400),
        ({"client_secret": "wrong"}, 401),
        ({"redirect_uri": BACK + "/"}, 400),
    ],
)
def test_a_code_is_worth_nothing_to_somebody_else(cast: Cast, wrong: dict[str, str], status: int) -> None:
    program = registered()
    code = allowed(signed_in(cast.citizen), asks(program))["code"]
    assert exchanged(program, code, **wrong).status_code == status


def works(answer: Any) -> bool:
    """Whether the access token of this answer opens anything."""
    return bool(Asking(answer.json()["access_token"]).get("/cases").status_code == 200)


@pytest.mark.parametrize(
    "wrong", [{}, {"code_verifier": "another-verifier-of-more-than-forty-three-characters"}]
)
def test_a_code_works_once_and_a_second_use_ends_what_came_from_it(cast: Cast, wrong: dict[str, str]) -> None:
    program, browser = registered(), signed_in(cast.citizen)
    code = allowed(browser, asks(program))["code"]
    first = exchanged(program, code)
    second = renewed(program, first.json()["refresh_token"])
    other = exchanged(program, allowed(browser, asks(program))["code"])
    assert works(second)
    again = exchanged(program, code, **wrong)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert not works(second)
    assert renewed(program, second.json()["refresh_token"]).status_code == 400
    assert works(other), "another consent is not touched"
    assert renewed(program, other.json()["refresh_token"]).status_code == 200


def test_a_used_code_in_the_hands_of_another_program_ends_it_as_well(cast: Cast) -> None:
    program, thief = registered(), registered("别的程序")
    code = allowed(signed_in(cast.citizen), asks(program))["code"]
    first = exchanged(program, code)
    assert exchanged(thief, code).status_code == 400
    assert not works(first)


def test_an_unused_code_in_the_hands_of_another_program_ends_nothing(cast: Cast) -> None:
    program, thief = registered(), registered("别的程序")
    code = allowed(signed_in(cast.citizen), asks(program))["code"]
    assert exchanged(thief, code).status_code == 400
    assert works(exchanged(program, code))


def test_of_two_that_use_a_code_at_the_same_moment_both_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = registered()
    code = allowed(signed_in(cast.citizen), asks(program))["code"]
    save, firsts = Validator.save_bearer_token, []

    def overtaken(self: Any, token: Any, request: Any, *args: Any, **kwargs: Any) -> None:
        """While this one writes its tokens, another has already got some for the same code."""
        if not firsts:
            firsts.append(None)
            firsts[0] = exchanged(program, code)
        save(self, token, request, *args, **kwargs)

    monkeypatch.setattr(Validator, "save_bearer_token", overtaken)
    assert exchanged(program, code).status_code == 400
    assert firsts[0].status_code == 200
    assert not works(firsts[0])
    assert (AccessToken.objects.count(), RefreshToken.objects.filter(revoked=None).count()) == (0, 0)


def test_a_refresh_token_works_once_and_a_stolen_one_ends_everything(cast: Cast) -> None:
    program = registered()
    first = exchanged(program, allowed(signed_in(cast.citizen), asks(program))["code"]).json()
    second = renewed(program, first["refresh_token"]).json()
    assert Asking(second["access_token"]).get("/cases").status_code == 200
    assert Asking(first["access_token"]).get("/cases").status_code == 401
    assert renewed(program, first["refresh_token"]).status_code == 400
    assert renewed(program, second["refresh_token"]).status_code == 400, (
        "whoever stole the first has none either"
    )


@pytest.mark.parametrize(
    "odd",
    [
        {"redirect_uri": "https://program.example/back/"},
        {"redirect_uri": "https://program.example/back?x=1"},
        {"redirect_uri": "https://program.example.evil.example/back"},
        {"redirect_uri": "http://program.example/back"},
        {"redirect_uri": ""},
        {"client_id": "nobody"},
    ],
)
def test_the_browser_is_sent_only_to_what_was_registered(cast: Cast, odd: dict[str, str]) -> None:
    answer = signed_in(cast.citizen).get("/oauth/authorize/", asks(registered(), **odd))
    assert answer.status_code == 400
    assert "这个请求不能继续" in shown(answer)


@pytest.mark.parametrize(
    ("odd", "error"),
    [
        ({"response_type": "token"}, "unauthorized_client"),
        ({"scope": "papers"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
    ],
)
def test_a_request_that_oauth_2_1_does_not_know_is_told_to_the_program(
    cast: Cast, odd: dict[str, str], error: str
) -> None:
    program = registered(scopes=("cases", "notices"))
    answer = signed_in(cast.citizen).get("/oauth/authorize/", asks(program, **odd))
    assert answer.status_code == 302
    assert answer["Location"].startswith(BACK)
    assert f"error={error}" in answer["Location"]


@pytest.mark.parametrize(
    "odd", [{"code_challenge": ""}, {"code_challenge_method": "plain"}, {"code_challenge_method": ""}]
)
def test_no_code_is_given_without_a_challenge_of_sha_256(cast: Cast, odd: dict[str, str]) -> None:
    program, browser = registered(), signed_in(cast.citizen)
    asked = {key: value for key, value in asks(program, **odd).items() if value}
    for answer in (
        browser.get("/oauth/authorize/", asked),
        browser.post("/oauth/authorize/", {**asked, "allow": "true"}),
    ):
        assert answer.status_code == 302, answer
        assert answer["Location"].startswith(BACK)
        assert "error=invalid_request" in answer["Location"]
        assert "code=" not in answer["Location"]
    assert not Grant.objects.exists()


@pytest.mark.parametrize("kind", ["password", "implicit", "urn:ietf:params:oauth:grant-type:device_code", ""])
def test_no_other_grant_is_known(cast: Cast, kind: str) -> None:
    body = {"grant_type": kind, "username": "13800000001", "password": "a long enough word"}
    answer = Browser().post(TOKEN, body | {"client_id": registered().client.client_id})
    assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})


def test_a_hidden_field_cannot_ask_for_more_than_the_program_may(cast: Cast) -> None:
    program, browser = registered(scopes=("cases",)), signed_in(cast.citizen)
    asked = asks(program, scope="cases")
    browser.get("/oauth/authorize/", asked)
    done = browser.post("/oauth/authorize/", {**asked, "scope": "cases apply", "allow": "true"})
    assert "code=" not in done.get("Location", "")
    assert not AccessToken.objects.exists()


def test_an_organisation_s_program_gets_a_token_of_its_own(cast: Cast) -> None:
    program = registered("代理公司", agent=cast.citizen, scopes=("cases",))
    pair = base64.b64encode(f"{program.client.client_id}:{program.secret}".encode()).decode()
    body = {"grant_type": "client_credentials", "scope": "cases"}
    given = Browser().post(TOKEN, body, headers={"Authorization": f"Basic {pair}"})
    assert given.status_code == 200, given.content
    assert "refresh_token" not in given.json()
    assert Asking(given.json()["access_token"]).get("/cases").status_code == 200
    more = Browser().post(TOKEN, body | {"scope": "apply"}, headers={"Authorization": f"Basic {pair}"})
    assert (more.status_code, more.json()["error"]) == (400, "invalid_scope")


def test_a_program_that_people_let_in_gets_nothing_in_its_own_name(db: None) -> None:
    program = registered()
    body = {"grant_type": "client_credentials", "scope": "cases", "client_id": program.client.client_id}
    assert Browser().post(TOKEN, body | {"client_secret": program.secret}).status_code == 400


def test_staff_let_no_program_in(cast: Cast) -> None:
    browser = signed_in(cast.window)
    for answer in (
        browser.get("/oauth/authorize/", asks(registered())),
        browser.post("/oauth/authorize/", {**asks(registered()), "allow": "true"}),
    ):
        assert answer.status_code == 403
        assert "工作人员账号不能申请" in shown(answer)


def test_whoever_is_not_signed_in_signs_in_first(db: None) -> None:
    answer = Browser().get("/oauth/authorize/", asks(registered()))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=/oauth/authorize/")


def test_the_form_may_lead_back_to_the_program_and_nowhere_else(cast: Cast) -> None:
    page = signed_in(cast.citizen).get("/oauth/authorize/", asks(registered()))
    assert "form-action 'self' https://program.example;" in page["Content-Security-Policy"] + ";"


def test_a_person_sees_what_she_let_in_and_takes_it_back(cast: Cast) -> None:
    program, browser = registered(), signed_in(cast.citizen)
    value = exchanged(program, allowed(browser, asks(program))["code"]).json()
    page = shown(browser.get("/account/programs/"))
    assert "社区办事助手" in page
    assert "看您的办件" in page
    assert "社区办事助手" not in shown(signed_in(cast.stranger).get("/account/programs/"))
    address = f"/account/programs/{program.client.client_id}/revoke/"
    assert signed_in(cast.stranger).post(address).status_code == 404
    assert browser.post(address).status_code == 302
    assert "您没有允许过任何程序" in shown(browser.get("/account/programs/"))
    assert Asking(value["access_token"]).get("/cases").status_code == 401
    assert renewed(program, value["refresh_token"]).status_code == 400
    assert browser.post(address).status_code == 404


def test_a_program_gives_its_token_back(cast: Cast) -> None:
    program = registered()
    value = exchanged(program, allowed(signed_in(cast.citizen), asks(program))["code"]).json()
    body = {"token": value["access_token"], "client_id": program.client.client_id}
    assert Browser().post("/oauth/revoke/", body | {"client_secret": program.secret}).status_code == 200
    assert Asking(value["access_token"]).get("/cases").status_code == 401


def test_the_addresses_are_found_by_the_one_that_everybody_knows(db: None) -> None:
    value = Browser().get("/.well-known/oauth-authorization-server").json()
    assert value["issuer"] == "http://127.0.0.1:8000"
    assert value["token_endpoint"].endswith(TOKEN)
    assert value["code_challenge_methods_supported"] == ["S256"]
    assert "implicit" not in value["grant_types_supported"]


def test_guessing_secrets_is_slowed_down(db: None, clock: Any) -> None:
    client = registered().client
    body = {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": "x"}
    answers = [Browser().post(TOKEN, body).status_code for _ in range(61)]
    assert answers[-1] == 429
    assert 429 not in answers[:60]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"scopes": []}, "scopes"),
        ({"redirect_uris": []}, "redirect_uris"),
        ({"redirect_uris": ["http://program.example/"]}, "redirect_uris"),
        ({"redirect_uris": ["https://program.example/#x"]}, "redirect_uris"),
        ({"redirect_uris": ["javascript:alert(1)"]}, "redirect_uris"),
        ({"redirect_uris": ["https://a@program.example/"]}, "redirect_uris"),
    ],
)
def test_a_program_is_registered_with_care(db: None, facts: dict[str, Any], field: str) -> None:
    given = {"name": "程序", "scopes": ["cases"], "redirect_uris": [BACK], **facts}
    no = add_client(given["name"], given["scopes"], redirect_uris=given["redirect_uris"])
    assert isinstance(no, Refusal)
    assert list(no.fields) == [field]


def test_a_program_on_this_machine_goes_back_to_it_without_https(db: None) -> None:
    assert isinstance(add_client("程序", ["cases"], redirect_uris=["http://127.0.0.1:8765/back"]), Added)
