"""Reading holds, reports of what was erased, and how long one's own things are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yinuo.apps.cases.keeping import rule_of
from yinuo.apps.cases.models import Case
from yinuo.apps.rights.models import Hold, Run
from yinuo.core.clock import day_of
from yinuo.core.retention import Rule


def open_holds(today: date) -> QuerySet[Hold]:
    """Every hold that keeps a case today, the one that ends next first."""
    return Hold.objects.filter(lifted_at__isnull=True, last_day__gte=today).order_by("last_day", "placed_at")


def held(today: date) -> frozenset[str]:
    """The numbers of the cases that may not be erased today."""
    return frozenset(open_holds(today).values_list("case", flat=True))


def holds_on(cases: Iterable[str], today: date) -> dict[str, Hold]:
    """Case number -> the hold that lasts longest."""
    return {one.case: one for one in open_holds(today).filter(case__in=list(cases))}


def hold_in(key: UUID, cases: QuerySet[Case], today: date) -> Hold | None:
    """An open hold on one of these cases; any other does not exist."""
    return open_holds(today).filter(pk=key, case__in=cases.values("number")).first()


def runs() -> QuerySet[Run]:
    """The reports, the latest first, with what each rule did."""
    return Run.objects.order_by("-day").prefetch_related("rows")


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a case is kept. `rule` None: it goes on, or no rule says. `last_day` None: no end is set."""

    rule: Rule | None
    last_day: date | None
    hold: Hold | None


def keeping(case: Case, today: date) -> Keeping:
    rule, hold = rule_of(case), holds_on([case.number], today).get(case.number)
    ended = day_of(case.ended_at) if case.ended_at else None
    last = rule.kept_until(ended) if rule is not None and ended is not None else None
    return Keeping(rule, last, hold)
