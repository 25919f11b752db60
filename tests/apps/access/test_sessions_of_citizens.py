"""Sessions of citizens: how long, how many, what ends them, and when they are forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from oauth2_provider.models import AccessToken
from support.actors import PASSWORD, Cast
from support.fixed_clock import NOW
from support.programs import registered, token_for

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.actions.forget_sessions import forget_sessions
from yinuo.apps.access.actions.keep_open import keep_open
from yinuo.apps.access.actions.open_session import open_session
from yinuo.apps.access.actions.sign_out_by_office import sign_out_by_office
from yinuo.apps.access.models import PersonSession
from yinuo.apps.access.queries import open_sessions
from yinuo.apps.cases.actions.tick import tick
from yinuo.apps.people.actions.change_password import change_password
from yinuo.apps.rights.actions.close_own_account import close_own_account
from yinuo.apps.signing_in.actions.sign_in_by_provider import Claims, sign_in_by_provider
from yinuo.apps.signing_in.actions.unlink import unlink
from yinuo.core.errors import Refusal

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
NEW = "three cats on the roof"


def opened(cast: Cast, at: Any = NOW) -> PersonSession:
    return open_session(cast.citizen, "Firefox · Windows", at)


def linked(cast: Cast) -> object:
    claims = Claims("https://id.example", "wang-1", cast.citizen.name)
    return sign_in_by_provider(claims, now=NOW, current=cast.citizen)


@pytest.mark.parametrize(("idle", "why"), [(HOUR - SECOND, ""), (HOUR, "idle")])
def test_an_hour_without_a_page_ends_it_to_the_second(cast: Cast, idle: timedelta, why: str) -> None:
    session = opened(cast)
    assert open_sessions(cast.citizen, NOW + idle).exists() is not bool(why)
    assert keep_open(cast.citizen, session.pk, NOW + idle) == why


@pytest.mark.parametrize(("last", "why"), [(12 * HOUR - SECOND, ""), (12 * HOUR, "too-long")])
def test_twelve_hours_are_the_end_however_busy_one_is(cast: Cast, last: timedelta, why: str) -> None:
    session = opened(cast)
    for n in range(1, 13):
        assert keep_open(cast.citizen, session.pk, NOW + n * 59 * MINUTE) == ""
    assert open_sessions(cast.citizen, NOW + last).exists() is not bool(why)
    assert keep_open(cast.citizen, session.pk, NOW + last) == why


def test_nothing_makes_the_twelve_hours_longer(cast: Cast) -> None:
    session = opened(cast)
    change_password(cast.citizen, NEW, NOW + 11 * HOUR, but=session.pk)
    keep_open(cast.citizen, session.pk, NOW + 50 * MINUTE)
    assert PersonSession.objects.get(pk=session.pk).started_at == NOW


def test_the_city_sets_both(cast: Cast, settings: Any) -> None:
    settings.CITIZEN_IDLE_MINUTES, settings.CITIZEN_SESSION_HOURS = 5, 1
    first = opened(cast)
    assert keep_open(cast.citizen, first.pk, NOW + 5 * MINUTE) == "idle"
    busy = opened(cast)
    found = [keep_open(cast.citizen, busy.pk, NOW + n * 4 * MINUTE) for n in range(1, 16)]
    assert found == [*[""] * 14, "too-long"]


def test_citizens_are_signed_in_in_as_many_places_as_they_like(cast: Cast) -> None:
    sessions = [opened(cast, NOW + n * SECOND) for n in range(9)]
    assert {keep_open(cast.citizen, one.pk, NOW + MINUTE) for one in sessions} == {""}


@pytest.mark.parametrize(
    ("done", "why"),
    [
        (lambda cast: change_password(cast.citizen, NEW, NOW), "password-changed"),
        (linked, "way-changed"),
        (lambda cast: close_own_account(cast.citizen, reason="不用了", now=NOW), "closed"),
        (lambda cast: sign_out_by_office(None, "演练", NOW), "by-office"),
    ],
)
def test_what_changes_the_way_in_ends_every_session(cast: Cast, done: Any, why: str) -> None:
    session = opened(cast)
    assert not isinstance(done(cast), Refusal)
    assert keep_open(cast.citizen, session.pk, NOW + MINUTE) == why


def test_taking_the_provider_back_ends_the_others_and_not_this_one(cast: Cast) -> None:
    linked(cast)
    there, here = opened(cast), opened(cast)
    assert unlink(cast.citizen, NOW, but=here.pk) is None
    found = [keep_open(cast.citizen, one.pk, NOW + MINUTE) for one in (there, here)]
    assert found == ["way-changed", ""]


def test_what_is_refused_ends_nothing(cast: Cast) -> None:
    session = opened(cast)
    assert isinstance(change_password(cast.citizen, "wangshulan", NOW), Refusal)
    assert isinstance(unlink(cast.citizen, NOW), Refusal)
    assert keep_open(cast.citizen, session.pk, NOW + MINUTE) == ""


def test_coming_again_by_a_provider_that_is_linked_already_ends_nothing(cast: Cast) -> None:
    linked(cast)
    session = opened(cast)
    linked(cast)
    assert keep_open(cast.citizen, session.pk, NOW + MINUTE) == ""


@pytest.mark.parametrize(
    "done",
    [
        lambda cast: change_password(cast.citizen, NEW, NOW),
        lambda cast: close_own_account(cast.citizen, reason="不用了", now=NOW),
    ],
)
def test_programs_lose_what_they_held_with_the_password(cast: Cast, done: Any) -> None:
    program = registered().client
    token_for(program, cast.citizen)
    token_for(program, cast.stranger)
    done(cast)
    assert [one.user for one in AccessToken.objects.all()] == [cast.stranger]


def test_a_way_in_that_changes_leaves_the_programs_alone(cast: Cast) -> None:
    token_for(registered().client, cast.citizen)
    linked(cast)
    assert AccessToken.objects.filter(user=cast.citizen).count() == 1


def test_somebody_else_is_not_touched(cast: Cast) -> None:
    other = open_session(cast.stranger, "Safari · iOS", NOW)
    assert end_sessions(cast.citizen, "everywhere", NOW) == 0
    change_password(cast.citizen, NEW, NOW)
    assert keep_open(cast.stranger, other.pk, NOW + MINUTE) == ""
    assert cast.stranger.check_password(PASSWORD)


def test_a_row_is_kept_while_a_browser_may_still_come_with_it(cast: Cast, settings: Any) -> None:
    opened(cast)
    last = NOW + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    assert last - NOW > timedelta(hours=settings.CITIZEN_SESSION_HOURS)
    assert forget_sessions(last - SECOND) == 0
    assert forget_sessions(last) == 1
    assert not PersonSession.objects.exists()


def test_the_clock_forgets_sessions_of_citizens_and_staff_and_what_browsers_held(
    cast: Cast, settings: Any
) -> None:
    opened(cast)
    open_session(cast.window, "Firefox · Windows", NOW)
    Session.objects.create(session_key="a", session_data="x", expire_date=NOW)
    Session.objects.create(session_key="b", session_data="x", expire_date=NOW + 9 * 24 * HOUR)
    assert tick(NOW + timedelta(seconds=settings.SESSION_COOKIE_AGE)).forgotten == 2
    assert list(Session.objects.values_list("session_key", flat=True)) == ["b"]
