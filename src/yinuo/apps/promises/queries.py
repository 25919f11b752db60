"""Reading promises: those of a case as stored, and how many are open and late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yinuo.apps.promises.days import ShanghaiDay
from yinuo.apps.promises.models import PromiseRow, RungReached
from yinuo.core.clock import day_of


def of_case(number: str) -> QuerySet[PromiseRow]:
    return PromiseRow.objects.filter(case=number).order_by("place")


def ended(key: str = "decide") -> QuerySet[PromiseRow]:
    """Promises of that kind that were kept or broken; what was withdrawn is neither."""
    return PromiseRow.objects.filter(key=key, ended_at__isnull=False, is_void=False)


def kept(key: str = "decide") -> QuerySet[PromiseRow]:
    """Those that ended on their due day or before."""
    return ended(key).filter(Q(ended_at__date__lte=F("due_on")))


def running() -> QuerySet[PromiseRow]:
    """What the office owes now, with a clock that runs."""
    return PromiseRow.objects.filter(ended_at__isnull=True, is_paused=False).exclude(owner="applicant")


def run_out(now: datetime, keys: Sequence[str]) -> QuerySet[PromiseRow, str]:
    """The numbers of cases with an open promise of such a kind whose day or hour is over."""
    open_rows = PromiseRow.objects.filter(key__in=keys, ended_at__isnull=True, is_paused=False)
    over = open_rows.filter(Q(due_at__isnull=True, due_on__lt=day_of(now)) | Q(due_at__lt=now))
    return over.values_list("case", flat=True)


def open_of(units: Iterable[str], keys: Iterable[str]) -> QuerySet[PromiseRow]:
    """What these units owe of these kinds, the next due first."""
    found = PromiseRow.objects.filter(ended_at__isnull=True, owner__in=list(units), key__in=list(keys))
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def of_kind(key: str) -> QuerySet[PromiseRow]:
    """Every promise of a kind, open or ended."""
    return PromiseRow.objects.filter(key=key)


def ended_unwarned(since: datetime) -> QuerySet[PromiseRow]:
    """What the office ended late since then without any warning that it broke: no clock ticked in between."""
    warned = RungReached.objects.filter(case=OuterRef("case"), place=OuterRef("place"), rung="broken")
    ended_late = PromiseRow.objects.filter(ended_at__gte=since, is_void=False).exclude(owner="applicant")
    late_by_day = ended_late.filter(due_at__isnull=True, due_on__lt=ShanghaiDay("ended_at"))
    by_hour = ended_late.filter(due_at__lt=F("ended_at"))
    return (late_by_day | by_hour).filter(~Exists(warned))


def cases() -> set[str]:
    """The numbers of all cases that any promise belongs to."""
    return set(PromiseRow.objects.values_list("case", flat=True).distinct())


def rungs_of(cases: Iterable[str]) -> set[tuple[str, int, str]]:
    """The rungs that promises of these cases have come to: (case, place, rung)."""
    found = RungReached.objects.filter(case__in=list(cases))
    return set(found.values_list("case", "place", "rung"))


def late(today: date) -> QuerySet[PromiseRow]:
    """Open promises of the office whose day has passed."""
    open_rows = PromiseRow.objects.filter(ended_at__isnull=True, is_paused=False, due_on__lt=today)
    return open_rows.exclude(owner="applicant")
