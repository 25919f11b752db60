"""Identifiers: samples of the standards, tables of right and wrong, and what holds for all numbers."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.misprints import with_one_change

from yinuo.core import identifiers as ids

IDCARD = "11010519491231002X"
USCC = "12441500196720244T"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

RIGHT = {
    "idcard": ["11010519491231002X", "440524188001010014", "911124198108030024"],
    "uscc": ["91350100M000100Y43", "12441500196720244T"],
    "plate": [
        "吉G12345",
        "京AB1C2D",
        "吉G1234警",
        "吉G1234挂",
        "吉G1234学",
        "沪A0023领",
        "使224001",
        "粤Z1A23港",
        "粤Z1234澳",
        "吉GD12345",
        "吉GFA2345",
        "吉G12345D",
        "吉G12345K",
    ],
    "vin": ["1M8GDM9AXKP042788", "WVWZZZ1JZXW000001"],
    "passport": [
        "E12345678",
        "G12345678",
        "EA1234567",
        "SE1234567",
        "PE1234567",
        "DE1234567",
        "C12345678",
        "CA1234567",
        "L12345678",
        "T12345678",
        "12345678",
        "H12345678",
        "M1234567801",
        "C01X00T47",
        "E1234567",
    ],
    "phone": ["13804361234", "04363223456", "0436-3223456", "01082345678", "021-62345678", "075582345678"],
    "division": ["220802", "220802001", "220802001005", "810000"],
}

WRONG = {
    ("idcard", "bad-length"): ["", "1101051949123100", "11010519491231002X\n"],
    ("idcard", "bad-character"): [
        "1101051949123100X2",
        "11010519491231002x",
        "11010519491231002Ⅹ",
        "１1010519491231002X",
    ],
    ("idcard", "unknown-area"): ["160105194912310023", "916124198108030024"],
    ("idcard", "bad-date"): [
        "110105194902300023",
        "110105190002290023",
        "110105000001010023",
        "110105009901010023",
    ],
    ("idcard", "bad-check-digit"): ["110105194912310021"],
    ("idcard", "old-id-card"): ["110105491231002"],
    ("idcard", "old-residence-card"): ["USA110081080302"],
    ("uscc", "bad-length"): ["91350100M000100Y4"],
    ("uscc", "bad-character"): ["91350100M000100Z43", "9135O100M000100Y43"],
    ("uscc", "bad-check-digit"): ["91350100M000100Y44"],
    ("plate", "bad-length"): ["吉G1234", "吉GD123456"],
    ("plate", "bad-province"): ["台G12345", "GG12345"],
    ("plate", "bad-character"): ["吉GO2345", "吉GI2345", "吉O12345", "吉g12345", "吉G警1234"],
    ("plate", "bad-pattern"): ["吉112345", "吉G1234港", "吉GL12345", "吉GDA234B", "吉G12345L", "使22400A"],
    ("vin", "bad-length"): ["1M8GDM9AXKP04278"],
    ("vin", "bad-character"): ["1M8GDM9AXKPO42788", "1M8GDM9AXKPI42788", "1M8GDM9AXKPQ42788"],
    ("passport", "bad-length"): ["E1234", "X123456789"],
    ("passport", "bad-character"): ["e12345678"],
    ("passport", "bad-pattern"): ["ABCDEFG"],
    ("phone", "bad-length"): ["", "1380436123", "138043612345", "0436-322345"],
    ("phone", "service-number"): ["12345", "110", "4008123456", "800-810-1234"],
    ("phone", "missing-area-code"): ["3223456"],
    ("phone", "bad-pattern"): ["12804361234", "0436-1223456"],
    ("phone", "bad-character"): ["1380436123四", "１3804361234"],
    ("division", "bad-length"): ["2208"],
    ("division", "bad-character"): ["22080A"],
    ("division", "unknown-area"): ["830000", "100000"],
}


@st.composite
def idcards(draw: st.DrawFn) -> str:
    area = draw(st.sampled_from([*sorted(ids.PROVINCE_PREFIXES), "83"])) + draw(digits(4))
    born = draw(st.dates(date(1900, 1, 1), date(2026, 12, 31)))
    body = f"{area}{born:%Y%m%d}{draw(digits(3))}"
    return body + ids.idcard_check_digit(body)


@st.composite
def usccs(draw: st.DrawFn) -> str:
    letters = st.text(USCC_ALPHABET, min_size=2, max_size=2), st.text(USCC_ALPHABET, min_size=9, max_size=9)
    body = draw(letters[0]) + draw(digits(6)) + draw(letters[1])
    return body + ids.uscc_check_character(body)


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@pytest.mark.parametrize(("field_type", "text"), [(kind, text) for kind in RIGHT for text in RIGHT[kind]])
def test_a_right_identifier_passes_and_is_its_own_canonical_form(field_type: str, text: str) -> None:
    assert ids.CHECKS[field_type](text) is None
    assert ids.normalize(field_type, text) == text.replace("-", "")


@pytest.mark.parametrize(
    ("field_type", "problem", "text"), [(*key, text) for key in WRONG for text in WRONG[key]]
)
def test_a_wrong_identifier_is_named_by_its_problem(field_type: str, problem: str, text: str) -> None:
    assert ids.CHECKS[field_type](text) == problem


def test_every_problem_code_is_given_by_some_check() -> None:
    shown = {problem for _, problem in WRONG}
    elsewhere = {"future-date", "bad-level", "bad-serial"}
    assert shown | elsewhere == set(get_args(ids.Problem))


def test_a_birth_after_today_is_refused_only_when_today_is_known() -> None:
    assert ids.check_idcard(IDCARD) is None
    assert ids.check_idcard(IDCARD, date(1949, 12, 31)) is None
    assert ids.check_idcard(IDCARD, today=date(1949, 12, 30)) == "future-date"


@given(idcards())
def test_every_well_made_identity_number_passes(idcard: str) -> None:
    assert ids.check_idcard(idcard) is None


@given(idcards())
def test_every_single_wrong_digit_of_an_identity_number_is_caught(idcard: str) -> None:
    assert all(ids.check_idcard(wrong) for wrong in with_one_change(idcard, "0123456789X"))


@given(usccs())
def test_every_well_made_credit_code_passes(uscc: str) -> None:
    assert ids.check_uscc(uscc) is None


@given(usccs())
def test_every_single_wrong_character_of_a_credit_code_is_caught(uscc: str) -> None:
    assert all(ids.check_uscc(wrong) for wrong in with_one_change(uscc, ALPHANUMERIC))


def test_an_organisation_code_is_judged_by_its_check_character() -> None:
    assert ids.check_org_code(ids.normalize("org-code", "D2143569-X")) is None
    assert ids.check_org_code("D21435690") == "bad-check-digit"
    assert ids.check_org_code("D2143569Z") == "bad-character"
    assert ids.check_org_code(USCC[8:17]) is None


@pytest.mark.parametrize("vin", ["1M8GDM9AXKP042788", "5GZCZ43D13S812715", "LVSHCAMB1CE054249", "1" * 17])
def test_the_vin_check_digit_holds_for_numbers_made_by_the_rule(vin: str) -> None:
    assert ids.vin_check_digit_holds(vin)


@pytest.mark.parametrize("vin", ["WVWZZZ1JZXW000001", "1M8GDM9A1KP042788", "1M8GDM9AXKP04278", ""])
def test_the_vin_check_digit_does_not_hold_for_others(vin: str) -> None:
    assert not ids.vin_check_digit_holds(vin)


@pytest.mark.parametrize("text", ["E1234567", "EI1234567", "EO1234567", "H123456789", "K12345678"])
def test_a_chinese_document_needs_a_chinese_form(text: str) -> None:
    assert ids.check_passport(text) == "bad-pattern"


def test_every_chinese_document_passes_as_chinese_and_a_foreign_one_does_not() -> None:
    refused = [text for text in RIGHT["passport"] if ids.check_passport(text)]
    assert refused == ["C01X00T47", "E1234567"]


def test_birth_date_sex_and_age_are_read_from_the_number() -> None:
    assert ids.birth_date(IDCARD) == date(1949, 12, 31)
    assert ids.sex(IDCARD) == "female"
    assert ids.sex("440524188001010014") == "male"
    assert ids.age_on(IDCARD, date(2026, 12, 30)) == 76
    assert ids.age_on(IDCARD, date(2026, 12, 31)) == 77


@pytest.mark.parametrize(
    ("day", "years"),
    [(date(2024, 2, 28), 15), (date(2024, 2, 29), 16), (date(2025, 2, 27), 16), (date(2025, 2, 28), 17)],
)
def test_who_was_born_on_29_february_grows_older_at_the_end_of_february(day: date, years: int) -> None:
    assert ids.full_years(date(2008, 2, 29), day) == years


def test_nothing_is_read_from_a_number_that_is_not_valid() -> None:
    wrong = "110105194912310021"
    for read in (ids.birth_date, ids.sex, lambda text: ids.age_on(text, date(2026, 1, 1))):
        with pytest.raises(ValueError, match="no identity number"):
            read(wrong)


@pytest.mark.parametrize(
    ("field_type", "typed", "canonical"),
    [
        ("idcard", " １１０１０５ 19491231 002ｘ ", IDCARD),
        ("idcard", "\u202d11010519491231002X\u202c", IDCARD),
        ("uscc", "9135 0100 m000 100y 43", "91350100M000100Y43"),
        ("plate", "吉G·12345", "吉G12345"),
        ("plate", "吉ｇ－d12345", "吉GD12345"),
        ("plate", "粤z 1234 港", "粤Z1234港"),
        ("phone", "+86 138-0436-1234", "13804361234"),
        ("phone", "0086 13804361234", "13804361234"),
        ("phone", "8613804361234", "13804361234"),
        ("phone", "（0436）3223456", "04363223456"),
        ("phone", "+86 10 8234 5678", "01082345678"),
        ("passport", "ea 1234567", "EA1234567"),
        ("vin", "1m8gdm9a-xkp042788", "1M8GDM9AXKP042788"),
        ("division", "２２０８０２\u3000", "220802"),
        ("query-code", "acef hjkm-npr3", "ACEFHJKMNPR3"),
    ],
)
def test_what_people_type_becomes_the_canonical_form(field_type: str, typed: str, canonical: str) -> None:
    assert ids.normalize(field_type, typed) == canonical


typed_texts = st.one_of(
    st.text(),
    st.text("+-()086 13９ｘx·　ß"),
    st.from_regex(r"(\+|00)?(86)?[ 0]*1?[0-9]{9,10}", fullmatch=True),
)


@given(st.sampled_from([*ids.CHECKS, "query-code", "case-number", "task-code", "org-code"]), typed_texts)
def test_normalizing_twice_changes_nothing_more(field_type: str, text: str) -> None:
    once = ids.normalize(field_type, text)
    assert ids.normalize(field_type, once) == once


@given(st.sampled_from(sorted(ids.CHECKS)), st.text())
def test_a_check_answers_any_text_with_none_or_a_known_code(field_type: str, text: str) -> None:
    problem = ids.CHECKS[field_type](text)
    assert problem in {None, *get_args(ids.Problem)}


@pytest.mark.parametrize(
    ("field_type", "text", "shown"),
    [
        ("idcard", "220302199001011212", "2203************12"),
        ("phone", "13804361234", "138****1234"),
        ("passport", "E12345678", "E1*****78"),
        ("plate", "吉G12345", "吉G***45"),
        ("vin", "1M8GDM9AXKP042788", "1M8**********2788"),
        ("uscc", USCC, "1244**********244T"),
        ("division", "220802", "2208**"),
        ("idcard", "220312", "******"),
        ("phone", "", ""),
    ],
)
def test_a_mask_shows_the_ends_and_hides_the_rest(field_type: str, text: str, shown: str) -> None:
    assert ids.mask(field_type, text) == shown


@given(st.sampled_from(sorted(ids.CHECKS)), st.text(ALPHANUMERIC, min_size=1))
def test_a_mask_keeps_the_length_and_always_hides_something(field_type: str, text: str) -> None:
    shown = ids.mask(field_type, text)
    assert len(shown) == len(text)
    assert "*" in shown


def test_a_type_that_is_no_identifier_is_a_bug_of_the_caller() -> None:
    for write in (ids.normalize, ids.mask):
        with pytest.raises(ValueError, match="longtext"):
            write("longtext", "text")
