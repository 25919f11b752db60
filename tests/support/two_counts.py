"""The figures counted twice: from the tables, and from the events alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from yinuo.apps.cases.figures import everything, group_of, tallies, view_of
from yinuo.apps.cases.lives import from_events
from yinuo.apps.items.queries import catalogue
from yinuo.core.clock import day_of
from yinuo.core.figures import Part, Period, Tally


def same_from_events(units: Iterable[str], now: datetime) -> None:
    """Fails where any count of any group differs: over a year, over a month and on this day."""
    scope, today = everything().within(units), day_of(now)
    for first in (date(today.year - 1, today.month, 1), date(today.year, today.month - 1, 1), today):
        view = view_of(Period(first, today), now)
        for by, group in GROUPS.items():
            alone = from_events(view, group, frozenset(units))
            assert plain(tallies(scope, by, view)) == plain(alone), (by, first)
            assert by != "all" or first == today or alone["all"].counts["received"]


def plain(found: dict[str, Tally]) -> dict[str, Any]:
    return {key: tally.plain() for key, tally in found.items() if tally.plain() != Tally().plain()}


def _branch(part: Part) -> str:
    return group_of(part.item, "branch", catalogue())


GROUPS: dict[str, Any] = {
    "all": lambda part: "all",
    "unit": lambda part: part.unit,
    "item": lambda part: part.item,
    "person": lambda part: part.person,
    "branch": _branch,
}
