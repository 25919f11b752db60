"""Numbers of passports and travel permits."""

from __future__ import annotations

import re

from yinuo.core.identifiers.parts import Problem

_CHARACTERS = re.compile(r"[0-9A-Z]+")
_LENGTHS = range(6, 12)
_FOREIGN_LENGTHS = range(6, 10)
_HAS_DIGIT = re.compile(r".*[0-9].*")

# Where a second letter follows, I and O are never used (国家移民管理局公告, 2018-12-10, for C; same for E).
_CHINESE_FORMS = (
    # Ordinary passports: G before 2012, E with a chip since, EA and on when the E numbers ran out.
    re.compile(r"[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}"),
    # Official passports: SE service, PE public affairs, DE diplomatic.
    re.compile(r"(?:SE|PE|DE)[0-9]{7}"),
    # 往来港澳通行证, for residents of the mainland.
    re.compile(r"C[0-9]{8}|C[A-HJ-NP-Z][0-9]{7}"),
    # 往来台湾通行证, for residents of the mainland: L the card, T the booklet.
    re.compile(r"[LT][0-9]{8}"),
    # 台湾居民来往大陆通行证.
    re.compile(r"[0-9]{8}"),
    # 港澳居民来往内地通行证: H Hong Kong, M Macao; two more digits count the renewals on older cards.
    re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"),
)


def check_passport(text: str) -> Problem | None:
    """Judge the number of a passport or travel permit that the Chinese authorities issue, upper case.

    Codes: bad-length, bad-character, bad-pattern. These numbers have no check digit.
    Source: 《护照法》 documents as issued, and the exit and entry administration's notices.
    """
    problem = _character_problem(text)
    if problem is None and not any(form.fullmatch(text) for form in _CHINESE_FORMS):
        return "bad-pattern"
    return problem


def check_travel_document(text: str) -> Problem | None:
    """Judge a travel document of any country: a Chinese one, or 6-9 letters and digits with a digit.

    Foreign numbers follow no common rule but the nine places of the machine-readable zone (ICAO 9303),
    and some look like a Chinese number with a digit missing; so that alone is no ground to refuse.
    Codes: bad-length, bad-character, bad-pattern.
    """
    if check_passport(text) is None:
        return None
    problem = _character_problem(text)
    if problem is not None:
        return problem
    if len(text) not in _FOREIGN_LENGTHS:
        return "bad-length"
    return None if _HAS_DIGIT.fullmatch(text) else "bad-pattern"


def _character_problem(text: str) -> Problem | None:
    if len(text) not in _LENGTHS:
        return "bad-length"
    return None if _CHARACTERS.fullmatch(text) else "bad-character"
