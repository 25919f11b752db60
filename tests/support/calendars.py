"""The announced calendar of the repository, as a whole and as it was before its latest notices."""

from __future__ import annotations

from functools import cache

from support.catalogues import ROOT

from yinuo.catalogue.loading import load_calendar
from yinuo.core.calendar import Calendar


@cache
def announced() -> Calendar:
    return load_calendar(ROOT)


@cache
def announced_until(year: int) -> Calendar:
    """The calendar as it was when `year` was the last that had been announced."""
    return Calendar(tuple(one for one in announced().years if one.year <= year))
