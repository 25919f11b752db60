"""Simulate a year of a whole city through the real actions, into an empty data folder.

The same seed gives the same year. `yinuo demo` then serves it, with the demo's accounts.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import deque
from datetime import UTC, date, datetime, time, timedelta

from yinuo.cli.data import catalogue_root, start_django
from yinuo.cli.progress import watched


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=int, default=365, metavar="N")
    parser.add_argument("--seed", type=int, default=7, metavar="N")
    parser.add_argument("--cases", type=int, default=3000, metavar="N", help="about so many are handed in")
    parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="the last day; yesterday")


def run(arguments: argparse.Namespace) -> int:
    os.environ["YINUO_DEMO"] = "1"
    os.environ.setdefault("YINUO_CATALOGUE", str(catalogue_root()))
    start_django()
    from yinuo.core.clock import day_of
    from yinuo.demo.simulation.running import simulate

    last = arguments.until or day_of(datetime.now(UTC)) - timedelta(days=1)
    problem = _prepare(last - timedelta(days=arguments.days))
    if problem:
        print(f"yinuo simulate: {problem}", file=sys.stderr)
        return 1
    days = simulate(last, arguments.days, arguments.seed, arguments.cases)
    for day in deque(watched(days, "days", arguments.days), maxlen=1):
        print(f"{day.cases} cases in {arguments.days} days, {day.open} of them open on {day.on}")
    return 0


def _prepare(first: date) -> str | None:
    """Tables, authority and catalogue as of the day before the first; or what is in the way."""
    from yinuo.apps.people.models import Person
    from yinuo.core.clock import SHANGHAI
    from yinuo.project.setting_up import prepare

    report = prepare(datetime.combine(first, time(), SHANGHAI), lambda step: None)
    if report.findings:
        return "the catalogue has findings: run `yinuo check`"
    return (
        "there are people already: name an empty folder with YINUO_DATA" if Person.objects.exists() else None
    )
