"""Let the clock act once: what comes due by itself, warnings, reminders, the seal of the day, the lot,
and erasing what has been kept long enough."""

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
    print(f"{done.sealed} days sealed, {done.drawn} cases drawn for a call, {done.erased} things erased")
    return 0
