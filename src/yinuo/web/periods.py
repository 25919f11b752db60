"""Spans of time that figures are asked for: by a word, or from a day to a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from yinuo.core.clock import add_months
from yinuo.core.figures import Period

FIXED = ("this-month", "last-month", "this-year")
MOST_DAYS = 366 * 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """`key` is one of FIXED or `own`; `error`: why an own span was not taken."""

    key: str
    period: Period
    error: str = ""

    @property
    def query(self) -> dict[str, str]:
        """What a link needs to ask for the same span."""
        if self.key != "own":
            return {"period": self.key}
        return {"period": "own", "from": self.period.first.isoformat(), "to": self.period.last.isoformat()}


def names() -> dict[str, str]:
    return {"this-month": _("本月"), "last-month": _("上月"), "this-year": _("今年")}


def fixed(key: str, today: date) -> Period:
    first = today.replace(day=1)
    if key == "this-month":
        return Period(first, today)
    if key == "last-month":
        return Period(add_months(first, -1), first - timedelta(days=1))
    return Period(date(today.year, 1, 1), today)


def chosen(asked: Mapping[str, str], today: date, *, own: bool = False) -> Chosen:
    """What was asked for; the year so far where that makes no sense. `own`: any two days may be asked."""
    key = asked.get("period", "")
    if own and key == "own":
        return _own(asked.get("from", ""), asked.get("to", ""), today)
    key = key if key in FIXED else "this-year"
    return Chosen(key, fixed(key, today))


def _own(first: str, last: str, today: date) -> Chosen:
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return Chosen("this-year", fixed("this-year", today), _("请选起止两天。"))
    if not 0 <= (period.last - period.first).days <= MOST_DAYS:
        return Chosen("this-year", fixed("this-year", today), _("结束日不能早于开始日，最长三年。"))
    return Chosen("own", period)


def last_months(today: date) -> Period:
    """The twelve months up to and with this one, from the first of its first."""
    return Period(add_months(today.replace(day=1), -11), today)


def months(period: Period) -> list[str]:
    """Each month of a period as `2026-10`."""
    first, found = period.first.replace(day=1), []
    while first <= period.last:
        found.append(f"{first:%Y-%m}")
        first = add_months(first, 1)
    return found
