"""Warnings while there is time, and after: each rung once, told to the right links of the chain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.notices.actions.tell import tell
from yinuo.apps.notices.wording import Facts
from yinuo.apps.people.queries import chain
from yinuo.apps.promises.actions.reach import reach
from yinuo.apps.promises.models import PromiseRow
from yinuo.apps.promises.projection import promise_of
from yinuo.apps.promises.queries import ended_unwarned, rungs_of, running
from yinuo.core.case.commands import Card
from yinuo.core.clock import day_of
from yinuo.core.supervision import Rung

# How long after its end a promise that broke while nobody looked is still warned of.
LOOK_BACK = timedelta(days=60)


def warn(now: datetime) -> int:
    """How many rungs were reached since it was last asked. Safe to repeat, and by two processes at once."""
    rows = [*running(), *ended_unwarned(now - LOOK_BACK)]
    known = rungs_of({row.case for row in rows})
    found = [
        (row, rung)
        for row in rows
        for rung in _reached(row, now)
        if (row.case, row.place, rung.name) not in known
    ]
    cases = Case.objects.in_bulk({row.case for row, _ in found}, field_name="number")
    last = {(row.case, row.place): rung for row, rung in found}  # of several at once only the last is news
    return sum(
        _climb(cases[row.case], row, rung, now, tells=last[row.case, row.place] is rung)
        for row, rung in found
    )


def _reached(row: PromiseRow, now: datetime) -> Iterator[Rung]:
    served = catalogue()
    moment = row.ended_at or now
    return served.rules.supervision.reached(promise_of(row), row.item, moment, served.calendar)


def _climb(case: Case, row: PromiseRow, rung: Rung, now: datetime, *, tells: bool) -> bool:
    """The rung, its notices and its card, all or nothing."""
    with transaction.atomic():
        if not reach(row, rung.name, now=now):
            return False
        if tells:
            _tell(case, row, rung, now)
        if rung.card is not None:
            act(case, Card(rung.card, row.key, row.about, rung.name), person=None, now=now)
    return True


def _tell(case: Case, row: PromiseRow, rung: Rung, now: datetime) -> None:
    served = catalogue()
    due = row.due_at or row.due_on
    assert due is not None
    days = served.calendar.working_days(day_of(due), day_of(now))
    facts: Facts = {
        "item": pinned(case.item, case.item_version).name,
        "code": case.query_code,
        "number": case.number,
        "what": row.key,
        "due": due,
        "unit": row.owner,
        "days": days,
    }
    template = "rung-broken-more" if rung.name.startswith("broken-") else f"rung-{rung.name}"
    for person in chain(row.person, row.owner, served.city, day_of(now)).told(rung.tell):
        key = f"{row.case}:p{row.place}:{rung.name}:{person}"
        tell(person, template, facts, case=row.case, key=key, now=now)
