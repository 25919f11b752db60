"""Which open promises another calendar moves: what stands in the rows, compared with what it counts.

A day that no calendar ever gave was written by somebody's hand; that is for the audit, not for a new date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from yinuo.apps.promises.models import PromiseRow
from yinuo.apps.promises.projection import promise_of
from yinuo.core.calendar import Calendar
from yinuo.core.case.events import Payload
from yinuo.core.clock import Stopped, day_of
from yinuo.core.promise import Promise
from yinuo.core.receipt import written

Due = date | datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """One open promise whose day is another one now. `owner`: the unit that owes it, or "applicant"."""

    case: str
    key: str
    about: str
    owner: str
    before: Due
    after: Due
    was_provisional: bool
    is_provisional: bool

    def as_json(self) -> Payload:
        before, after = written(self.before), written(self.after)
        return {"key": self.key, "about": self.about, "from": before, "to": after}


def moved(calendar: Calendar) -> list[Moved]:
    """Everything that `calendar` moves, case by case; it has to know the calendars before it."""
    return list(_moved(_open().order_by("case", "place"), calendar))


def moved_in(case: str, calendar: Calendar) -> list[Moved]:
    """What it moves in one case. Where no other calendar ever counted, the database is not asked."""
    return list(_moved(_open().filter(case=case).order_by("place"), calendar)) if calendar.earlier else []


def out_of_date(calendar: Calendar) -> list[str]:
    """The numbers of the cases with a row that an earlier calendar made and this one would make otherwise.

    The day of the law may move alone: then nothing that was promised moves, and there is nothing to say.
    """
    rows = _open().order_by("case").iterator() if calendar.earlier else ()
    return list(dict.fromkeys(row.case for row in rows if _former(row, promise_of(row), calendar)))


def _open() -> QuerySet[PromiseRow]:
    """A stopped clock has no day that could move."""
    return PromiseRow.objects.filter(ended_at__isnull=True, is_paused=False)


def _moved(rows: Iterable[PromiseRow], calendar: Calendar) -> Iterator[Moved]:
    for row in rows:
        promise = promise_of(row)
        before, after = row.due_at or row.due_on, promise.due(calendar)
        former = _former(row, promise, calendar)
        if former is None or before is None or isinstance(after, Stopped) or before == after:
            continue
        was, is_now = (promise.account(one).provisional for one in (former, calendar))
        yield Moved(row.case, row.key, row.about, row.owner, before, after, was, is_now)


def _former(row: PromiseRow, promise: Promise, calendar: Calendar) -> Calendar | None:
    """The latest earlier calendar that gives the days of the row; None where `calendar` itself does."""
    days = (row.due_at or row.due_on, row.statutory_due_on)
    if days == _days(promise, calendar):
        return None
    formers = (former for _, former in reversed(calendar.earlier))
    return next((former for former in formers if _days(promise, former) == days), None)


def _days(promise: Promise, calendar: Calendar) -> tuple[Due | None, date | None]:
    due, by_law = promise.due(calendar), promise.statutory_due(calendar)
    lawful = None if by_law is None or isinstance(by_law, Stopped) else day_of(by_law)
    return None if isinstance(due, Stopped) else due, lawful
