"""Signing in by way of a real identity provider, the whole code flow, and what of it must not be forged."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from django.test import Client, override_settings
from oidc_provider_mock import User
from support.actors import PASSWORD, Cast, citizen
from support.provider import agreed, leaving, provider_of, through
from support.visits import come_in, shown, signed_in

from yinuo.apps.people.models import Level, Person
from yinuo.apps.signing_in.models import Link
from yinuo.demo.provider import claims
from yinuo.web.hall.signing_in import oidc

pytestmark = pytest.mark.usefixtures("db")

ZHOU = User(sub="zhou", claims=claims("13900000006", "周晓燕"))
NAMELESS = User(sub="nameless", claims={"id_number": "x"})


@pytest.fixture(autouse=True)
def issuer() -> Iterator[str]:
    with provider_of(ZHOU, NAMELESS) as address:
        yield address


def refused(client: Client, address: str) -> str:
    """What the page says to which somebody comes whose way back does not hold."""
    response = client.get(address, follow=True)
    assert not Person.objects.exists()
    assert client.get("/account/").status_code == 302
    return shown(response)


def test_a_newcomer_comes_in_verified() -> None:
    client = Client()
    assert "统一身份认证" in shown(client.get("/sign-in/"))
    back, _ = through(client, "zhou", next="/windows/")
    response = client.get(back)
    assert (response.status_code, response["Location"]) == (302, "/windows/")
    person = Person.objects.get()
    assert (person.name, person.phone, person.level) == ("周晓燕", "13900000006", Level.VERIFIED)
    assert "已经核实" in shown(client.get("/account/"))


def test_no_link_of_another_site_begins_it() -> None:
    """Whoever is signed in at the provider would come back signed in here, without having asked for it."""
    client = Client(enforce_csrf_checks=True)
    assert client.get("/sign-in/provider/?next=/windows/")["Location"] == "/sign-in/?next=%2Fwindows%2F"
    assert client.post("/sign-in/provider/").status_code == 403
    assert not [key for key in client.session.keys() if "provider" in key]  # noqa: SIM118


def test_the_page_that_leads_on_needs_no_script_and_no_form() -> None:
    page: Any = Client().post("/sign-in/provider/")
    away = page.context["away"].replace("&", "&amp;")
    assert f'<meta http-equiv="refresh" content="0; url={away}">' in page.content.decode()
    assert f'href="{away}"' in page.content.decode()


def test_a_provider_that_sends_our_calls_elsewhere_is_not_followed(
    issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    back, _ = through(client, "zhou")
    asked: list[str] = []

    def sent_on(self: Any, request: Any, **options: Any) -> requests.Response:
        asked.append(request.url)
        response = requests.Response()
        response.status_code, response.request, response.url = 307, request, request.url
        response.headers["Location"] = "https://elsewhere.example/"
        response.raw = BytesIO()
        return response

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", sent_on)
    assert "没有答复，或者答复不对" in refused(client, back)
    assert len(asked) == 1
    assert asked[0].startswith(issuer)


def test_what_is_asked_of_the_provider() -> None:
    _, asked = through(Client(), "zhou")
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["state"][0]) >= 20
    assert len(asked["nonce"][0]) >= 20
    assert asked["redirect_uri"] == ["http://testserver/sign-in/provider/back/"]


def test_whoever_comes_again_has_the_same_account() -> None:
    for _ in range(2):
        client = Client()
        client.get(through(client, "zhou")[0])
    assert Person.objects.count() == 1


def test_an_account_is_linked_by_its_owner() -> None:
    wang = citizen("13700000002", "周晓燕", Level.NONE)
    client = signed_in(wang)
    assert client.post("/sign-in/provider/")["Location"] == "/account/provider/"
    assert client.post("/account/provider/", {"old_password": "a wrong word"}).status_code == 422
    client.post("/account/provider/", {"old_password": PASSWORD})
    back, _ = through(client, "zhou")
    assert client.get(back)["Location"] == "/account/"
    wang.refresh_from_db()
    assert wang.level == Level.VERIFIED
    assert Link.objects.get().person == wang


def test_an_open_browser_links_nobody_else() -> None:
    """Whoever finds it open leaves for the provider before, or comes back without having been asked to."""
    wang = citizen("13700000002", "周晓燕", Level.NONE)
    client = Client()
    back, _ = through(client, "zhou")
    come_in(client, wang)
    client.get(back)
    assert not Link.objects.exists()


def test_an_account_is_not_linked_to_somebody_of_another_name() -> None:
    client = signed_in(citizen("13700000002", "王晓燕", Level.NONE))
    client.post("/account/provider/", {"old_password": PASSWORD})
    back, _ = through(client, "zhou")
    assert "姓名和账号上的不一样" in shown(client.get(back, follow=True))
    assert not Link.objects.exists()


def test_the_way_back_holds_in_the_browser_that_left_only() -> None:
    back, _ = through(Client(), "zhou")
    assert "没有答复，或者答复不对" in refused(Client(), back)


def test_the_way_back_holds_once() -> None:
    client, other = Client(), Client()
    back, _ = through(client, "zhou")
    client.get(back)
    assert client.get(back, follow=True).redirect_chain
    assert other.get(back)["Location"].startswith("/sign-in/")
    assert Person.objects.count() == 1


@pytest.mark.parametrize("changed", [{"state": "another"}, {"code": "another"}, {"state": ""}, {"code": ""}])
def test_a_forged_way_back_leads_nowhere(changed: dict[str, str]) -> None:
    client = Client()
    back = urlsplit(through(client, "zhou")[0])
    query = {key: one[0] for key, one in parse_qs(back.query).items()} | changed
    assert "没有答复，或者答复不对" in refused(client, f"{back.path}?{urlencode(query)}")


def test_a_code_without_its_verifier_is_worth_nothing() -> None:
    client = Client()
    back, asked = through(client, "zhou")
    session = client.session
    key = next(key for key in session.keys() if key.endswith(asked["state"][0]))  # noqa: SIM118
    session[key]["data"]["code_verifier"] = "x" * 48
    session[key] = session[key]
    session.save()
    assert "没有答复，或者答复不对" in refused(client, back)


def test_a_token_for_another_sign_in_is_refused() -> None:
    """The nonce: what the provider signed for one browser lets no other one in."""
    client = Client()
    back, asked = through(client, "zhou")
    session = client.session
    key = next(key for key in session.keys() if key.endswith(asked["state"][0]))  # noqa: SIM118
    session[key] = {**session[key], "data": {**session[key]["data"], "nonce": "another"}}
    session.save()
    assert "没有答复，或者答复不对" in refused(client, back)


@pytest.mark.parametrize("named", [{"OIDC_CLIENT_ID": "another hall"}, {"OIDC_ISSUER": "http://127.0.0.1:1"}])
def test_a_token_for_somebody_else_or_by_somebody_else_is_refused(named: dict[str, str]) -> None:
    client = Client()
    back, _ = through(client, "zhou")
    with override_settings(**named):
        assert "没有答复，或者答复不对" in refused(client, back)


def test_a_provider_that_calls_itself_otherwise_is_refused(issuer: str) -> None:
    with override_settings(OIDC_ISSUER=issuer.replace("127.0.0.1", "localhost")):
        assert "/oauth2/authorize" in leaving(Client())
    client = oidc._registered(issuer, "hall", "a secret")
    client.load_server_metadata()["issuer"] = "https://evil.example"
    assert Client().post("/sign-in/provider/")["Location"] == "/sign-in/"


def test_tokens_signed_with_a_shared_secret_are_refused(issuer: str) -> None:
    client = oidc._client()
    client.server_metadata["id_token_signing_alg_values_supported"] = ["HS256", "none", "RS256"]
    assert oidc._client().server_metadata["id_token_signing_alg_values_supported"] == ["RS256"]


def test_who_does_not_agree_is_told_so() -> None:
    client = Client()
    answer = requests.post(leaving(client), data={"action": "deny"}, allow_redirects=False, timeout=10)
    assert "取消了" in refused(client, answer.headers["Location"])


def test_who_has_no_name_is_told_so() -> None:
    client = Client()
    assert "没有给出姓名" in refused(client, through(client, "nameless")[0])


def test_a_provider_that_does_not_answer_is_no_fault_of_ours() -> None:
    with override_settings(OIDC_ISSUER="http://127.0.0.1:1"):
        response: Any = Client().post("/sign-in/provider/", follow=True)
    assert response.status_code == 200
    assert "没有答复" in shown(response)


def test_the_session_is_a_new_one_afterwards() -> None:
    client = Client()
    back, _ = through(client, "zhou")
    before = client.session.session_key
    client.get(back)
    assert client.session.session_key != before


def test_where_no_provider_is_named_there_is_none(cast: Cast) -> None:
    with override_settings(OIDC_ISSUER=""):
        assert Client().post("/sign-in/provider/").status_code == 404
        assert Client().get("/sign-in/provider/back/").status_code == 404
        assert "统一身份认证" not in shown(Client().get("/sign-in/"))


def test_nobody_is_sent_to_another_place() -> None:
    client = Client()
    back, _ = through(client, "zhou", next="https://evil.example/")
    assert client.get(back)["Location"] == "/cases/"


def test_agreeing_is_what_the_provider_asks(issuer: str) -> None:
    client = Client()
    away = leaving(client)
    assert away.startswith(f"{issuer}/oauth2/authorize?")
    assert agreed(away, "zhou").startswith("http://testserver/sign-in/provider/back/?")
