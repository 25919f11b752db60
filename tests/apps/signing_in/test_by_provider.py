"""Whose account a subject of the identity provider is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.actors import Cast, citizen
from support.fixed_clock import NOW

from yinuo.apps.people.actions.check_identity import check_identity
from yinuo.apps.people.models import Level, Person
from yinuo.apps.signing_in.actions.sign_in_by_provider import Claims, sign_in_by_provider
from yinuo.apps.signing_in.models import Link
from yinuo.apps.signing_in.queries import is_linked
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import idcard_check_digit

pytestmark = pytest.mark.usefixtures("db")


def number(serial: int) -> str:
    digits = f"22089919900307{serial:03}"
    return digits + idcard_check_digit(digits)


ZHOU = Claims("https://id.example", "zhou-1", "周晓燕", number(1), "13900000006")


def come(claims: Claims, current: Person | None = None) -> Person:
    person = sign_in_by_provider(claims, now=NOW, current=current)
    assert isinstance(person, Person), person
    return person


def code_of(result: object) -> str:
    assert isinstance(result, Refusal)
    return result.code


def test_a_newcomer_gets_an_account_that_is_verified() -> None:
    person = come(ZHOU)
    kept = Person.objects.get(pk=person.pk)
    assert (kept.name, kept.identity, kept.phone) == ("周晓燕", ZHOU.identity, ZHOU.phone)
    assert kept.level == Level.VERIFIED
    assert not kept.has_usable_password()
    assert Person.objects.by_login("13900000006") == person


def test_the_second_time_it_is_the_same_account() -> None:
    assert come(ZHOU) == come(replace(ZHOU, name="周晓艳"))
    assert Person.objects.get().name == "周晓艳"


def test_the_same_subject_of_another_issuer_is_somebody_else() -> None:
    other = replace(ZHOU, issuer="https://other.example", identity="", phone="")
    assert come(ZHOU) != come(other)


def test_without_a_number_nobody_is_verified() -> None:
    person = come(replace(ZHOU, identity=""))
    assert (person.level, person.identity, person.identity_index) == (Level.NONE, "", None)


def test_a_verified_number_leads_to_its_account_from_another_subject() -> None:
    first = come(ZHOU)
    assert come(replace(ZHOU, subject="zhou-2")) == first
    assert Link.objects.filter(person=first).count() == 2


def test_a_number_that_was_only_typed_leads_to_no_account_and_keeps_nobody_out(cast: Cast) -> None:
    squatter = citizen("13700000001", "冒充", Level.NONE)
    check_identity(squatter, ZHOU.identity, NOW.date())
    person = come(ZHOU)
    assert person != squatter
    assert person.level == Level.VERIFIED
    squatter.refresh_from_db()
    assert (squatter.level, squatter.identity_index) == (Level.CHECKED, None)


def test_a_phone_number_joins_no_accounts(cast: Cast) -> None:
    person = come(replace(ZHOU, phone=cast.citizen.phone))
    assert person != cast.citizen
    assert person.phone == ""
    assert Person.objects.by_login("13800000001") == cast.citizen


def test_whoever_is_signed_in_links_their_own_account() -> None:
    wang = citizen("13700000002", "王淑兰", Level.NONE)
    assert come(replace(ZHOU, name="王淑兰"), wang) == wang
    assert is_linked(wang)
    assert Person.objects.get().level == Level.VERIFIED
    assert come(replace(ZHOU, name="王淑兰")) == wang


def test_a_subject_of_another_account_is_not_taken_over() -> None:
    come(ZHOU)
    wang = citizen("13700000002", "王淑兰", Level.NONE)
    assert code_of(sign_in_by_provider(ZHOU, now=NOW, current=wang)) == "linked-elsewhere"


def test_a_number_of_another_account_is_not_taken_over() -> None:
    come(ZHOU)
    wang = citizen("13700000002", ZHOU.name, Level.NONE)
    other = replace(ZHOU, subject="another")
    assert code_of(sign_in_by_provider(other, now=NOW, current=wang)) == "identity-elsewhere"
    assert not is_linked(wang)


def test_a_verified_number_is_not_replaced() -> None:
    person = come(ZHOU)
    assert code_of(sign_in_by_provider(replace(ZHOU, identity=number(2)), now=NOW)) == "identity-differs"
    person.refresh_from_db()
    assert person.identity == ZHOU.identity


def test_no_account_without_a_name() -> None:
    assert code_of(sign_in_by_provider(replace(ZHOU, name=""), now=NOW)) == "provider-without-name"
    assert not Person.objects.exists()


def test_who_was_shut_out_stays_out() -> None:
    person = come(ZHOU)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert code_of(sign_in_by_provider(ZHOU, now=NOW)) == "wrong-login"


def test_the_subject_stands_nowhere_in_clear() -> None:
    from django.db import connection

    come(ZHOU)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM signing_in_link")
        assert ZHOU.subject not in repr(cursor.fetchall())
