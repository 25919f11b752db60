"""The citizens of the demo: invented names, phones and identity numbers. Knows no Django."""

from __future__ import annotations

from yinuo.core.identifiers import idcard_check_digit

CITIZENS = {
    "13800000001": "王淑兰",
    "13800000002": "李建军",
    "13800000003": "张美玲",
    "13800000004": "赵德福",
    "13800000005": "陈思宇",
}


def identity_of(phone: str) -> str:
    """A number that holds and that nobody has: there is no district 220899. Born in 1960, 1961, …"""
    digits = f"220899{1959 + int(phone[-2:])}0101{phone[-3:]}"
    return digits + idcard_check_digit(digits)
