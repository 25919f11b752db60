"""Writing the promises of a case, in the transaction of the events that changed them."""

from __future__ import annotations

from yinuo.apps.promises.models import PromiseRow
from yinuo.apps.promises.projection import rows
from yinuo.core.calendar import Calendar
from yinuo.core.case import CaseState

CHANGING = [
    "key", "about", "owner", "unit", "post", "person", "item", "started_at", "used", "facts", "reasons",
    "due_on", "due_at", "statutory_due_on", "ended_at", "is_void", "is_paused",
]  # fmt: skip


def project(state: CaseState, calendar: Calendar, *, is_new: bool = False) -> None:
    """Insert the promises that are new, bring the others up to date and drop any that never were made."""
    wanted = rows(state, calendar)
    if is_new:
        for row in wanted:
            row.save(force_insert=True)
        return
    PromiseRow.objects.filter(case=state.number, place__gte=len(wanted)).delete()
    PromiseRow.objects.bulk_create(
        wanted, update_conflicts=True, unique_fields=["case", "place"], update_fields=CHANGING
    )
