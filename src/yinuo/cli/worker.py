"""Run the clock: tick every minute until stopped."""

from __future__ import annotations

import argparse
import threading
from dataclasses import asdict
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
    from django.conf import settings
    from django.db import DatabaseError, close_old_connections

    from yinuo.apps.cases.actions.tick import tick
    from yinuo.apps.clients.actions.clean import clean
    from yinuo.apps.documents.actions.check_uploads import check_uploads
    from yinuo.apps.notices.actions.deliver import deliver
    from yinuo.apps.webhooks.actions.deliver import deliver as tell_programs

    log = structlog.get_logger("yinuo.worker")
    dates: str | None = None
    while not stop.is_set():
        close_old_connections()
        try:
            dates = _keep_dates(dates)
            log.info("tick", **asdict(tick(datetime.now(UTC))))
            log.info("deliver", **deliver(datetime.now(UTC)))
            log.info("webhooks", **tell_programs(datetime.now(UTC)))
            clean(datetime.now(UTC))
            log.info("uploads", scanner=bool(settings.CLAMD), **check_uploads(datetime.now(UTC)))
        except DatabaseError:
            log.exception("tick failed")
        if once or stop.wait(EVERY):
            return


def _keep_dates(version: str | None) -> str | None:
    """Move what another calendar moves, also where whoever published it stopped half-way; `version`: the
    calendar for which that is done. It is done once every process counts with it."""
    import structlog

    from yinuo.apps.cases.actions.redate import redate
    from yinuo.apps.items.queries import catalogue

    calendar, now = catalogue().calendar, datetime.now(UTC)
    if calendar.version == version:
        return version
    moved = sum(one.promises for one in redate(calendar, now))
    structlog.get_logger("yinuo.worker").info("redate", promises=moved)
    return calendar.version if not calendar.earlier or calendar.earlier[-1][0] <= now else None
