"""What people are told because a day comes near or has passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from yinuo.apps.cases.models import Case
from yinuo.apps.items.queries import pinned
from yinuo.apps.mandates.queries import contact
from yinuo.apps.notices.models import Notice
from yinuo.apps.notices.outbox import Message, put
from yinuo.apps.notices.queries import reader
from yinuo.apps.notices.wording import Fact
from yinuo.apps.people.queries import names
from yinuo.apps.promises.models import PromiseRow
from yinuo.apps.promises.queries import late
from yinuo.core.clock import day_of
from yinuo.core.receipt import moment

# Template -> days before the last one on which the applicant is reminded, the nearest first.
BEFORE = {"supplement-day": 1, "supplement-week": 7}
LATE = "decide-late"


def remind(now: datetime) -> int:
    """Reminders of open supplement notices, and our word that we are late; returns how many were written.

    Each once: the key of a notice is made of case, promise and template. Safe to repeat.
    """
    wanted = {f"{row.case}:p{row.place}:{key}": (row, key) for row, key in _wanted(day_of(now), now)}
    told = set(Notice.objects.filter(key__in=wanted).values_list("key", flat=True))
    cases = Case.objects.in_bulk({row.case for row, _ in wanted.values()}, field_name="number")
    fresh = {key: found for key, found in wanted.items() if key not in told}
    return sum(_tell(cases[row.case], row, template, key, now) for key, (row, template) in fresh.items())


def _wanted(today: date, now: datetime) -> Iterator[tuple[PromiseRow, str]]:
    owed = PromiseRow.objects.filter(key="supplement", ended_at__isnull=True, due_on__gte=today)
    for row in owed.filter(due_on__lte=today + timedelta(days=max(BEFORE.values()))):
        template = _reminder(row, today)
        if template is not None:
            yield row, template
    for row in late(today).filter(key="decide", due_at__isnull=True):
        yield row, LATE
    hours = PromiseRow.objects.filter(key="decide", ended_at__isnull=True, is_paused=False, due_at__lt=now)
    for row in hours:
        yield row, LATE


def _reminder(row: PromiseRow, today: date) -> str | None:
    """None where the notice itself came no earlier than the reminder would have."""
    assert row.due_on is not None
    whole, left = row.due_on - _begun(row), row.due_on - today
    for template, days in BEFORE.items():
        if left <= timedelta(days=days):
            return template if whole > timedelta(days=days) else None
    return None


def _begun(row: PromiseRow) -> date:
    return day_of(moment(row.facts["start"]))


def _tell(case: Case, row: PromiseRow, template: str, key: str, now: datetime) -> int:
    person = reader(contact(case.principal, str(case.applicant_id), case.item, day_of(now)))
    if person is None:
        return 0
    due = row.due_at or row.due_on
    assert due is not None
    facts: dict[str, Fact] = {
        "item": pinned(case.item, case.item_version).name,
        "code": case.query_code,
        "number": case.number,
        "due": due,
    }
    if template == LATE:
        facts |= {"unit": row.unit, "who": names([case.owner]).get(case.owner, "")}
    return put(person, [Message(key, template, facts, case.number, case.item)], now)
