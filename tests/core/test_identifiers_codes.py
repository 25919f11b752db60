"""Numbers that the platform gives out: implementation codes, case numbers and query codes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.misprints import swapped, with_one_change

from yinuo.core import identifiers as ids

USCC = "12441500196720244T"
TASK_CODE = "12441500196720244T3442199806003"
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@st.composite
def case_numbers(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(2020, 1, 1), date(2099, 12, 31)))
    return ids.case_number(draw(st.sampled_from([None, TASK_CODE])), day, draw(st.integers(1, 99_999)))


query_codes = st.binary(min_size=16, max_size=40).map(ids.query_code)


def test_an_implementation_code_is_office_level_and_base_code() -> None:
    assert ids.task_code(USCC, "3", "442199806003") == TASK_CODE
    assert ids.check_task_code(TASK_CODE) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (TASK_CODE[:-1], "bad-length"),
        ("12441500196720244A" + TASK_CODE[18:], "bad-check-digit"),
        (USCC + "8442199806003", "bad-level"),
        (USCC + "344219980600-", "bad-character"),
    ],
)
def test_a_wrong_implementation_code_is_named_by_its_problem(text: str, problem: str) -> None:
    assert ids.check_task_code(text) == problem


@pytest.mark.parametrize("parts", [(USCC, "9", "442199806003"), (USCC, "34", "42199806003"), ("", "3", "")])
def test_no_implementation_code_is_made_of_wrong_parts(parts: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match="implementation code"):
        ids.task_code(*parts)


def test_the_check_character_is_the_one_of_the_published_example_of_iso_7064() -> None:
    assert ids.mod_37_36("A12425GABC1234002") == "M"


def test_a_case_number_has_45_characters_or_16_without_an_implementation_code() -> None:
    long, short = (ids.case_number(code, date(2026, 2, 12), 68) for code in (TASK_CODE, None))
    assert long[:-1] == TASK_CODE + "20260212" + "00068"
    assert short[:-1] == "YN" + "20260212" + "00068"
    assert (len(long), len(short)) == (45, 16)


@given(case_numbers())
def test_every_case_number_passes_and_every_single_wrong_character_is_caught(number: str) -> None:
    assert ids.check_case_number(number) is None
    assert all(ids.check_case_number(wrong) for wrong in with_one_change(number, ALPHANUMERIC))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("YN2026021200068", None),
        ("YN2026023000068", "bad-date"),
        ("YN2026021200000", "bad-serial"),
        ("XY2026021200068", "bad-pattern"),
        ("YN20260212000A8", "bad-character"),
        ("YN202602120068", "bad-length"),
        (USCC + "84421998060032026021200068", "bad-level"),
    ],
)
def test_a_case_number_is_judged_beyond_its_check_character(body: str, problem: str | None) -> None:
    assert ids.check_case_number(body + ids.mod_37_36(body)) == problem


@pytest.mark.parametrize(("code", "serial"), [(None, 0), (None, 100_000), ("", 1), ("1234", 1)])
def test_no_case_number_is_made_of_a_wrong_code_or_serial(code: str | None, serial: int) -> None:
    with pytest.raises(ValueError, match=r"serial|implementation code"):
        ids.case_number(code, date(2026, 2, 12), serial)


def test_the_query_alphabet_has_no_look_alikes_and_a_prime_size() -> None:
    assert not set(ids.QUERY_ALPHABET) & set("0ODQ1IL2Z5S6G8BUV")
    assert len(set(ids.QUERY_ALPHABET)) == len(ids.QUERY_ALPHABET) == 19


@given(query_codes)
def test_every_query_code_passes_as_written_and_as_typed(code: str) -> None:
    assert ids.check_query_code(code) is None
    typed = f" {ids.format_query_code(code).lower().replace('-', ' ')} "
    assert ids.normalize("query-code", typed) == code


@given(query_codes)
def test_every_single_wrong_character_of_a_query_code_is_caught(code: str) -> None:
    assert all(ids.check_query_code(wrong) for wrong in with_one_change(code, ALPHANUMERIC))


@given(query_codes, st.integers(0, 11), st.integers(0, 11))
def test_every_swap_of_two_places_of_a_query_code_is_caught(code: str, first: int, second: int) -> None:
    assume(code[first] != code[second])
    assert ids.check_query_code(swapped(code, first, second)) == "bad-check-digit"


def test_a_query_code_depends_on_the_bytes_alone_and_needs_sixteen() -> None:
    assert ids.query_code(bytes(range(16))) == ids.query_code(bytes(range(16)))
    assert ids.query_code(bytes(range(16))) != ids.query_code(bytes(range(1, 17)))
    with pytest.raises(ValueError, match="16 random bytes"):
        ids.query_code(b"\x00" * 15)


def test_a_query_code_is_shown_in_groups_of_four() -> None:
    assert ids.format_query_code("ACEFHJKMNPR3") == "ACEF-HJKM-NPR3"
