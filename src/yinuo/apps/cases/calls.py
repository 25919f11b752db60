"""The lots of closed cases that were drawn for a call (回访), and the cases a lot was drawn from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from yinuo.apps.cases.models import Case, CaseEvent
from yinuo.apps.cases.queries import visible_to
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.queries import units_of
from yinuo.apps.promises.projection import promise_of
from yinuo.apps.promises.queries import of_kind
from yinuo.core.clock import SHANGHAI, day_of
from yinuo.core.promise import Promise

KEY = "follow-up"


@dataclass(frozen=True, slots=True)
class Lot:
    """month: `2026-10`. seed: the root of its last day in the ledger. closed: out of how many was drawn."""

    month: str
    seed: str
    drawn: int
    done: int
    closed: int

    @property
    def sealed_on(self) -> date:
        """The day whose root is the seed: the last of the month."""
        return _after(date.fromisoformat(f"{self.month}-01")) - timedelta(days=1)


def _after(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def lots() -> list[Lot]:
    """Every lot, the latest first. Counts only: they name nobody."""
    rows = of_kind(KEY).values_list("about", "ended_at")
    drawn, done = Counter(month for month, _ in rows), Counter(month for month, end in rows if end)
    return [
        Lot(month, _seed(month), drawn[month], done[month], len(closed_in(date.fromisoformat(f"{month}-01"))))
        for month in sorted(drawn, reverse=True)
    ]


def _seed(month: str) -> str:
    event = CaseEvent.objects.filter(kind="drawn", about=month).order_by("pk").first()
    return str(event.payload["seed"]) if event else ""


def closed_in(first: date) -> list[str]:
    """The cases that ended in the month that begins so, but for those that nobody can be called about.

    What was erased since still counts: a lot is of what there was.
    """
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) for day in (first, _after(first)))
    there = Q(applicant__is_active=True) | Q(erased_on__isnull=False)
    ended = Case.objects.filter(there, ended_at__gte=begin, ended_at__lt=end)
    return sorted(ended.values_list("number", flat=True))


def to_call(person: Any, month: str, now: datetime) -> list[tuple[Promise, Case]]:
    """The cases of a lot that the units of a member of staff call, the open ones first."""
    today = day_of(now)
    seen, units = visible_to(person, today), units_of(person, catalogue().city, today)
    rows = of_kind(KEY).filter(about=month, owner__in=units, case__in=seen.values("number"))
    cases = seen.select_related("applicant").in_bulk({row.case for row in rows}, field_name="number")
    ordered = sorted(rows, key=lambda row: (row.ended_at is not None, row.due_on or today, row.case))
    return [(promise_of(row), cases[row.case]) for row in ordered]
