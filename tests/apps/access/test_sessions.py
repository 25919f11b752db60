"""Sessions of staff: how long, how many, and what ends them; those of citizens: test_sessions_of_citizens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from support.actors import UNIT, Cast
from support.fixed_clock import NOW

from yinuo.apps.access.actions.choose_password import choose_password
from yinuo.apps.access.actions.close_account import close_account
from yinuo.apps.access.actions.delegate import delegate
from yinuo.apps.access.actions.end_post import end_post
from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.actions.keep_open import keep_open
from yinuo.apps.access.actions.open_session import open_session
from yinuo.apps.access.actions.reset_factor import reset_factor
from yinuo.apps.access.actions.reset_password import reset_password
from yinuo.apps.access.models import PersonSession
from yinuo.apps.access.queries import open_sessions

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def opened(cast: Cast, at: Any = NOW) -> PersonSession:
    return open_session(cast.window, "Firefox · Windows", at)


def test_a_session_goes_on_while_pages_are_opened(cast: Cast, settings: Any) -> None:
    session = opened(cast)
    for n in range(1, 24):
        assert keep_open(cast.window, session.pk, NOW + n * 29 * MINUTE) == ""
    assert keep_open(cast.window, session.pk, NOW + 23 * 29 * MINUTE + 30 * MINUTE) == "idle"
    assert keep_open(cast.window, session.pk, NOW + 23 * 29 * MINUTE) == "idle", "what is over stays over"


def test_however_busy_it_ends_after_half_a_day(cast: Cast, settings: Any) -> None:
    settings.STAFF_SESSION_HOURS = 2
    session = opened(cast)
    assert [keep_open(cast.window, session.pk, NOW + n * 20 * MINUTE) for n in range(1, 7)] == [
        *[""] * 5,
        "too-long",
    ]


def test_a_session_of_somebody_else_or_none_at_all_is_none(cast: Cast) -> None:
    session = opened(cast)
    for person, key in ((cast.reviewer, session.pk), (cast.window, uuid4()), (cast.window, None)):
        assert keep_open(person, key, NOW) == "no-session"


def test_beyond_the_limit_the_oldest_ends(cast: Cast, settings: Any) -> None:
    settings.STAFF_SESSIONS = 2
    sessions = [opened(cast, NOW + n * MINUTE) for n in range(3)]
    found = [keep_open(cast.window, one.pk, NOW + 5 * MINUTE) for one in sessions]
    assert found == ["too-many", "", ""]


def test_signing_out_in_one_place_or_everywhere_else(cast: Cast) -> None:
    first, second, here = (opened(cast, NOW + n * MINUTE) for n in range(3))
    assert end_sessions(cast.window, "everywhere", NOW, only=[first.pk]) == 1
    assert [one.pk for one in open_sessions(cast.window, NOW + 3 * MINUTE)] == [here.pk, second.pk]
    assert end_sessions(cast.window, "everywhere", NOW, but=here.pk) == 1
    assert end_sessions(cast.reviewer, "everywhere", NOW, only=[here.pk]) == 0, "nobody else's"
    assert keep_open(cast.window, here.pk, NOW + MINUTE) == ""


@pytest.mark.parametrize(
    ("done", "why"),
    [
        (lambda cast: close_account(cast.window, "走了", by=None, now=NOW), "closed"),
        (lambda cast: reset_factor(cast.window, "丢了", by=None, now=NOW), "factor-reset"),
        (lambda cast: reset_password(cast.window, "忘了", by=None, now=NOW), "password-changed"),
        (lambda cast: choose_password(cast.window, "four plain words together", NOW), "password-changed"),
        (
            lambda cast: end_post(
                cast.window.posts.first(), NOW.date() - timedelta(days=1), "调岗", by=None, now=NOW
            ),
            "post-ended",
        ),
    ],
)
def test_what_changes_an_account_ends_its_sessions(cast: Cast, done: Any, why: str) -> None:
    session = opened(cast)
    done(cast)
    assert keep_open(cast.window, session.pk, NOW + MINUTE) == why


def test_a_post_that_runs_out_ends_the_session_by_itself(cast: Cast) -> None:
    cast.window.posts.filter(post="inspector").update(ends_on=NOW.date())
    evening = NOW.replace(hour=23, minute=50)
    session = opened(cast, evening)
    assert keep_open(cast.window, session.pk, evening + 9 * MINUTE) == ""
    assert keep_open(cast.window, session.pk, evening + 11 * MINUTE) == "post-ended"


def test_a_post_that_is_new_ends_nothing_and_a_deputys_last_day_does(cast: Cast) -> None:
    session = opened(cast)
    held = cast.approver.posts.get(post="approver", unit=UNIT)
    today = NOW.date()
    delegate(held, cast.window, today, today, reason="年假", by=cast.approver, now=NOW)
    assert keep_open(cast.window, session.pk, NOW + MINUTE) == ""
    evening = NOW.replace(hour=23, minute=50)
    deputy = opened(cast, evening)
    assert keep_open(cast.window, deputy.pk, evening + 11 * MINUTE) == "post-ended"
