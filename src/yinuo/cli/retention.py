"""Erase what has been kept long enough, as the clock does once a day, and print the report of the day.

With --dry-run nothing goes: it prints what is due by which rule. How long what is kept stands in
retention.yaml of the city; see docs/how-to/rights.md.
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from yinuo.catalogue.retention import FOREVER
from yinuo.cli.data import in_service
from yinuo.cli.progress import watched
from yinuo.core.clock import day_of

if TYPE_CHECKING:
    from yinuo.catalogue.retention import Retention


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would go, and erase nothing")
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DAY", help="with --dry-run: due by that day"
    )


def run(arguments: argparse.Namespace) -> int:
    served, now = in_service(), datetime.now(UTC)
    if not served.retention.rules:
        print("the city has no retention.yaml: nothing is erased")
        return 0
    if arguments.dry_run:
        return _foretold(served.retention, arguments.on or day_of(now))
    return _done(now)


def _foretold(retention: Retention, today: date) -> int:
    """What is due, rule by rule, with the cases on hold counted apart."""
    from yinuo.apps.rights.due import due
    from yinuo.apps.rights.queries import held

    kept, counts, on_hold = held(today), Counter[str](), Counter[str]()
    for one in watched(due(retention, today), "things"):
        number = getattr(one.thing, "number", "")
        (on_hold if number in kept else counts)[one.rule.key] += 1
    for rule in retention.rules:
        keep = str(rule.span or FOREVER)
        print(
            f"{rule.key:<24} {rule.kind:<8} {keep:>8}  {counts[rule.key]:>7} due, {on_hold[rule.key]} on hold"
        )
    print(f"{counts.total()} things would go on {today}")
    return 0


def _done(now: datetime) -> int:
    """As many ticks as the day needs."""
    from yinuo.apps.rights.actions.erase_due import MOST_AT_ONCE, erase_due
    from yinuo.apps.rights.models import Run

    gone = 0
    while (step := erase_due(now)) == MOST_AT_ONCE:
        gone += step
    gone += step
    report = Run.objects.prefetch_related("rows").get(day=day_of(now))
    for row in report.rows.order_by("rule"):
        left = f"{row.held} on hold, {row.owed} owed"
        print(f"{row.rule:<24} {row.kind:<8} {row.keep:>8}  {row.count:>7} erased, {left}")
    print(f"{gone} things erased now; the report of {report.day}")
    return 0
