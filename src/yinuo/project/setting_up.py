"""Setting up a deployment: tables, signing authority, catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from yinuo.apps.cases.actions.rebuild import rebuild
from yinuo.apps.documents.authority import FILES
from yinuo.apps.documents.signing import create_authority
from yinuo.apps.items.actions.publish import publish
from yinuo.apps.items.queries import NothingPublishedError, catalogue
from yinuo.catalogue.checking import Report

Progress = Callable[[str], None]


def prepare(now: datetime, say: Progress) -> Report:
    """Everything that a server needs before it starts. Safe to repeat."""
    say("database")
    call_command("migrate", interactive=False, verbosity=0)
    keys = settings.DATA / "keys" / "authority"
    if not any((keys / file).exists() for file in FILES):
        say("signing authority")
        create_authority(keys, "Yinuo demo" if settings.DEMO else "Yinuo", now)
    say("catalogue")
    return put_into_service(settings.CATALOGUE, now, say)


def put_into_service(root: Path, now: datetime, say: Progress) -> Report:
    """Publish; when the calendar has changed, the dates of all promises are projected anew."""
    before = _calendar_version()
    report = publish(root, now)
    if before is not None and before != _calendar_version():
        for count, number in enumerate(rebuild(catalogue().calendar), start=1):
            say(f"dates of case {count}: {number}")
    return report


def is_in_service() -> bool:
    """Whether any catalogue was ever published here: without one nothing can be served."""
    return _calendar_version() is not None


def _calendar_version() -> str | None:
    try:
        return catalogue().calendar.version
    except NothingPublishedError:
        return None
