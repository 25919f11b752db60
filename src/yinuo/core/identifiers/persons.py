"""Numbers that belong to a person: the citizen identity number, what can be read from it, and phones."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from yinuo.core.identifiers.parts import Problem, real_date, shape_problem
from yinuo.core.identifiers.places import PROVINCE_PREFIXES

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_OLD_ID_CARD = re.compile(r"[0-9]{15}")
_OLD_RESIDENCE_CARD = re.compile(r"[A-Z]{3}[0-9]{12}")

# 83 is no GB/T 2260 code: residence permits of Taiwan residents bear 830000, those of Hong Kong and
# Macao residents 810000 and 820000 (《港澳台居民居住证申领发放办法》, 2018).
_AREA_PREFIXES = PROVINCE_PREFIXES | {"83"}
_FOREIGNER = "9"

# GB 11643 itself shows a number of somebody born in 1880, so the bound lies well before that.
_EARLIEST_BIRTH_YEAR = 1800

_PHONE_CHARACTERS = re.compile(r"[0-9-]+")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(?:0(?:10|2[0-9])-?[2-9][0-9]{7}|0[3-9][0-9]{2}-?[2-9][0-9]{6,7})")
_SERVICE_NUMBER = re.compile(r"(?:[48]00-?[0-9]{3}-?[0-9]{4}|[19][0-9]{2,5})")
_LOCAL_NUMBER = re.compile(r"[2-8][0-9]{6,7}")


def idcard_check_digit(first17: str) -> str:
    """The 18th place, `0`-`9` or `X`, for seventeen digits. Source: GB 11643, ISO 7064 MOD 11-2."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def check_idcard(text: str, today: date | None = None) -> Problem | None:
    """Judge a citizen identity number of 18 places in canonical form (X in upper case).

    Residence permits of Hong Kong, Macao and Taiwan residents and the foreigners' permanent residence
    cards of 2023 have the same form. A birth after `today` is refused only where `today` is given.
    Codes: old-id-card (15 digits, not valid since 2013-01-01), old-residence-card (three letters and
    twelve digits, cards of 2017: still valid, but only the passport can be checked), bad-length,
    bad-character, unknown-area, bad-date, future-date, bad-check-digit.
    Source: GB 11643; 国家移民管理局《新版外国人永久居留身份证机读信息规则》(2023).
    """
    problem = _idcard_form(text) or _birth_problem(text[6:14], today)
    if problem is None and idcard_check_digit(text[:17]) != text[17]:
        return "bad-check-digit"
    return problem


def _idcard_form(text: str) -> Problem | None:
    if _OLD_ID_CARD.fullmatch(text):
        return "old-id-card"
    if _OLD_RESIDENCE_CARD.fullmatch(text):
        return "old-residence-card"
    problem = shape_problem(text, length=18, pattern=_SHAPE)
    if problem is None and _area_prefix(text) not in _AREA_PREFIXES:
        return "unknown-area"
    return problem


def _area_prefix(idcard: str) -> str:
    # A foreigner's number is 9, the province of the office, then the three digits of the nationality.
    return idcard[1:3] if idcard.startswith(_FOREIGNER) else idcard[:2]


def _birth_problem(digits: str, today: date | None) -> Problem | None:
    born = real_date(digits)
    if born is None or born.year < _EARLIEST_BIRTH_YEAR:
        return "bad-date"
    return "future-date" if today is not None and born > today else None


def birth_date(idcard: str) -> date:
    """The birth date in a number that `check_idcard` accepts; ValueError for any other text."""
    born = real_date(idcard[6:14]) if check_idcard(idcard) is None else None
    if born is None:
        raise ValueError("birth date asked of a number that is no identity number")
    return born


def age_on(idcard: str, day: date) -> int:
    """Full years (周岁) on `day` of the holder of a valid number; ValueError for any other text."""
    return full_years(birth_date(idcard), day)


def full_years(born: date, day: date) -> int:
    """Full years (周岁) on `day`, counting from the birthday itself; negative before the birth.

    Whoever was born on 29 February completes a year on 28 February where the year has no 29th
    (《民法典》第二百零二条). Penal rules, which count from the day after the birthday, are not meant here.
    """
    years = day.year - born.year
    birthday = (born.month, born.day)
    if birthday == (2, 29) and real_date(f"{day.year:04d}0229") is None:
        birthday = (2, 28)
    return years - ((day.month, day.day) < birthday)


def sex(idcard: str) -> Literal["male", "female"]:
    """Odd 17th place is male, even female (GB 11643); ValueError for a number that is not valid."""
    if check_idcard(idcard) is not None:
        raise ValueError("sex asked of a number that is no identity number")
    return "male" if int(idcard[16]) % 2 else "female"


def check_phone(text: str) -> Problem | None:
    """Judge a mainland mobile number, or a landline with area code, with or without a hyphen.

    400 and 800 numbers and short numbers (110, 12345, 95588) are nobody's own: the office could not
    call back. Codes: bad-character, service-number, missing-area-code, bad-length, bad-pattern.
    Source: 工业和信息化部《电信网编号计划》.
    """
    if text and not _PHONE_CHARACTERS.fullmatch(text):
        return "bad-character"
    if _SERVICE_NUMBER.fullmatch(text):
        return "service-number"
    if _LOCAL_NUMBER.fullmatch(text):
        return "missing-area-code"
    if _MOBILE.fullmatch(text) or _LANDLINE.fullmatch(text):
        return None
    return _phone_slip(text.replace("-", ""))


def _phone_slip(digits: str) -> Problem:
    possible = (11,) if digits.startswith("1") else (11, 12)
    return "bad-pattern" if len(digits) in possible else "bad-length"
