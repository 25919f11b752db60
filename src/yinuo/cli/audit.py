"""Check every case against its events: the chain, the row, the promises."""

from __future__ import annotations

import argparse

from yinuo.cli.data import in_service
from yinuo.cli.progress import watched


def add(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    calendar = in_service().calendar
    from yinuo.apps.cases.models import Case
    from yinuo.apps.cases.queries import audit

    checked = faults = 0
    for _number, found in watched(audit(calendar), "cases", Case.objects.count()):
        checked += 1
        faults += len(found)
        for fault in found:
            print(f"{fault.number}: {fault.what}")
    print(f"{checked} cases, {faults} faults")
    return 1 if faults else 0
