"""Writing what time has brought about in one case: acceptance by silence, lapse, the end of a procedure."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from yinuo.apps.cases.actions.record import record
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened


def pass_time(case: int, now: datetime) -> bool:
    """Whether time changed the case. When somebody acts on it at the same moment, their act does this too.

    case: its primary key.
    """
    try:
        with transaction.atomic():
            fresh = Case.objects.select_for_update().get(pk=case)
            stored, found = fresh.seq, opened(fresh, now)
            if found.state.seq != stored:
                record(fresh, found.events[stored:], found.state, found.item, now=now)
            return found.state.seq != stored
    except IntegrityError:
        return False
