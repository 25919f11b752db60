"""Erasing a case whose time is over: everything personal goes, the steps and the numbers stay."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from yinuo.apps.cases.keeping import handed_in_files, named_files
from yinuo.apps.cases.models import Case, CaseEvent, Draft
from yinuo.apps.cases.recording import event_of, write
from yinuo.apps.documents.actions.clear_results import clear_results
from yinuo.apps.documents.actions.discard_uploads import discard_uploads
from yinuo.apps.items.queries import catalogue
from yinuo.apps.looks.actions.forget import forget_case
from yinuo.apps.mandates.actions.forget_attempts import forget_attempts
from yinuo.apps.notices.actions.forget import forget
from yinuo.apps.people.queries import anonymous
from yinuo.core.case import ENDED, CaseState, Event, fold
from yinuo.core.case.redaction import redacted
from yinuo.core.errors import Refusal


def erase(case: Case, rule: str, *, today: date) -> Case | Refusal:
    """The case without anything personal. `rule`: the key of the rule of keeping by which it goes.

    Refused: it goes on (`still-open`), or the office still owes somebody something in it (`still-owed`).
    Erasing it twice changes nothing. The stored hashes stay, so that the sealed days and every bundle that
    somebody took along still hold.
    """
    with transaction.atomic():
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        if fresh.erased_on is not None:
            return fresh
        rows = list(fresh.events.order_by("seq"))
        events = [event_of(row) for row in rows]
        state = fold(events)
        if state.stage not in ENDED:
            return Refusal("still-open")
        if state.open_promises:
            return Refusal("still-owed")
        files = handed_in_files(events) | _drafted(fresh)
        _strip(fresh, rows, events, state)
        fresh.erased_on, fresh.erased_by = today, rule
        fresh.save(update_fields=["erased_on", "erased_by"])
        _throw_away(fresh.number, files)
    return fresh


def _strip(case: Case, rows: list[CaseEvent], events: list[Event], state: CaseState) -> None:
    """The events, the row and the promises without the person. No hash changes."""
    bare = redacted(events, str(anonymous().pk))
    for row, event in zip(rows, bare, strict=True):
        row.actor, row.payload = event.actor, event.payload
        row.save(update_fields=["actor", "payload"])
    write(case, fold(bare), catalogue().calendar)
    Draft.objects.filter(case=case).delete()


def _drafted(case: Case) -> set[str]:
    """What was uploaded for the application; of that, the case has what was asked for."""
    return {one for draft in Draft.objects.filter(case=case) for one in named_files(draft.provided)}


def _throw_away(number: str, files: set[str]) -> None:
    """What other apps keep of it. Files last: whatever fails before leaves them as they are."""
    forget(number)
    forget_case(number)
    forget_attempts(number)
    clear_results(number)
    discard_uploads(files)
