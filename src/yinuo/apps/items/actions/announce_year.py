"""Putting one announced year of the calendar into service."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings

from yinuo.apps.items.actions.publish import publish
from yinuo.apps.items.trial import put_year, tried, with_year
from yinuo.catalogue.checking import Report


def announce_year(file: Path, year: int, now: datetime) -> Report:
    """All or nothing: with a finding nothing changes anywhere. `tried` says which catalogue takes the year.

    The editors' copy gets the file first, so that no later publication takes the year out again.
    """
    root, report = tried(file, year)
    if report.findings:
        return report
    with with_year(root, file, year) as copy:
        put_year(file, settings.CATALOGUE, year)
        return publish(copy, now)
