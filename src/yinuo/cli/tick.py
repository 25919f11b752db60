"""Let the clock act once: what comes due by itself, warnings, reminders, the seal of the day, the lot,
erasing what has been kept long enough, and throwing away counts of visits and old sessions."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from yinuo.cli.data import in_service


def add(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    in_service()
    from yinuo.apps.cases.actions.tick import tick

    done = tick(datetime.now(UTC))
    print(f"{done.changed} cases changed, {done.rungs} warnings, {done.reminders} reminders")
    print(f"{done.sealed} days sealed, {done.drawn} cases drawn for a call")
    print(f"{done.erased} things erased, {done.forgotten} counts of visits and old sessions thrown away")
    return 0
