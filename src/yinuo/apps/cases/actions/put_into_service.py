"""Putting a catalogue into service, with the dates of running cases when its calendar is another one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from yinuo.apps.cases.actions.redate import redate
from yinuo.apps.items.actions.publish import publish
from yinuo.apps.items.queries import NothingPublishedError, catalogue
from yinuo.catalogue.checking import Report

Progress = Callable[[str], None]


def put_into_service(root: Path, now: datetime, say: Progress = lambda words: None) -> Report:
    """Publish; what another calendar moves is written, also what was left of the last time."""
    report = publish(root, now)
    if calendar_version() is not None:
        for done in redate(catalogue().calendar, now):
            say(f"dates of case {done.case}: {done.promises} moved")
    return report


def calendar_version() -> str | None:
    """The version of the calendar in service; None while there is no catalogue."""
    try:
        return catalogue().calendar.version
    except NothingPublishedError:
        return None
