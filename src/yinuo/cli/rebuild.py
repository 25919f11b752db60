"""Make all rows of cases and promises anew from the events."""

from __future__ import annotations

import argparse

from yinuo.cli.data import start_django
from yinuo.cli.progress import watched


def add(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    start_django()
    from yinuo.apps.cases.actions.rebuild import rebuild
    from yinuo.apps.cases.models import Case
    from yinuo.apps.items.queries import catalogue

    count = sum(1 for _ in watched(rebuild(catalogue().calendar), "cases", Case.objects.count()))
    print(f"{count} cases rebuilt")
    return 0
