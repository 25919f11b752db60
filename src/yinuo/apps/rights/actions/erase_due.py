"""Erasing what has been kept long enough, once a day, with a report of numbers."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from yinuo.apps.items.queries import catalogue
from yinuo.apps.rights.due import ERASED, HELD, OWED, Due, due, throw_away
from yinuo.apps.rights.models import Erased, Run
from yinuo.core.clock import day_of
from yinuo.core.retention import Rule

MOST_AT_ONCE = 500  # what one tick throws away; the next goes on, so that no tick takes minutes


def erase_due(now: datetime, most: int = MOST_AT_ONCE) -> int:
    """Go on with the erasing of the day; how many things went. Safe to repeat, and by two processes at once.

    Each thing goes in a transaction of its own together with its number in the report: whatever is killed in
    between, the report says what was erased.
    """
    retention, today = catalogue().retention, day_of(now)
    if not retention.rules:
        return 0
    run, _ = Run.objects.get_or_create(day=today, defaults={"started_at": now})
    if run.finished_at is not None:
        return 0
    left: Counter[tuple[Rule, str]] = Counter()
    gone = 0
    for one in due(retention, today):
        if gone >= most:
            return gone
        done = _erased(run, one, today)
        gone += done == ERASED
        if done != ERASED:
            left[one.rule, done] += 1
    _finish(run, left, now)
    return gone


def _erased(run: Run, one: Due, today: date) -> str:
    with transaction.atomic():
        done = throw_away(one, today)
        if done == ERASED:
            row = _row(run, one.rule)
            Erased.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return done


def _row(run: Run, rule: Rule) -> Erased:
    facts = {
        "kind": rule.kind,
        "keep": str(rule.span or "forever"),
        "ground": str(rule.ground) if rule.ground else "",
    }
    row, _ = Erased.objects.get_or_create(run=run, rule=rule.key, defaults=facts)
    return row


def _finish(run: Run, left: Counter[tuple[Rule, str]], now: datetime) -> None:
    """What was due and did not go stands in the report as well."""
    with transaction.atomic():
        for rule in {rule for rule, _ in left}:
            row = _row(run, rule)
            row.held, row.owed = left[rule, HELD], left[rule, OWED]
            row.save(update_fields=["held", "owed"])
        Run.objects.filter(pk=run.pk).update(finished_at=now)
