"""Let the clock act once: deemed acceptance, lapse of unanswered notices, closing."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from yinuo.cli.data import in_service


def add(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    in_service()
    from yinuo.apps.cases.actions.tick import tick

    print(f"{tick(datetime.now(UTC))} cases changed")
    return 0
