"""Make all rows of cases and promises anew from the events."""

from __future__ import annotations

import argparse

from yinuo.cli.data import in_service
from yinuo.cli.progress import watched


def add(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    calendar = in_service().calendar
    from yinuo.apps.cases.actions.rebuild import rebuild
    from yinuo.apps.cases.models import Case

    count = sum(1 for _ in watched(rebuild(calendar), "cases", Case.objects.count()))
    print(f"{count} cases rebuilt")
    return 0
