"""Identifiers of persons, organisations, vehicles, documents and cases: check, canonical form, mask.

Checks take the canonical form that `normalize` gives and return None or a stable problem code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from yinuo.core.identifiers.codes import (
    QUERY_ALPHABET,
    case_number,
    check_case_number,
    check_query_code,
    format_query_code,
    mod_37_36,
    query_code,
)
from yinuo.core.identifiers.documents import check_passport, check_travel_document
from yinuo.core.identifiers.organisations import (
    check_org_code,
    check_task_code,
    check_uscc,
    task_code,
    uscc_check_character,
)
from yinuo.core.identifiers.parts import Problem
from yinuo.core.identifiers.persons import (
    age_on,
    birth_date,
    check_idcard,
    check_phone,
    full_years,
    idcard_check_digit,
    sex,
)
from yinuo.core.identifiers.places import PROVINCE_PREFIXES, check_division
from yinuo.core.identifiers.vehicles import check_plate, check_vin, vin_check_digit_holds
from yinuo.core.identifiers.writing import mask, normalize

CHECKS: Mapping[str, Callable[[str], Problem | None]] = MappingProxyType(
    {
        "idcard": check_idcard,
        "uscc": check_uscc,
        "plate": check_plate,
        "vin": check_vin,
        # Foreigners fill in the same field, so it takes the travel documents of every country.
        "passport": check_travel_document,
        "phone": check_phone,
        "division": check_division,
    }
)
"""Item field type -> check. Field types that are not here hold no identifier."""

__all__ = [
    "CHECKS",
    "PROVINCE_PREFIXES",
    "QUERY_ALPHABET",
    "Problem",
    "age_on",
    "birth_date",
    "case_number",
    "check_case_number",
    "check_division",
    "check_idcard",
    "check_org_code",
    "check_passport",
    "check_phone",
    "check_plate",
    "check_query_code",
    "check_task_code",
    "check_travel_document",
    "check_uscc",
    "check_vin",
    "format_query_code",
    "full_years",
    "idcard_check_digit",
    "mask",
    "mod_37_36",
    "normalize",
    "query_code",
    "sex",
    "task_code",
    "uscc_check_character",
    "vin_check_digit_holds",
]
