"""How long what a program holds is good: its token, and the consent behind it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from oauth2_provider.models import AccessToken, RefreshToken
from support.actors import Cast
from support.programs import Asking, allowed, asks, exchanged, registered, renewed, token_for
from support.visits import shown, signed_in

from yinuo.apps.clients.actions.clean import clean
from yinuo.apps.clients.queries import programs_of


def test_a_token_ends_after_a_quarter_of_an_hour(cast: Cast, clock: Any) -> None:
    program = Asking(token_for(registered().client, cast.citizen))
    clock.shift(timedelta(minutes=14, seconds=59))
    assert program.get("/cases").status_code == 200
    clock.shift(timedelta(seconds=1))
    assert program.get("/cases").status_code == 401


def test_a_consent_has_a_last_day_however_often_it_is_renewed(cast: Cast, clock: Any) -> None:
    program, browser = registered(), signed_in(cast.citizen)
    begun = timezone.now()
    given = exchanged(program, allowed(browser, asks(program))["code"])
    for _ in range(3):
        clock.shift(timedelta(days=59))
        given = renewed(program, given.json()["refresh_token"])
        assert given.status_code == 200, given.content
    assert programs_of(cast.citizen, timezone.now())[0].since == begun, "not since the last renewal"
    clock.move_to(begun + timedelta(days=180))
    over = renewed(program, given.json()["refresh_token"])
    assert (over.status_code, over.json()["error"]) == (400, "invalid_grant")
    assert programs_of(cast.citizen, timezone.now()) == []
    clean(timezone.now())
    assert (RefreshToken.objects.count(), AccessToken.objects.count()) == (0, 0)


def test_a_moment_before_its_last_day_ends_a_consent_is_still_renewed(
    cast: Cast, clock: Any, settings: Any
) -> None:
    settings.CONSENT_DAYS = 10
    program = registered()
    page = shown(signed_in(cast.citizen).get("/oauth/authorize/", asks(program)))
    assert "10 天后也要您再同意一次" in page
    given = exchanged(program, allowed(signed_in(cast.citizen), asks(program))["code"])
    clock.shift(timedelta(days=10) - timedelta(seconds=1))
    assert renewed(program, given.json()["refresh_token"]).status_code == 200


def test_what_is_over_is_thrown_away(cast: Cast, clock: Any) -> None:
    program = registered()
    exchanged(program, allowed(signed_in(cast.citizen), asks(program))["code"])
    clock.shift(timedelta(days=89))
    clean(AccessToken.objects.get().created)
    assert RefreshToken.objects.count() == 1
    clock.shift(timedelta(days=2))
    clean(AccessToken.objects.get().created)
    assert (RefreshToken.objects.count(), AccessToken.objects.count()) == (0, 0)
