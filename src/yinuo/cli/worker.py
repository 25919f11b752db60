"""Run the clock: tick every minute until stopped."""

from __future__ import annotations

import argparse
import threading
from datetime import UTC, datetime

from yinuo.cli.data import start_django

EVERY = 60.0  # seconds; the shortest promise is counted in hours


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="tick once and stop")


def run(arguments: argparse.Namespace) -> int:
    start_django()
    work(threading.Event(), once=arguments.once)
    return 0


def work(stop: threading.Event, *, once: bool = False) -> None:
    """Tick until `stop` is set. A database that is away for a moment is logged and tried again."""
    import structlog
    from django.db import DatabaseError, close_old_connections

    from yinuo.apps.cases.actions.tick import tick

    log = structlog.get_logger("yinuo.worker")
    while not stop.is_set():
        close_old_connections()
        try:
            changed = tick(datetime.now(UTC))
            log.info("tick", changed=changed)
        except DatabaseError:
            log.exception("tick failed")
        if once or stop.wait(EVERY):
            return
