"""Making the projections anew from the events."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.cases.recording import write
from yinuo.core.calendar import Calendar


def rebuild(calendar: Calendar) -> Iterator[str]:
    """Case by case, so that it can be watched and stopped; yields each number when it is done."""
    for pk in list(Case.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            case = Case.objects.select_for_update().get(pk=pk)
            write(case, opened(case).state, calendar)
        yield case.number
