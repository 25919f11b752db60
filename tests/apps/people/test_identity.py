"""Who somebody is: the phone as a login, the identity number, and how far it is known."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from support.actors import PASSWORD, Cast, citizen

from yinuo.apps.people.actions.change_phone import change_phone
from yinuo.apps.people.actions.check_identity import check_identity
from yinuo.apps.people.actions.verify_identity import verify_identity
from yinuo.apps.people.models import Level, Person
from yinuo.apps.people.queries import anonymous, with_identity
from yinuo.core.errors import Refusal

TODAY = date(2026, 3, 2)
GOOD = "11010519491231002X"  # the example of GB 11643


def test_neither_phone_nor_number_stands_in_the_table(db: None) -> None:
    person = citizen("13800000001", "王淑兰", Level.NONE)
    verify_identity(person, "王淑兰", GOOD)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person")
        rows = repr(cursor.fetchall())
    assert "13800000001" not in rows
    assert GOOD not in rows
    assert Person.objects.get(pk=person.pk).phone == "13800000001"
    assert with_identity(GOOD) == person


def test_people_are_found_by_phone_and_staff_by_their_number(cast: Cast) -> None:
    assert Person.objects.by_login("+86 138-0000-0001") == cast.citizen
    assert Person.objects.by_login(" window-1 ") == cast.window
    assert Person.objects.by_login("13900000009") is None


def test_the_index_is_no_login(cast: Cast) -> None:
    assert Person.objects.by_login(cast.citizen.login) is None
    assert authenticate(username=cast.citizen.login, password=PASSWORD) is None


def test_nobody_signs_in_as_anonymous(db: None) -> None:
    anonymous()
    assert Person.objects.by_login("anonymous") is None


def test_a_number_that_holds_is_checked(db: None) -> None:
    person = citizen("13700000001", "周晓燕", Level.NONE)
    assert check_identity(person, " 110105 19491231 002x ", TODAY) == person
    person.refresh_from_db()
    assert (person.level, person.identity, person.identity_index) == (Level.CHECKED, GOOD, None)


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("110105194912310021", "bad-check-digit"),
        ("11010519491231002", "bad-length"),
        ("", "bad-length"),
        ("110105203001010016", "future-date"),
    ],
)
def test_a_number_that_does_not_hold_changes_nothing(db: None, number: str, problem: str) -> None:
    person = citizen("13700000001", "周晓燕", Level.NONE)
    result = check_identity(person, number, TODAY)
    assert isinstance(result, Refusal)
    assert result.fields == {"identity": problem}
    person.refresh_from_db()
    assert (person.level, person.identity) == (Level.NONE, "")


def test_two_people_may_give_the_same_number_and_neither_learns_of_the_other(db: None) -> None:
    people = [citizen(f"1370000000{n}", "周晓燕", Level.NONE) for n in range(2)]
    assert [check_identity(one, GOOD, TODAY) for one in people] == people


def test_a_verified_number_is_not_typed_over(cast: Cast) -> None:
    assert check_identity(cast.citizen, GOOD, TODAY) == Refusal("identity-verified")


def test_a_phone_moves_with_its_owner_and_only_to_a_free_number(cast: Cast) -> None:
    assert change_phone(cast.citizen, "13800000002") == Refusal("phone-taken")
    moved = change_phone(cast.citizen, "13700000009")
    assert isinstance(moved, Person)
    assert authenticate(username="13700000009", password=PASSWORD) == cast.citizen
    assert authenticate(username="13800000001", password=PASSWORD) is None
