"""What has been kept long enough, kind by kind, and how each kind is thrown away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from yinuo.apps.cases.actions.discard_draft import discard_draft
from yinuo.apps.cases.actions.erase import erase
from yinuo.apps.cases.keeping import (
    drafted_files,
    drafts_left_alone,
    has_cases_of,
    kept_long_enough,
    named,
)
from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.documents.actions.discard_uploads import discard_uploads
from yinuo.apps.documents.models import Upload
from yinuo.apps.documents.queries import left_behind
from yinuo.apps.entries.actions.forget import forget_entry
from yinuo.apps.entries.queries import entries_before
from yinuo.apps.looks.actions.forget import forget_looks
from yinuo.apps.looks.queries import looks_before
from yinuo.apps.mandates.actions.forget_ended import forget_ended
from yinuo.apps.mandates.queries import ended_before
from yinuo.apps.notices.actions.forget import forget_some
from yinuo.apps.notices.queries import told_before
from yinuo.apps.people.actions.close_account import forget_account
from yinuo.apps.rights.models import ClosedAccount
from yinuo.apps.rights.queries import held, holds_on
from yinuo.catalogue.retention import Retention
from yinuo.core.clock import end_of_day
from yinuo.core.errors import Refusal
from yinuo.core.retention import Rule

ERASED, HELD, OWED = "erased", "held", "owed"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that has to go by a rule. `thing`: a row, of whatever kind."""

    rule: Rule
    thing: Any


def due(retention: Retention, today: date) -> Iterator[Due]:
    """Everything that has to go today, kind by kind; cases on hold are among it."""
    for found in _FOUND.values():
        yield from found(retention, today)


def _cases(retention: Retention, today: date) -> Iterator[Due]:
    for rule, cases in kept_long_enough(retention, today):
        yield from (Due(rule, case) for case in cases.iterator(chunk_size=500))


def _rows(kind: str, rows: Callable[[date], Any]) -> Callable[[Retention, date], Iterator[Due]]:
    """What a single rule of that kind finds: the rows of which `rows` says that they ended by a day."""

    def found(retention: Retention, today: date) -> Iterator[Due]:
        rule = retention.of(kind)
        if rule is not None and rule.span is not None:
            yield from (Due(rule, one) for one in rows(rule.span.over_before(today)))

    return found


def _uploads(last: date) -> Iterator[Upload]:
    """Files that neither a case nor an open application names."""
    found = list(left_behind(end_of_day(last)))
    drafted = drafted_files() if found else set()
    return (one for one in found if str(one.pk) not in drafted)


def _accounts(last: date) -> Iterator[ClosedAccount]:
    """Closed ones that no kept case names any more."""
    closed = ClosedAccount.objects.filter(closed_at__lt=end_of_day(last)).select_related("person")
    return (one for one in closed.order_by("closed_at") if not named(one.person))


_FOUND: Mapping[str, Callable[[Retention, date], Iterator[Due]]] = {
    "case": _cases,
    "draft": _rows("draft", drafts_left_alone),
    "upload": _rows("upload", _uploads),
    "notice": _rows("notice", lambda last: told_before(end_of_day(last)).iterator()),
    "look": _rows("look", lambda last: looks_before(end_of_day(last)).iterator()),
    "entry": _rows("entry", lambda last: entries_before(end_of_day(last)).iterator()),
    "mandate": _rows("mandate", lambda last: (m for m in ended_before(last) if not has_cases_of(m.key))),
    "account": _rows("account", _accounts),
}


def throw_away(one: Due, today: date) -> str:
    """Let it go; `held` where it may not, `owed` where somebody still waits for something in it."""
    return _GONE[one.rule.kind](one, today)


def _case(one: Due, today: date) -> str:
    case: Case = one.thing
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)  # nobody places a hold meanwhile
        if holds_on([case.number], today):
            return HELD
        return OWED if isinstance(erase(case, one.rule.key, today=today), Refusal) else ERASED


def _draft(one: Due, today: date) -> str:
    draft: Draft = one.thing
    return OWED if isinstance(discard_draft(draft), Refusal) else ERASED


def _of_case(forget: Callable[[list[int]], int]) -> Callable[[Due, date], str]:
    """What belongs to a case is kept as long as the case is on hold."""

    def gone(one: Due, today: date) -> str:
        if one.thing.case and one.thing.case in held(today):
            return HELD
        forget([one.thing.pk])
        return ERASED

    return gone


def _upload(one: Due, today: date) -> str:
    discard_uploads([str(one.thing.pk)])
    return ERASED


def _entry(one: Due, today: date) -> str:
    forget_entry(one.thing)
    return ERASED


def _mandate(one: Due, today: date) -> str:
    return ERASED if forget_ended(one.thing) else OWED


def _account(one: Due, today: date) -> str:
    return ERASED if forget_account(one.thing.person) else OWED


_GONE: Mapping[str, Callable[[Due, date], str]] = {
    "case": _case,
    "draft": _draft,
    "upload": _upload,
    "notice": _of_case(forget_some),
    "look": _of_case(forget_looks),
    "entry": _entry,
    "mandate": _mandate,
    "account": _account,
}
