"""Who somebody is on a day: posts, the units below them, and who answers for what arrives."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from support.actors import Cast, as_actor, citizen, member

from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person, Post
from yinuo.apps.people.queries import colleagues, names, on_duty, posts_on, units_of

TODAY = date(2026, 10, 12)


def holds(person: Person, post: str, unit: str, day: date = TODAY) -> bool:
    return as_actor(person, day).holds(post, unit)


def on_duty_at(unit: str, day: date = TODAY) -> Person | None:
    found = on_duty(unit, catalogue().city, day)
    return Person.objects.get(pk=found) if found else None


def test_a_citizen_is_an_applicant_without_posts(cast: Cast) -> None:
    who = as_actor(cast.citizen, TODAY)
    assert (who.id, who.role, who.posts) == (str(cast.citizen.pk), "applicant", frozenset())


def test_a_post_row_makes_no_citizen_into_staff(cast: Cast) -> None:
    Post.objects.create(person=cast.citizen, post="window", unit="taobei-traffic", starts_on=date(2026, 1, 1))
    assert as_actor(cast.citizen, TODAY).role == "applicant"
    assert not as_actor(cast.citizen, TODAY).posts


def test_an_ordinary_post_counts_in_its_own_unit_only(cast: Cast) -> None:
    assert as_actor(cast.reviewer, TODAY).posts == {("reviewer", "taobei-traffic")}


@pytest.mark.parametrize("post", ["leader", "supervisor"])
def test_a_supervising_post_counts_in_every_unit_below(db: None, post: str) -> None:
    person = member("over-1", "taobei", post)
    assert holds(person, post, "taobei")
    assert holds(person, post, "taobei-traffic")
    assert not holds(person, post, "zhenlai-traffic")
    assert not holds(person, post, "baicheng-bureau")


def test_the_supervisor_of_the_bureau_supervises_every_unit(cast: Cast) -> None:
    city = catalogue().city
    assert units_of(cast.supervisor, city, TODAY) == set(city.units)


@pytest.mark.parametrize(
    ("day", "holds_it"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_post_is_held_from_its_first_day_to_its_last(db: None, day: date, holds_it: bool) -> None:
    person = Person.objects.create_person("w", "民警", None, is_staff=True)
    Post.objects.create(
        person=person, post="window", unit="taobei", starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 30)
    )
    assert holds(person, "window", "taobei", day) is holds_it
    assert posts_on(day).exists() is holds_it


def test_a_post_cannot_end_before_it_begins(db: None) -> None:
    person = member("w", "taobei")
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            person=person, post="window", unit="taobei", starts_on=TODAY, ends_on=date(2026, 1, 1)
        )


def test_a_supervising_post_in_a_unit_that_is_gone_counts_nowhere(db: None) -> None:
    person = member("w", "a-unit-that-was-closed", "leader")
    assert as_actor(person, TODAY).posts == frozenset()


def test_the_leader_of_the_unit_is_on_duty(cast: Cast) -> None:
    assert on_duty_at("taobei-traffic") == cast.approver


def test_where_there_is_no_leader_whoever_holds_a_post_is_on_duty(db: None) -> None:
    clerk = member("w", "taobei-traffic", "window")
    member("over", "taobei", "leader")
    assert on_duty_at("taobei-traffic") == clerk


def test_where_nobody_holds_a_post_the_unit_above_answers(db: None) -> None:
    head = member("over", "taobei", "leader")
    assert on_duty_at("taobei-traffic") == head


def test_nobody_at_all_is_said_as_nobody(db: None) -> None:
    assert on_duty_at("taobei-traffic") is None


def test_who_left_and_who_may_not_sign_in_any_more_is_not_on_duty(cast: Cast) -> None:
    Post.objects.filter(person=cast.approver).update(ends_on=date(2026, 9, 30))
    assert on_duty_at("taobei-traffic") in (cast.window, cast.reviewer)
    Person.objects.filter(pk__in=[cast.window.pk, cast.reviewer.pk]).update(is_active=False)
    assert on_duty_at("taobei-traffic") == cast.supervisor


def test_colleagues_hold_a_post_in_the_very_unit_and_stand_once_by_name(cast: Cast) -> None:
    found = colleagues("taobei-traffic", TODAY)
    assert set(found) == {cast.window, cast.reviewer, cast.approver}
    assert [one.name for one in found] == sorted(one.name for one in found)
    assert len(found) == 3


def test_names_pass_over_what_is_no_person(db: None) -> None:
    someone = citizen("13900000001", "周晓燕")
    assert names([str(someone.pk), "system", "", "not-a-uuid"]) == {str(someone.pk): "周晓燕"}
