"""Numbers of vehicles: number plates and vehicle identification numbers."""

from __future__ import annotations

import re

from yinuo.core.identifiers.parts import Problem, shape_problem

_PROVINCES = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼")
_EMBASSY = "使"
_PLATE_CHARACTERS = re.compile(r"[A-HJ-NP-Z0-9]+[A-HJ-NP-Z0-9警挂学领港澳]")

# What follows the province. I and O are never used (GA 36-2018).
_PLATE_FORMS = (
    re.compile(r"[A-HJ-NP-Z][A-HJ-NP-Z0-9]{5}"),
    re.compile(r"[A-HJ-NP-Z][A-HJ-NP-Z0-9]{4}[警挂学领]"),
    # New energy, small: the kind of drive comes first; A to E fully electric, F to K others.
    re.compile(r"[A-HJ-NP-Z][A-HJK][A-HJ-NP-Z0-9][0-9]{4}"),
    # New energy, large: the kind of drive comes last.
    re.compile(r"[A-HJ-NP-Z][0-9]{5}[A-HJK]"),
)
# Vehicles of Hong Kong and Macao are registered by Guangdong only, under the letter Z.
_BORDER_PLATE = re.compile(r"粤Z[A-HJ-NP-Z0-9]{4}[港澳]")
_EMBASSY_PLATE = re.compile(r"使[0-9]{6}")

_VIN = re.compile(r"[0-9A-HJ-NPR-Z]{17}")
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = str.maketrans("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789")
_VIN_CHECK_DIGITS = "0123456789X"


def check_plate(text: str) -> Problem | None:
    """Judge a plate in canonical form: 吉G12345, 吉G1234警, 粤Z1234港, 使224001, 吉GD12345, 吉G12345D.

    How many letters a serial may have is not judged: each issuing office is free to enable more forms.
    Army and armed police plates are not of this register. Codes: bad-length, bad-province,
    bad-character, bad-pattern. Source: GA 36-2018《中华人民共和国机动车号牌》.
    """
    if len(text) not in (7, 8):
        return "bad-length"
    if text[0] not in _PROVINCES and text[0] != _EMBASSY:
        return "bad-province"
    if not _PLATE_CHARACTERS.fullmatch(text[1:]):
        return "bad-character"
    return None if _is_plate(text) else "bad-pattern"


def _is_plate(text: str) -> bool:
    if text[0] == _EMBASSY:
        return _EMBASSY_PLATE.fullmatch(text) is not None
    if _BORDER_PLATE.fullmatch(text):
        return True
    return any(form.fullmatch(text[1:]) for form in _PLATE_FORMS)


def check_vin(text: str) -> Problem | None:
    """Judge the length and the characters (no I, O, Q) of a VIN of 17 characters, upper case.

    The check digit is not demanded here: GB 16735 and the North American rules fix it, but ISO 3779,
    by which cars for other markets are numbered, leaves place 9 to the maker, and such imports are
    registered lawfully. `vin_check_digit_holds` tells; a form may warn by it, never refuse.
    Codes: bad-length, bad-character. Source: GB 16735-2019, ISO 3779.
    """
    return shape_problem(text, length=17, pattern=_VIN)


def vin_check_digit_holds(text: str) -> bool:
    """Whether place 9 is the check digit by GB 16735-2019; False for a text that is no VIN."""
    if check_vin(text) is not None:
        return False
    digits = text.translate(_VIN_VALUES)
    total = sum(int(digit) * weight for digit, weight in zip(digits, _VIN_WEIGHTS, strict=True))
    return _VIN_CHECK_DIGITS[total % 11] == text[8]
