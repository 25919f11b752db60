"""Making the projections anew from the events."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.recording import event_of, write
from yinuo.core.calendar import Calendar
from yinuo.core.case import fold


def rebuild(calendar: Calendar) -> Iterator[str]:
    """Case by case, so that it can be watched and stopped; yields each number when it is done.

    It trusts nothing that a row says, not even which item it is of.
    """
    for pk in list(Case.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            case = Case.objects.select_for_update().get(pk=pk)
            write(case, fold(event_of(row) for row in case.events.order_by("seq")), calendar)
        yield case.number
