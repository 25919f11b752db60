"""Codes of organisations, and the implementation code that ties a service item to the office running it."""

from __future__ import annotations

import re

from yinuo.core.identifiers.parts import Problem, shape_problem

# GB 32100-2015 leaves out I, O, S, V and Z. Thirty-one characters are a prime number, so that the
# weighted sum catches every wrong character.
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
# The area, places 3 to 8, is not held against GB/T 2260: national bodies bear 100000, the Xinjiang
# production corps a prefix of its own, and the check character catches slips all the same.
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")

_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORG_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")

_TASK_CODE_LENGTH = 31
_BASE_CODE = re.compile(r"[0-9A-Z]{12}")
# 行使层级: 1 national, 2 province, 3 city, 4 county, 5 town, 6 village, 7 by grades (GB/T 39046-2020 A.2).
_LEVELS = frozenset("1234567")


def uscc_check_character(first17: str) -> str:
    """The 18th character for seventeen of the GB 32100 alphabet; ValueError outside the alphabet."""
    values = (_USCC_ALPHABET.index(character) for character in first17)
    total = sum(value * weight for value, weight in zip(values, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[-total % 31]


def check_uscc(text: str) -> Problem | None:
    """Judge a unified social credit code (统一社会信用代码) of 18 characters, upper case.

    Codes: bad-length, bad-character, bad-check-digit. Source: GB 32100-2015.
    """
    problem = shape_problem(text, length=18, pattern=_USCC)
    if problem is None and uscc_check_character(text[:17]) != text[17]:
        return "bad-check-digit"
    return problem


def check_org_code(text: str) -> Problem | None:
    """Judge an organisation code (组织机构代码) of 9 characters without its hyphen.

    Codes: bad-length, bad-character, bad-check-digit. Source: GB 11714-1997.
    """
    problem = shape_problem(text, length=9, pattern=_ORG_CODE)
    if problem is None and _org_check_character(text[:8]) != text[8]:
        return "bad-check-digit"
    return problem


def _org_check_character(first8: str) -> str:
    values = (int(character, 36) for character in first8)
    total = sum(value * weight for value, weight in zip(values, _ORG_WEIGHTS, strict=True))
    return "0X987654321"[total % 11]


def task_code(uscc: str, level: str, base_code: str) -> str:
    """Build the 实施编码 of 31 characters: office, 行使层级, 基本编码. ValueError when a part is wrong.

    Source: the national platform's implementation lists (实施清单); holds for a code in use in Guangdong.
    """
    code = f"{uscc}{level}{base_code}"
    problem = check_task_code(code)
    if problem is not None or len(level) != 1:
        raise ValueError(f"no implementation code can be made of these parts: {problem or 'bad-level'}")
    return code


def check_task_code(text: str) -> Problem | None:
    """Judge an implementation code (实施编码) of 31 characters: 18 office + 1 level + 12 base code.

    The inner parts of the base code are not judged: no text that fixes them has been read.
    Codes: bad-length, bad-character, bad-check-digit (both of the office's code too), bad-level.
    """
    if len(text) != _TASK_CODE_LENGTH:
        return "bad-length"
    problem = check_uscc(text[:18])
    if problem is not None:
        return problem
    if text[18] not in _LEVELS:
        return "bad-level"
    return None if _BASE_CODE.fullmatch(text[19:]) else "bad-character"
