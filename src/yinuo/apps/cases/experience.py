"""How long people really waited for a service in the last twelve months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yinuo.apps.items.queries import edition
from yinuo.apps.promises import figures as promises
from yinuo.core.figures import Period
from yinuo.core.figures.definitions import nearest_rank


@dataclass(frozen=True, slots=True)
class Experience:
    """What it really took: half of so many cases within `half` working days, nine of ten within `most`."""

    cases: int
    half: int
    most: int


def experience(item: str, today: date, least: int) -> Experience | None:
    """Of the last twelve months; None below `least` decisions. Counted once a day and publication."""
    return _experiences(edition().version, today, least).get(item)


@lru_cache(maxsize=2)
def _experiences(version: str, today: date, least: int) -> dict[str, Experience]:
    found: dict[str, Experience] = {}
    for item, days in promises.days_by_item(last_year(today)).items():
        total = sum(days.values())
        if total >= least:
            half, most = (nearest_rank(days.items(), percent)[1] or 0 for percent in (50, 90))
            found[item] = Experience(total, half, most)
    return found


def forget() -> None:
    """Count again at the next question."""
    _experiences.cache_clear()


def last_year(today: date) -> Period:
    """The twelve months up to and with today."""
    leap = today.month == 2 and today.day == 29
    first = today.replace(year=today.year - 1, day=28 if leap else today.day)
    return Period(first, today)
