"""Check that nothing was changed behind the application's back: every case against its events (the chain,
the row, the promises, the documents), every sealed day against its events and its signature, every file
against its hash. One line for each fault."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from yinuo.cli.data import in_service
from yinuo.cli.progress import watched

if TYPE_CHECKING:
    from yinuo.apps.cases.queries import Fault


def add(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    calendar = in_service().calendar
    from yinuo.apps.cases.models import Case
    from yinuo.apps.cases.queries import audit
    from yinuo.apps.ledger.auditing import audit as audit_ledger

    checked = faults = 0
    for _number, found in watched(audit(calendar), "cases", Case.objects.count()):
        checked += 1
        faults += _told(found)
    faults += _told(audit_ledger(datetime.now(UTC)))
    print(f"{checked} cases, {faults} faults")
    return 1 if faults else 0


def _told(found: Iterable[Fault]) -> int:
    """Print one line for each; how many there were."""
    lines = [f"{fault.number}: {fault.what}" for fault in found]
    for line in lines:
        print(line)
    return len(lines)
