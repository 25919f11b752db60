"""Numbers that the platform gives out itself: the case number and the query code for people."""

from __future__ import annotations

import re
from datetime import date

from yinuo.core.identifiers.organisations import check_task_code
from yinuo.core.identifiers.parts import Problem, real_date, shape_problem

_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TASK_CODE_LENGTH = 31
_SHORT_PREFIX = "YN"
_LAST_SERIAL = 99_999
# What follows the office's part: yyyymmdd, five digits of serial, one check character.
_TAIL_LENGTH = 14
_TAIL = re.compile(r"[0-9]{13}[0-9A-Z]")

# No character that is mistaken for another in print or by hand: 0 O D Q, 1 I L, 2 Z, 5 S, 6 G, 8 B and
# U V are left out whole. Nineteen stay. That is a prime number, and the weights 12 to 1 all differ below
# it: so the weighted sum shows each wrong character and each swap of two different characters.
QUERY_ALPHABET = "3479ACEFHJKMNPRTWXY"
_QUERY_LENGTH = 12
_QUERY_CODE = re.compile(f"[{QUERY_ALPHABET}]+")
_QUERY_ENTROPY_BYTES = 16


def mod_37_36(text: str) -> str:
    """The ISO 7064 MOD 37,36 check character for digits and capital letters; ValueError for others."""
    product = 36
    for character in text:
        total = (product + _ALPHANUMERIC.index(character)) % 36 or 36
        product = total * 2 % 37
    return _ALPHANUMERIC[(37 - product) % 36]


def case_number(task_code: str | None, day: date, serial: int) -> str:
    """Number a case (办件编号): implementation code + yyyymmdd + five-digit serial + check character.

    That makes 45 characters, of the at most 50 of GB/T 39046-2020. An item whose implementation code
    is not known gets the short form of 16: `YN` + yyyymmdd + serial + check character. `serial` runs
    from 1 to 99999 within a day and a code; ValueError outside, and for a wrong implementation code.
    """
    if task_code is not None and (problem := check_task_code(task_code)) is not None:
        raise ValueError(f"not an implementation code: {problem}")
    if not 1 <= serial <= _LAST_SERIAL:
        raise ValueError(f"serial {serial} is outside 1..{_LAST_SERIAL}")
    office = _SHORT_PREFIX if task_code is None else task_code
    body = f"{office}{day.isoformat().replace('-', '')}{serial:05d}"
    return body + mod_37_36(body)


def check_case_number(text: str) -> Problem | None:
    """Judge a case number of either form, upper case.

    Codes: bad-length, bad-character, bad-pattern (a short one that does not begin with YN), bad-level
    and bad-check-digit (also of the office's code), bad-date, bad-serial.
    """
    office, tail = text[:-_TAIL_LENGTH], text[-_TAIL_LENGTH:]
    problem = _office_problem(office) or _tail_problem(tail)
    if problem is None and mod_37_36(text[:-1]) != text[-1]:
        return "bad-check-digit"
    return problem


def _office_problem(office: str) -> Problem | None:
    if len(office) == _TASK_CODE_LENGTH:
        return check_task_code(office)
    if len(office) != len(_SHORT_PREFIX):
        return "bad-length"
    return None if office == _SHORT_PREFIX else "bad-pattern"


def _tail_problem(tail: str) -> Problem | None:
    problem = shape_problem(tail, length=_TAIL_LENGTH, pattern=_TAIL)
    if problem is not None:
        return problem
    if real_date(tail[:8]) is None:
        return "bad-date"
    return "bad-serial" if int(tail[8:13]) == 0 else None


def query_code(random_bytes: bytes) -> str:
    """Make the query code (查询码) of 12 characters from at least 16 random bytes; ValueError for fewer.

    Eleven characters carry 46 bits, the twelfth is the check character. Sixteen bytes, although six
    would fill the code, keep the bias of the remainder below one part in 2**81.
    """
    if len(random_bytes) < _QUERY_ENTROPY_BYTES:
        raise ValueError(f"a query code needs {_QUERY_ENTROPY_BYTES} random bytes")
    number = int.from_bytes(random_bytes)
    body = ""
    for _ in range(_QUERY_LENGTH - 1):
        number, value = divmod(number, len(QUERY_ALPHABET))
        body += QUERY_ALPHABET[value]
    return body + _query_check_character(body)


def check_query_code(text: str) -> Problem | None:
    """Judge a query code in canonical form. Codes: bad-length, bad-character, bad-check-digit."""
    problem = shape_problem(text, length=_QUERY_LENGTH, pattern=_QUERY_CODE)
    if problem is None and _query_check_character(text[:-1]) != text[-1]:
        return "bad-check-digit"
    return problem


def _query_check_character(body: str) -> str:
    values = (QUERY_ALPHABET.index(character) for character in body)
    weights = range(_QUERY_LENGTH, 1, -1)
    total = sum(value * weight for value, weight in zip(values, weights, strict=True))
    return QUERY_ALPHABET[-total % len(QUERY_ALPHABET)]


def format_query_code(code: str) -> str:
    """Write a query code in groups of four with hyphens, as on receipts: `ACEF-HJKM-NPR3`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
