"""One-time codes: where they go, how long and for what they are good, and what nobody learns by them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from support.actors import Cast
from support.fixed_clock import NOW
from support.texts import Texts, texts_in

from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.actions.ask import ask
from yinuo.apps.signing_in.actions.redeem import redeem
from yinuo.apps.signing_in.actions.sign_in_by_code import sign_in_by_code
from yinuo.apps.signing_in.models import Code, Purpose
from yinuo.core.errors import Refusal

KNOWN, UNKNOWN = "13800000001", "13900000009"


def words(purpose: str, digits: str) -> str:
    return f"{purpose} {digits or 'known'}"


@pytest.fixture
def texts(tmp_path: Path) -> Iterator[Texts]:
    with texts_in(tmp_path) as made:
        yield made


def asked(phone: str, purpose: str = Purpose.SIGN_IN, at: datetime = NOW) -> str:
    code = ask(purpose, phone, words=words, now=at)
    assert isinstance(code, Code), code
    return str(code.pk)


def field_of(result: object) -> str | None:
    return result.fields.get("code") if isinstance(result, Refusal) else None


def other_than(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


def test_a_code_lets_its_owner_in_once(cast: Cast, texts: Texts) -> None:
    code = asked(KNOWN)
    digits = texts.code(KNOWN)
    assert sign_in_by_code(code, digits, now=NOW) == cast.citizen
    assert field_of(sign_in_by_code(code, digits, now=NOW)) == "code-expired"


@pytest.mark.parametrize("written", ["{0} {1}", " {0}-{1} ", "{0}{1}"])
def test_a_code_may_be_written_as_people_do(cast: Cast, texts: Texts, written: str) -> None:
    code = asked(KNOWN)
    digits = texts.code(KNOWN)
    assert sign_in_by_code(code, written.format(digits[:3], digits[3:]), now=NOW) == cast.citizen


def test_full_width_digits_are_digits(cast: Cast, texts: Texts) -> None:
    code = asked(KNOWN)
    digits = texts.code(KNOWN).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert sign_in_by_code(code, digits, now=NOW) == cast.citizen


def test_the_digits_stand_nowhere(cast: Cast, texts: Texts) -> None:
    code = asked(KNOWN)
    digits = texts.code(KNOWN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM signing_in_code")
        row = repr(cursor.fetchall())
    assert digits not in row
    assert KNOWN not in row
    assert Code.objects.get(pk=code).phone == KNOWN


def test_a_code_is_over_after_five_minutes(cast: Cast, texts: Texts) -> None:
    code = asked(KNOWN)
    digits = texts.code(KNOWN)
    late = NOW + timedelta(minutes=5)
    assert field_of(sign_in_by_code(code, digits, now=late)) == "code-expired"
    assert sign_in_by_code(code, digits, now=late - timedelta(seconds=1)) == cast.citizen


def test_the_sixth_try_is_refused_even_when_it_is_right(cast: Cast, texts: Texts) -> None:
    code = asked(KNOWN)
    digits = texts.code(KNOWN)
    for _ in range(5):
        assert field_of(sign_in_by_code(code, other_than(digits), now=NOW)) == "wrong-code"
    assert field_of(sign_in_by_code(code, digits, now=NOW)) == "code-expired"


def test_a_code_is_good_for_its_purpose_and_phone_only(cast: Cast, texts: Texts) -> None:
    reset = asked(KNOWN, Purpose.RESET)
    digits = texts.code(KNOWN)
    assert field_of(redeem(reset, Purpose.SIGN_IN, digits, now=NOW)) == "code-expired"
    other = asked("13800000002", Purpose.RESET)
    wanted = field_of(redeem(other, Purpose.RESET, digits, now=NOW))
    assert wanted == "wrong-code" or digits == texts.code("13800000002")
    assert isinstance(redeem(reset, Purpose.RESET, digits, now=NOW), Code)


def test_a_code_that_nobody_asked_for_is_no_code(db: None) -> None:
    assert field_of(redeem(str(uuid.uuid4()), Purpose.SIGN_IN, "000000", now=NOW)) == "code-expired"


def test_the_next_code_comes_no_sooner_than_after_a_minute(cast: Cast, texts: Texts) -> None:
    asked(KNOWN)
    soon = ask(Purpose.SIGN_IN, KNOWN, words=words, now=NOW + timedelta(seconds=59))
    assert soon == Refusal("wait-for-code")
    asked(KNOWN, at=NOW + timedelta(seconds=60))
    asked(KNOWN, Purpose.RESET)  # another purpose has a minute of its own
    assert len(texts.to(KNOWN)) == 3


def test_of_two_that_are_asked_for_at_once_one_is_sent(committed: None, tmp_path: Path) -> None:
    def once(_n: int) -> Code | Refusal:
        try:
            return ask(Purpose.REGISTER, UNKNOWN, words=words, now=NOW)
        finally:
            connection.close()

    with texts_in(tmp_path) as texts, ThreadPoolExecutor(4) as pool:
        results = list(pool.map(once, range(4)))
        assert len(texts.to(UNKNOWN)) == 1
    assert [one for one in results if isinstance(one, Refusal)] == [Refusal("wait-for-code")] * 3


@pytest.mark.parametrize("purpose", [Purpose.SIGN_IN, Purpose.RESET])
def test_a_number_without_an_account_looks_the_same_and_gets_nothing(
    cast: Cast, texts: Texts, purpose: str
) -> None:
    code = asked(UNKNOWN, purpose)
    assert texts.handed == []
    assert field_of(sign_in_by_code(code, "000000", now=NOW)) in ("wrong-code", "code-expired")
    assert ask(purpose, UNKNOWN, words=words, now=NOW) == Refusal("wait-for-code")


@pytest.mark.parametrize("purpose", [Purpose.REGISTER, Purpose.PHONE])
def test_a_number_with_an_account_is_told_so_itself_and_gets_no_code(
    cast: Cast, texts: Texts, purpose: str
) -> None:
    asked(KNOWN, purpose)
    assert texts.to(KNOWN) == [f"{purpose} known"]


def test_staff_get_no_code(cast: Cast, texts: Texts) -> None:
    Person.objects.filter(pk=cast.window.pk).update(login="13811112222")
    code = asked("13811112222")
    assert field_of(sign_in_by_code(code, texts.code("13811112222"), now=NOW)) == "wrong-code"


def test_who_was_shut_out_stays_out(cast: Cast, texts: Texts) -> None:
    code = asked(KNOWN)
    Person.objects.filter(pk=cast.citizen.pk).update(is_active=False)
    assert field_of(sign_in_by_code(code, texts.code(KNOWN), now=NOW)) == "wrong-code"


@pytest.mark.parametrize(("phone", "problem"), [("0436-3234567", "mobile-needed"), ("1380000", "bad-length")])
def test_only_a_mobile_number_gets_text_messages(db: None, texts: Texts, phone: str, problem: str) -> None:
    refused = ask(Purpose.REGISTER, phone, words=words, now=NOW)
    assert refused == Refusal("invalid-answers", {"phone": problem})
    assert not Code.objects.exists()


def test_without_a_gateway_it_is_said(db: None) -> None:
    assert ask(Purpose.REGISTER, UNKNOWN, words=words, now=NOW) == Refusal("no-text-messages")


def test_codes_are_forgotten_after_a_day(db: None, texts: Texts) -> None:
    asked(UNKNOWN, Purpose.REGISTER)
    asked("13900000008", Purpose.REGISTER, at=NOW + timedelta(days=1, seconds=1))
    assert [one.phone for one in Code.objects.all()] == ["13900000008"]
