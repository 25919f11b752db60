"""Putting a catalogue into service, with the dates of running cases when its calendar is another one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from yinuo.apps.cases.actions.rebuild import rebuild
from yinuo.apps.items.actions.publish import publish
from yinuo.apps.items.queries import NothingPublishedError, catalogue
from yinuo.catalogue.checking import Report

Progress = Callable[[str], None]


def put_into_service(root: Path, now: datetime, say: Progress = lambda words: None) -> Report:
    """Publish; when the calendar has changed, the dates of all promises are projected anew."""
    before = calendar_version()
    report = publish(root, now)
    if before is not None and before != calendar_version():
        for count, number in enumerate(rebuild(catalogue().calendar), start=1):
            say(f"dates of case {count}: {number}")
    return report


def calendar_version() -> str | None:
    """The version of the calendar in service; None while there is no catalogue."""
    try:
        return catalogue().calendar.version
    except NothingPublishedError:
        return None
