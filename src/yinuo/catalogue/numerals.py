"""Numbers as laws write them: 第一百零三条 is article 103."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_NUMERALS = dict(zip(_DIGITS, range(10), strict=True)) | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}


def numeral(text: str) -> int:
    """A number up to 9999 written with digits or in Chinese: 二十五, 一百零三, 一千二百五十四, 十."""
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in _NUMERALS:
            digit = _NUMERALS[character]
        else:
            total += (digit or 1) * _POWERS[character]
            digit = 0
    return total + digit


def chinese(number: int) -> str:
    """25 as 二十五, 103 as 一百零三, 1260 as 一千二百六十; from ten thousand on the digits stay."""
    if number >= 10_000:
        return str(number)
    made, gap = "", False
    for weight, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // weight % 10
        if digit:
            made += f"{'零' if gap else ''}{'零一二三四五六七八九'[digit]}{unit}"
        gap = bool(made) and not digit
    return (made.removeprefix("一") if 10 <= number < 20 else made) or "零"
