"""The public figures of one span, unit by unit, made once a minute for pages, files and programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from yinuo.apps.cases.figures import StandingAt, everything, standing_at, tallies, view_of
from yinuo.apps.items.queries import catalogue
from yinuo.core.figures import FIGURES, Cell, Tally, suppressed, value
from yinuo.web.broken import Broken, broken
from yinuo.web.figures import Row, hidden_row
from yinuo.web.language import language, said
from yinuo.web.periods import Chosen
from yinuo.web.stopped import Stops, stopped

WHOLE = "city"


@dataclass(frozen=True, slots=True)
class Public:
    """Everything of one span that the page and its files show, as of `at`, a minute."""

    span: Chosen
    at: datetime
    rows: list[Row]
    whole: Row
    broken: Broken
    stops: Stops


def public(span: Chosen) -> Public:
    """Made once a minute, and anew when something has happened, however many people look."""
    return _public(standing_at(timezone.now()), span, language())


@lru_cache(maxsize=12)
def _public(at: StandingAt, span: Chosen, words: str) -> Public:
    served, view, scope = catalogue(), view_of(span.period, at.minute), everything()
    found = tallies(scope, "unit", view)
    units = [key for key in served.city.units if key in found]
    whole = Tally()
    for key in units:
        whole.add(found[key])
    cells: dict[str, dict[str, Cell]] = {key: {} for key in units}
    total: dict[str, Cell] = {}
    for one in FIGURES:
        each, total[one.key] = suppressed({key: value(one, found[key]) for key in units}, value(one, whole))
        for key, cell in each.items():
            cells[key][one.key] = cell
    rows = [hidden_row(key, said(served.city.units[key].name), cells[key]) for key in units]
    city = hidden_row(WHOLE, said(served.city.name), total)
    stops = stopped({key: found[key] for key in units}, whole)
    return Public(span, at.minute, rows, city, broken(scope, view), stops)


def forget() -> None:
    """Make it again for whoever asks next."""
    _public.cache_clear()
