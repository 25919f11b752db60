"""Signing in as staff: password, second factor, and only then the desk."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from support.actors import PASSWORD, Cast
from support.factors import SECRET, bound, code_at
from support.fixed_clock import NOW
from support.visits import shown, signed_in

from yinuo.apps.access.actions.make_recovery_codes import make_recovery_codes
from yinuo.apps.access.actions.reset_factor import reset_factor
from yinuo.apps.access.actions.reset_password import reset_password
from yinuo.apps.access.models import PersonSession, SecondFactor
from yinuo.apps.access.queries import factor_of
from yinuo.apps.access.totp import code_of, step_at
from yinuo.core.errors import Refusal

SECOND, SETUP = "/sign-in/second/", "/sign-in/setup/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def with_password(cast: Cast, password: str = PASSWORD, **more: str) -> Client:
    client = Client(headers={"user-agent": FIREFOX})
    response = client.post("/sign-in/", {"login": "window-1", "password": password, **more})
    assert response["Location"] == SECOND
    return client


def inside(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def test_after_the_password_nobody_is_signed_in_yet(cast: Cast, clock: Any) -> None:
    bound(cast.window, NOW)
    client = with_password(cast)
    assert not inside(client)
    assert "_auth_user_id" not in client.session
    assert not PersonSession.objects.exists()


def test_the_right_code_leads_on_to_where_one_wanted_to_go(cast: Cast, clock: Any) -> None:
    bound(cast.window, NOW)
    client = with_password(cast, next="/desk/owed/")
    before = client.session.session_key
    response = client.post(SECOND, {"code": code_at(NOW)})
    assert response["Location"] == "/desk/owed/"
    assert inside(client)
    assert client.session.session_key != before
    assert PersonSession.objects.get().browser == "Firefox · Windows"


def test_a_wrong_code_or_a_used_one_is_told_and_lets_nobody_in(cast: Cast, clock: Any) -> None:
    bound(cast.window, NOW)
    client = with_password(cast)
    wrong = client.post(SECOND, {"code": "000000"})
    assert (wrong.status_code, "验证码不对" in shown(wrong)) == (422, True)
    assert client.post(SECOND, {"code": code_at(NOW)}).status_code == 302
    again = with_password(cast).post(SECOND, {"code": code_at(NOW)})
    assert (again.status_code, "用过了" in shown(again)) == (422, True)


def test_guessing_is_shut_out_after_a_few_tries(cast: Cast, clock: Any) -> None:
    bound(cast.window, NOW)
    client = with_password(cast)
    answers = [client.post(SECOND, {"code": "000000"}).status_code for _ in range(8)]
    assert 429 in answers
    assert client.post(SECOND, {"code": code_at(NOW)}).status_code == 429
    clock.shift(timedelta(minutes=9))
    assert client.post(SECOND, {"code": code_at(NOW + timedelta(minutes=9))}).status_code == 302


def test_the_password_is_forgotten_after_ten_minutes(cast: Cast, clock: Any) -> None:
    bound(cast.window, NOW)
    client = with_password(cast)
    clock.shift(timedelta(minutes=10))
    response = client.post(SECOND, {"code": code_at(NOW + timedelta(minutes=10))})
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")
    assert not inside(client)


def test_a_password_that_changes_meanwhile_is_no_way_in(cast: Cast, clock: Any) -> None:
    bound(cast.window, NOW)
    client = with_password(cast)
    reset_password(cast.window, "忘了", by=None, now=NOW)
    assert client.post(SECOND, {"code": code_at(NOW)})["Location"] == "/sign-in/"


@pytest.mark.parametrize("address", [SECOND, SETUP])
def test_without_a_password_there_is_no_second_step(cast: Cast, address: str) -> None:
    for client in (Client(), signed_in(cast.citizen)):
        for response in (client.get(address), client.post(address, {"code": "123456"})):
            assert response["Location"] == "/sign-in/"


def test_a_recovery_code_stands_in_once(cast: Cast, clock: Any) -> None:
    bound(cast.window, NOW)
    code = make_recovery_codes(cast.window, NOW)[0]
    client = with_password(cast)
    assert client.post(SECOND, {"code": code}).status_code == 302
    assert inside(client)
    assert with_password(cast).post(SECOND, {"code": code}).status_code == 422


def test_the_first_sign_in_sets_up_an_authenticator_and_shows_recovery_codes_once(
    cast: Cast, clock: Any
) -> None:
    client = with_password(cast)
    assert client.get(SECOND)["Location"] == SETUP
    page = client.get(SETUP)
    secret = SecondFactor.objects.get().secret
    assert "<svg" in page.content.decode()
    assert secret in shown(page).replace(" ", "")
    assert "no-store" in page["Cache-Control"]
    assert client.post(SETUP, {"code": "000000"}).status_code == 422
    done = client.post(SETUP, {"code": code_of(secret, step_at(NOW))})
    codes = re.findall(r'<li class="yn-id">([A-Z2-9-]{17})</li>', done.content.decode())
    assert len(set(codes)) == 10
    assert inside(client)
    assert client.get(SETUP)["Location"] == "/sign-in/"
    other = with_password(cast)
    assert other.get(SETUP)["Location"] == SECOND
    assert other.post(SECOND, {"code": codes[0]}).status_code == 302


def test_a_password_that_was_given_has_to_be_changed_at_once(cast: Cast, clock: Any) -> None:
    bound(cast.window, NOW)
    given = reset_password(cast.window, "忘了", by=None, now=NOW)
    assert not isinstance(given, Refusal)
    client = with_password(cast, given)
    assert client.get(SECOND)["Location"] == SETUP
    typed = {"code": code_at(NOW), "password": given}
    assert client.post(SETUP, typed).status_code == 422
    assert not inside(client)
    assert client.post(SETUP, typed | {"password": "four plain words together"}).status_code == 302
    assert inside(client)


def test_a_password_that_was_given_does_not_last(cast: Cast, clock: Any) -> None:
    given = reset_password(cast.window, "忘了", by=None, now=NOW)
    assert not isinstance(given, Refusal)
    clock.shift(timedelta(hours=72))
    response = Client().post("/sign-in/", {"login": "window-1", "password": given}, follow=True)
    assert "初始密码过期了" in shown(response)
    assert factor_of(cast.window) is None


def test_a_day_after_a_reset_the_password_leads_nowhere_and_says_what_to_do(cast: Cast, clock: Any) -> None:
    reset_factor(bound(cast.window, NOW), "手机丢了", by=None, now=NOW)
    waiting = with_password(cast)
    assert waiting.get(SETUP).status_code == 200
    clock.shift(timedelta(hours=24))
    response = Client().post("/sign-in/", {"login": "window-1", "password": PASSWORD}, follow=True)
    assert "请再找账号管理员当面重置一次" in shown(response)
    assert response.redirect_chain[-1][0] == "/sign-in/"
    assert factor_of(cast.window) is None


def test_whoever_has_the_page_open_when_the_day_ends_is_out_too(cast: Cast, clock: Any) -> None:
    reset_factor(bound(cast.window, NOW), "手机丢了", by=None, now=NOW)
    clock.shift(timedelta(hours=23, minutes=55))
    client = with_password(cast)
    client.get(SETUP)
    clock.shift(timedelta(minutes=5))
    code = code_of(SecondFactor.objects.get().secret, step_at(NOW + timedelta(hours=24)))
    assert client.post(SETUP, {"code": code})["Location"] == "/sign-in/"
    assert factor_of(cast.window) is None


def test_a_session_without_the_second_factor_is_nobodys(cast: Cast, clock: Any) -> None:
    """Whatever way of signing in forgets the second factor: it opens nothing."""
    client = Client()
    client.force_login(cast.window)
    assert client.get("/desk/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_demo_shows_the_code_of_its_own_people_only(cast: Cast, clock: Any, settings: Any) -> None:
    bound(cast.window, NOW)
    settings.DEMO = True
    assert code_at(NOW) not in shown(with_password(cast).get(SECOND))
    SecondFactor.objects.update(is_demo=True)
    page = shown(with_password(cast).get(SECOND))
    assert code_at(NOW) in page
    assert "仅限演示" in page
    settings.DEMO = False
    assert code_at(NOW) not in shown(with_password(cast).get(SECOND))


def test_the_demo_shows_no_code_that_was_used(cast: Cast, clock: Any, settings: Any) -> None:
    bound(cast.window, NOW)
    settings.DEMO = True
    SecondFactor.objects.update(is_demo=True)
    for steps in (0, 1):
        client = with_password(cast)
        assert code_at(NOW, steps) in shown(client.get(SECOND))
        assert client.post(SECOND, {"code": code_at(NOW, steps)}).status_code == 302
    assert "请等半分钟" in shown(with_password(cast).get(SECOND))


def test_the_secret_is_in_no_page_once_it_counts(cast: Cast, clock: Any) -> None:
    bound(cast.window, NOW)
    assert SECRET not in shown(with_password(cast).get(SECOND)).replace(" ", "")
