"""Forms that are sent too late: nothing that was typed is lost, and nothing is taken from elsewhere."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from support.actors import PASSWORD, Cast
from support.drafts import begun, stored
from support.visits import come_in, shown, signed_in, value_of

from yinuo.apps.items.queries import catalogue

pytestmark = pytest.mark.usefixtures("clock")

HERE = "http://testserver"
LOGIN = "13800000001"


def form_of(response: Any, button: str) -> dict[str, str]:
    """Every hidden field of the form of a page that has this button."""
    forms = re.findall(r"<form\b.*?</form>", response.content.decode(), flags=re.DOTALL)
    (form,) = [one for one in forms if f">{button}</button>" in one]
    tags = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {html.unescape(name): html.unescape(value) for name, value in tags}


def asked_first(item: str) -> tuple[str, str]:
    """Page and question of the first text that this item asks of everybody."""
    pages = [page for page in catalogue().items[item].form.pages if page.when is None]
    asked = [(p.key, f.key) for p in pages for f in p.fields if f.type == "text" and f.when is None]
    return asked[0]


def test_a_form_sent_after_the_session_has_ended_is_handed_in_after_signing_in(cast: Cast) -> None:
    draft = begun(cast.citizen)
    key, question = asked_first(draft.item)
    address, words = f"/apply/{draft.pk}/form/{key}/", "王淑兰 <b>"
    client = Client()
    page = client.post(address, {question: words, "later": ""})
    assert page.status_code == 200
    assert "刚才填的内容还在" in shown(page)
    slip = client.post("/sign-in/", form_of(page, "登录") | {"login": LOGIN, "password": "not it"})
    assert slip.status_code == 422
    again = client.post("/sign-in/", form_of(slip, "登录") | {"login": LOGIN, "password": PASSWORD})
    assert again.status_code == 200
    assert f'action="{address}"' in again.content.decode()
    assert client.post(address, form_of(again, "接着办")).status_code == 302
    assert stored(draft).answers[question] == words


def test_a_form_never_goes_on_to_another_site(cast: Cast) -> None:
    typed = {"login": LOGIN, "password": PASSWORD, "again": "https://evil.example/", "held.name": "x"}
    response = Client().post("/sign-in/", typed)
    assert response["Location"] == "/cases/"


def test_staff_come_to_their_second_factor(cast: Cast) -> None:
    typed = {"login": "window-1", "password": PASSWORD, "again": "/desk/", "held.words": "x"}
    assert Client().post("/sign-in/", typed).status_code == 302


def test_a_page_that_is_merely_asked_for_leads_to_the_sign_in_as_ever(cast: Cast) -> None:
    assert Client().get("/cases/")["Location"] == "/sign-in/?next=/cases/"
    assert Client().post("/desk/cases/x/say/", {"words": "x"}).status_code == 302


def test_a_stale_form_of_our_own_comes_back_as_it_was(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/register/")
    response = client.post("/register/", {"phone": "13900000009", "csrfmiddlewaretoken": "x" * 64}, **FROM_US)
    assert response.status_code == 403
    assert value_of(response, "phone") == "13900000009"


def test_a_password_of_a_stale_form_is_asked_for_again(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/sign-in/", {"login": LOGIN, "password": PASSWORD}, **FROM_US)
    assert value_of(response, "login") == LOGIN
    assert PASSWORD not in response.content.decode()
    assert 'type="password"' in response.content.decode()


FROM_US: dict[str, Any] = {"HTTP_ORIGIN": HERE}


@pytest.mark.parametrize("sender", [{}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}])
def test_the_form_of_another_site_is_never_handed_on(cast: Cast, sender: dict[str, str]) -> None:
    client: Any = Client(enforce_csrf_checks=True)
    come_in(client, cast.citizen)
    response = client.post("/account/identity/", {"identity": "11010519491231002X"}, **sender)
    assert response.status_code == 403
    assert "11010519491231002X" not in response.content.decode()


def test_whoever_is_signed_in_notices_nothing(cast: Cast) -> None:
    assert signed_in(cast.citizen).post("/notices/read/", {"notice": "1"}).status_code == 302
