"""Signing up: what is taken, what is refused, and that a phone number has one account."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import authenticate
from django.db import connection

from yinuo.apps.people.actions.register import LONGEST_NAME, register
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

GOOD = ("13900000001", "周晓燕", "a long enough word")


def test_a_citizen_signs_up_and_can_sign_in(db: None) -> None:
    person = register(*GOOD)
    assert isinstance(person, Person)
    assert not person.is_staff
    assert authenticate(username="13900000001", password="a long enough word") == person


@pytest.mark.parametrize("written", ["139 0000 0001", "+86 139-0000-0001", "１３９０００００００１"])
def test_a_phone_number_is_one_number_however_it_is_written(db: None, written: str) -> None:
    person = register(written, "周晓燕", "a long enough word")
    assert isinstance(person, Person)
    assert person.phone == "13900000001"
    assert Person.objects.by_login("13900000001") == person


@pytest.mark.parametrize(
    ("phone", "name", "password", "wrong"),
    [
        ("", "周晓燕", "a long enough word", {"phone": "bad-length"}),
        ("1390000000", "周晓燕", "a long enough word", {"phone": "bad-length"}),
        ("13900000001", "  ", "a long enough word", {"name": "required"}),
        ("13900000001", "燕" * (LONGEST_NAME + 1), "a long enough word", {"name": "too-long"}),
        ("13900000001", "周晓燕", "short", {"password": "password-short"}),
        ("13900000001", "周晓燕", "1234567890", {"password": "weak-password"}),
        ("13900000001", "周晓燕", "password123", {"password": "weak-password"}),
    ],
)
def test_every_wrong_field_is_named(
    db: None, phone: str, name: str, password: str, wrong: dict[str, str]
) -> None:
    result = register(phone, name, password)
    assert isinstance(result, Refusal)
    assert result.code == "invalid-answers"
    assert result.fields == wrong
    assert not Person.objects.exists()


def test_all_that_is_wrong_is_told_at_once(db: None) -> None:
    result = register("no number", "", "x")
    assert isinstance(result, Refusal)
    assert set(result.fields) == {"phone", "name", "password"}


def test_a_number_that_is_taken_is_refused_and_the_first_account_stays(db: None) -> None:
    first = register(*GOOD)
    second = register("13900000001", "别人", "another long word")
    assert isinstance(second, Refusal)
    assert second.fields == {"phone": "phone-taken"}
    assert Person.objects.get() == first
    assert authenticate(username="13900000001", password="another long word") is None


def test_of_two_who_sign_up_at_once_with_one_number_one_gets_it(committed: None) -> None:
    def sign_up(name: str) -> Person | Refusal:
        try:
            return register("13900000001", name, "a long enough word")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(sign_up, ["甲", "乙"]))
    assert sorted(type(one).__name__ for one in results) == ["Person", "Refusal"]
    assert Person.objects.count() == 1
