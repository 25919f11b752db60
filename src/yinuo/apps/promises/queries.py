"""Reading promises: those of a case as stored, and how many are open and late."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet

from yinuo.apps.promises.models import PromiseRow


def of_case(number: str) -> QuerySet[PromiseRow]:
    return PromiseRow.objects.filter(case=number).order_by("place")


def ended(key: str = "decide") -> QuerySet[PromiseRow]:
    """Promises of that kind that were kept or broken; what was withdrawn is neither."""
    return PromiseRow.objects.filter(key=key, ended_at__isnull=False, is_void=False)


def kept(key: str = "decide") -> QuerySet[PromiseRow]:
    """Those that ended on their due day or before."""
    return ended(key).filter(Q(ended_at__date__lte=F("due_on")))


def late(today: date) -> QuerySet[PromiseRow]:
    """Open promises of the office whose day has passed."""
    open_rows = PromiseRow.objects.filter(ended_at__isnull=True, is_paused=False, due_on__lt=today)
    return open_rows.exclude(owner="applicant")
