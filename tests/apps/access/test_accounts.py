"""Accounts and posts: who may change them, what may not be in one hand, and what stays on record."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from support.actors import ELSEWHERE, UNIT, Cast, as_actor, member
from support.catalogues import whole
from support.fixed_clock import NOW

from yinuo.apps.access.actions.add_account import GOOD_FOR, add_account
from yinuo.apps.access.actions.close_account import close_account
from yinuo.apps.access.actions.delegate import delegate
from yinuo.apps.access.actions.end_delegation import end_delegation
from yinuo.apps.access.actions.end_post import end_post
from yinuo.apps.access.actions.give_post import give_post
from yinuo.apps.access.actions.reset_factor import reset_factor
from yinuo.apps.access.actions.reset_password import reset_password
from yinuo.apps.access.guards import APART
from yinuo.apps.access.models import Change, Delegation, GivenPassword
from yinuo.apps.cases.queries import visible_to
from yinuo.apps.people.models import Person, Post
from yinuo.apps.people.queries import colleagues, may, on_duty
from yinuo.catalogue.city import City
from yinuo.core.errors import Refusal
from yinuo.core.powers import BESIDE
from yinuo.core.route import POSTS

TODAY = NOW.date()
BUREAU = "baicheng-bureau"


def code(done: Any) -> str | None:
    return done.code if isinstance(done, Refusal) else None


def city() -> City:
    return whole().city


@pytest.fixture
def admin(cast: Cast) -> Person:
    return member("admin-1", BUREAU, "administrator")


def given(who: Person, post: str, by: Person | None, **more: Any) -> Any:
    facts = {"unit": UNIT, "starts_on": TODAY, "ends_on": None} | more
    return give_post(who, post, **facts, reason="调岗", by=by, now=NOW)


@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize("action", BESIDE)
def test_beside_the_acts_a_post_may_exactly_what_the_matrix_says(cast: Cast, action: str, post: str) -> None:
    allowed = post in city().posts.powers.of(action)
    assert may(action, member("somebody-1", UNIT, post), city(), TODAY) is allowed


def test_an_administrator_sees_no_case_and_an_editor_decides_none(cast: Cast, admin: Person) -> None:
    from support.journeys import submitted

    case = submitted(cast)
    here = member("admin-here", case.unit, "administrator", "editor")
    assert list(visible_to(here, TODAY)) == list(visible_to(admin, TODAY)) == []
    assert [one.pk for one in visible_to(cast.window, TODAY)] == [case.pk]
    assert here not in colleagues(case.unit, TODAY)


def test_nobody_is_on_duty_by_a_post_that_takes_no_case(cast: Cast) -> None:
    member("a-admin", "taobei-public-order", "administrator")
    assert on_duty("taobei-public-order", city(), TODAY) == str(cast.supervisor.pk)


def test_an_account_comes_with_a_password_for_one_sign_in(admin: Person) -> None:
    made = add_account(" Clerk-7 ", "赵一", "新来的", by=admin, now=NOW)
    assert not isinstance(made, Refusal)
    person, password = made
    assert (person.login, person.is_staff, person.check_password(password)) == ("clerk-7", True, True)
    assert GivenPassword.objects.get(person=person).until == NOW + timedelta(hours=72)
    assert code(add_account("clerk-7", "赵二", "新来的", by=admin, now=NOW)) == "invalid-answers"


@pytest.mark.parametrize("login", ["", "13800000009", "a b", "警号1", "x" * 41])
def test_a_staff_number_is_never_like_a_phone_number(admin: Person, login: str) -> None:
    no = add_account(login, "赵一", "新来的", by=admin, now=NOW)
    assert isinstance(no, Refusal)
    assert no.fields == {"login": "bad-staff-number"}


def test_only_an_administrator_changes_accounts_and_never_the_own_one(cast: Cast, admin: Person) -> None:
    for by in (cast.window, cast.supervisor, cast.citizen):
        assert code(given(cast.reviewer, "approver", by)) == "without-the-post"
        assert code(add_account("clerk-7", "赵一", "新来的", by=by, now=NOW)) == "without-the-post"
    assert code(given(admin, "administrator", admin, unit=UNIT)) == "not-to-yourself"
    assert code(close_account(admin, "走了", by=admin, now=NOW)) == "not-to-yourself"
    assert code(given(cast.citizen, "window", admin)) == "no-such-account"
    assert not Change.objects.exists()


def test_a_post_is_held_from_its_first_day_to_its_last(cast: Cast, admin: Person) -> None:
    first, last = TODAY + timedelta(days=3), TODAY + timedelta(days=5)
    assert isinstance(given(cast.window, "approver", admin, starts_on=first, ends_on=last), Post)
    held = [as_actor(cast.window, first + timedelta(days=n)).holds("approver", UNIT) for n in (-1, 0, 2, 3)]
    assert held == [False, True, True, False]
    change = Change.objects.get(what="post-given")
    assert (change.by, change.person, change.reason) == (admin, cast.window, "调岗")
    assert change.facts == {"post": "approver", "unit": UNIT, "from": str(first), "to": str(last)}


def test_what_makes_no_sense_is_not_given(cast: Cast, admin: Person) -> None:
    assert given(cast.window, "king", admin).fields == {"post": "not-a-choice"}
    assert given(cast.window, "approver", admin, unit="nowhere").fields == {"unit": "not-a-choice"}
    yesterday = TODAY - timedelta(days=1)
    assert given(cast.window, "approver", admin, starts_on=yesterday).fields == {"starts_on": "date-in-past"}
    assert code(given(cast.window, "approver", admin, ends_on=yesterday)) == "ends-before-it-starts"
    assert code(given(cast.window, "window", admin)) == "post-held-already"


@pytest.mark.parametrize(("one", "other"), list(combinations(POSTS, 2)))
def test_posts_that_are_kept_apart_are_never_in_one_hand(admin: Person, one: str, other: str) -> None:
    """Wherever they are: the two units differ."""
    person = member("somebody-1", ELSEWHERE, one)
    clashes = city().posts.clash(one, other) is not None
    assert (code(given(person, other, admin)) == "incompatible-posts") is clashes


def test_the_editor_decides_nothing_and_the_administrator_reads_nothing() -> None:
    posts = city().posts
    apart = {frozenset((one, other)) for one, other, _ in posts.clashes()}
    reading = posts.powers.of("read-cases")
    assert {frozenset(("administrator", post)) for post in reading} <= apart
    assert {frozenset(("editor", post)) for post in posts.powers.of("decide")} <= apart
    assert frozenset(("administrator", "editor")) in apart


def test_one_after_the_other_is_no_clash(cast: Cast, admin: Person) -> None:
    last = TODAY + timedelta(days=9)
    person = member("somebody-1", UNIT)
    assert not isinstance(given(person, "editor", admin, ends_on=last), Refusal)
    assert code(given(person, "approver", admin, starts_on=last)) == "incompatible-posts"
    assert not isinstance(given(person, "approver", admin, starts_on=last + timedelta(days=1)), Refusal)


def test_a_post_ends_at_once_or_on_a_day_to_come(cast: Cast, admin: Person) -> None:
    window, inspector = cast.window.posts.order_by("-post")
    assert code(end_post(window, TODAY, "", by=admin, now=NOW)) == "say-why"
    end_post(window, TODAY, "调岗", by=admin, now=NOW)
    end_post(inspector, TODAY - timedelta(days=1), "调岗", by=admin, now=NOW)
    held = [as_actor(cast.window, TODAY).holds(post, UNIT) for post in ("window", "inspector")]
    assert held == [True, False]
    assert not as_actor(cast.window, TODAY + timedelta(days=1)).posts
    assert code(end_post(inspector, TODAY, "调岗", by=admin, now=NOW)) == "ended-already"


def test_whoever_left_holds_nothing(cast: Cast, admin: Person) -> None:
    given(cast.window, "reviewer", admin, starts_on=TODAY + timedelta(days=9))
    assert close_account(cast.window, "退休", by=admin, now=NOW) == cast.window
    assert not as_actor(cast.window, TODAY).posts
    assert not as_actor(cast.window, TODAY + timedelta(days=10)).posts
    assert code(close_account(cast.window, "退休", by=admin, now=NOW)) == "closed-already"
    assert code(given(cast.window, "window", admin)) == "closed-already"


def away(cast: Cast, post: str, holder: Person, deputy: Person, by: Person, **days: date) -> Any:
    held = holder.posts.get(post=post)
    first, last = days.get("first", TODAY), days.get("last", TODAY + timedelta(days=6))
    return delegate(held, deputy, first, last, reason="年假", by=by, now=NOW)


def test_a_deputy_holds_the_post_for_these_days_and_for_somebody(cast: Cast) -> None:
    given_ = away(
        cast, "approver", cast.approver, cast.window, cast.approver, first=TODAY + timedelta(days=1)
    )
    assert isinstance(given_, Delegation)
    held = [as_actor(cast.window, TODAY + timedelta(days=n)).holds("approver", UNIT) for n in (0, 1, 6, 7)]
    assert held == [False, True, True, False]
    who = as_actor(cast.window, TODAY + timedelta(days=1))
    assert who.deputy == {("approver", UNIT, str(cast.approver.pk))}
    assert Change.objects.get(what="deputy-named").by == cast.approver


def test_what_arrives_goes_to_the_deputy_of_an_absent_leader(cast: Cast) -> None:
    assert on_duty(UNIT, city(), TODAY) == str(cast.approver.pk)
    away(cast, "leader", cast.approver, cast.reviewer, cast.approver)
    assert on_duty(UNIT, city(), TODAY) == str(cast.reviewer.pk)
    assert on_duty(UNIT, city(), TODAY + timedelta(days=7)) == str(cast.approver.pk)


def test_who_may_name_a_deputy(cast: Cast) -> None:
    assert code(away(cast, "window", cast.window, cast.reviewer, cast.reviewer)) == "without-the-post"
    assert code(away(cast, "window", cast.window, cast.window, cast.window)) == "not-to-yourself"
    assert code(away(cast, "window", cast.window, cast.approver, cast.approver)) == "not-to-yourself"
    assert code(away(cast, "window", cast.window, cast.citizen, cast.window)) == "choose-a-person"
    assert isinstance(away(cast, "window", cast.window, cast.reviewer, cast.approver), Delegation)
    assert code(away(cast, "window", cast.window, cast.elsewhere, cast.window)) == "deputy-already"


def test_a_deputy_cannot_pass_the_post_on(cast: Cast) -> None:
    away(cast, "leader", cast.approver, cast.reviewer, cast.approver)
    assert code(away(cast, "window", cast.window, cast.elsewhere, cast.reviewer)) == "without-the-post"


def test_what_is_kept_apart_stays_apart_during_an_absence(cast: Cast) -> None:
    editor = member("editor-1", BUREAU, "editor")
    assert code(away(cast, "approver", cast.approver, editor, cast.approver)) == "incompatible-posts"
    assert isinstance(away(cast, "approver", cast.approver, cast.window, cast.approver), Delegation)
    admin = member("admin-1", BUREAU, "administrator")
    free = member("free-1", UNIT)
    away(cast, "leader", cast.approver, free, cast.approver)
    assert code(given(free, "editor", admin)) == "incompatible-posts"


def test_an_absence_is_short_and_lies_within_the_post(cast: Cast) -> None:
    longest = city().posts.longest_absence
    last = TODAY + timedelta(days=longest)
    assert code(away(cast, "window", cast.window, cast.reviewer, cast.window, last=last)) == "too-long-away"
    cast.window.posts.update(ends_on=TODAY + timedelta(days=2))
    assert code(away(cast, "window", cast.window, cast.reviewer, cast.window)) == "post-not-held"


def test_whoever_is_back_has_the_post_alone_again(cast: Cast) -> None:
    made = away(cast, "approver", cast.approver, cast.window, cast.approver)
    assert code(end_delegation(made, by=cast.reviewer, now=NOW)) == "without-the-post"
    assert end_delegation(made, by=cast.window, now=NOW) == made
    assert not as_actor(cast.window, TODAY).deputy
    assert code(end_delegation(made, by=cast.approver, now=NOW)) == "ended-already"


def test_a_closed_account_is_nobodys_deputy_and_nobody_is_theirs(cast: Cast) -> None:
    away(cast, "approver", cast.approver, cast.window, cast.approver)
    close_account(cast.approver, "退休", by=None, now=NOW)
    assert not as_actor(cast.window, TODAY).deputy


RESETS = (reset_password, reset_factor)


@pytest.mark.parametrize(("first", "second"), [RESETS, RESETS[::-1]])
def test_password_and_authenticator_take_two_administrators(
    cast: Cast, admin: Person, first: Any, second: Any
) -> None:
    """Whoever had both could come in as that person (OWASP ASVS 5.0, 8.4.2)."""
    other = member("admin-2", BUREAU, "administrator")
    assert code(first(cast.window, "忘了", by=admin, now=NOW)) is None
    soon, later = NOW + APART - timedelta(minutes=1), NOW + APART
    assert code(second(cast.window, "也丢了", by=admin, now=soon)) == "needs-another-administrator"
    assert code(second(cast.reviewer, "丢了", by=admin, now=soon)) is None
    assert code(first(cast.window, "又忘了", by=other, now=soon)) is None
    assert code(second(cast.window, "也丢了", by=admin, now=later)) is None


def test_another_administrator_and_the_command_line_may_at_once(cast: Cast, admin: Person) -> None:
    reset_password(cast.window, "忘了", by=admin, now=NOW)
    other = member("admin-2", BUREAU, "administrator")
    assert code(reset_factor(cast.window, "丢了", by=other, now=NOW)) is None
    reset_password(cast.reviewer, "忘了", by=None, now=NOW)
    assert code(reset_factor(cast.reviewer, "丢了", by=None, now=NOW)) is None


def test_a_given_password_is_over_before_its_maker_may_reset_the_authenticator() -> None:
    assert APART >= GOOD_FOR
