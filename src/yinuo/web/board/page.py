"""The board: the figures of the supervised units, each with the way to the cases behind it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yinuo.apps.cases.figures import minute_of, rungs, trend
from yinuo.apps.items.queries import catalogue
from yinuo.catalogue.city import Unit
from yinuo.core.clock import day_of
from yinuo.core.figures import Tally, figure
from yinuo.core.form import Text
from yinuo.web.board.access import exporters_only, supervisors_only
from yinuo.web.board.asking import BY_NAME, Asked, asked, group_names, titles
from yinuo.web.board.cells import Cells
from yinuo.web.charts import NAMES, drawn, lines, table_of
from yinuo.web.downloads import as_download
from yinuo.web.figures import COLUMNS, FIRST, Row, Short, csv, definitions, document, flat, row, stop_rows
from yinuo.web.language import said
from yinuo.web.periods import last_months, months, names

OPEN = ("now", "limits", "work")  # the tables that nobody has to unfold
EVERY = 60  # seconds between two looks of a page that stays open
ON_TOP = ("open", "due-today", "yellow", "red", "violation", "stopped", "decide-on-time", "median")


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its name, the link that sorts by it, and how it is sorted now."""

    name: str
    query: str
    order: str


@dataclass(frozen=True, slots=True)
class Table:
    """`is_folded`: closed until somebody opens it. `first`: the column of the groups."""

    key: str
    title: str
    is_folded: bool
    first: Head
    heads: list[Head]
    cut: Short[Row]
    rows: list[tuple[str, list[SafeString | str]]]

    @property
    def names(self) -> str:
        """What is in it, for whoever has not opened it."""
        return _("、").join(head.name for head in self.heads)


@supervisors_only
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    ask = asked(request)
    tables = [_table(ask, key, keys) for key, keys in ask.sets.items()]
    context = {
        "ask": ask,
        "at": minute_of(ask.now),
        "top": row("", "", ask.total, ON_TOP).cells,
        "tables": [one for one in tables if not one.is_folded],
        "folded": [one for one in tables if one.is_folded],
        "stops": _stops(ask) if ask.by != "person" else [],
        "rungs": _rungs(ask) if ask.by != "person" else [],
        "groups": [(key, name, ask.query(by=key, sort="")) for key, name in group_names().items()],
        "units": _units(ask),
        "spans": names(),
        "charts": _charts(ask),
        "definitions": definitions(key for keys in ask.sets.values() for key in keys),
        "every": EVERY if ask.is_live else 0,
        "query": ask.query(live=""),
        "live_query": ask.query(live="" if ask.is_live else "1"),
        "all_query": ask.query(all="1"),
        "first_query": ask.query(all=""),
        "is_all": ask.is_all,
        "first": FIRST,
    }
    return render(request, "board/board.html", context)


def _table(ask: Asked, key: str, keys: tuple[str, ...]) -> Table:
    heads, cells = [_head(ask, one, said(figure(one).name)) for one in keys], _cells(ask)
    found = ask.table(keys)
    rows = [(one.name, [cells.html(one.key, cell) for cell in one.cells]) for one in found.shown]
    is_folded = key not in OPEN and ask.sort not in keys
    first = _head(ask, BY_NAME, group_names()[ask.by])
    return Table(key, titles()[key], is_folded, first, heads, found, rows)


def _cells(ask: Asked) -> Cells:
    return Cells(ask.query(), is_plain=ask.by == "person")


def _head(ask: Asked, key: str, name: str) -> Head:
    """Another press turns the order round; names begin at the first letter, numbers with the largest."""
    if ask.by == "person":
        return Head(name, "", "")
    is_here = ask.sort == key
    order = ("descending" if ask.is_down else "ascending") if is_here else ""
    down = not ask.is_down if is_here else key != BY_NAME
    return Head(name, ask.query(sort=f"-{key}" if down else key), order)


def _units(ask: Asked) -> list[Unit]:
    return [unit for key, unit in ask.served.city.units.items() if key in ask.whole.units]


def procedures() -> dict[str, Text]:
    """The special procedures of every item in service, by their keys."""
    return {one.key: one.name for item in catalogue().items.values() for one in item.special_procedures}


def _stops(ask: Asked) -> list[dict[str, object]]:
    found = stop_rows(ask.total, procedures())
    return [one | {"query": _stop_query(ask, str(one["kind"]), str(one["ground"]))} for one in found]


def _rungs(ask: Asked) -> list[tuple[str, int]]:
    """The rungs of warning in the order of the city's rules, with how often each was come to."""
    reached = rungs(ask.scope, ask.span.period)
    order = dict.fromkeys(rung.name for rung in ask.served.rules.supervision.rungs)
    known = [name for name in order if reached[name]]
    return [(rung_name(name), reached[name]) for name in (*known, *sorted(reached.keys() - order.keys()))]


def rung_name(name: str) -> str:
    """A rung in words; `broken-5` is five working days past the due day."""
    words = {
        "half": _("期限过半"),
        "yellow": _("快到期"),
        "last-day": _("最后一天"),
        "broken": _("超过承诺日"),
    }
    head, _dash, days = name.partition("-")
    if head == "broken" and days:
        return _("超过承诺日 %(days)s 个工作日") % {"days": days}
    return words.get(name, name)


def _stop_query(ask: Asked, kind: str, ground: str) -> str:
    return f"{ask.query(sort='')}&{urlencode({'stop': kind, 'ground': ground})}"


def _charts(ask: Asked) -> list[dict[str, object]]:
    """Each chart with the numbers that it draws, as a table."""
    every, found = _months(ask)
    return [table_of(name, every, found) for name in NAMES]


def _months(ask: Asked) -> tuple[list[str], list[Tally]]:
    period = last_months(day_of(ask.now))
    found = trend(ask.scope, period, ask.now)
    every = months(period)
    return every, [found.get(month, Tally()) for month in every]


@supervisors_only
@require_safe
def chart(request: HttpRequest, name: str) -> HttpResponse:
    if name not in NAMES:
        raise Http404
    every, found = _months(asked(request))
    return drawn(name, every, lines(name, found))


@exporters_only
@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """What the page shows, all groups of it, as `csv` or `json`."""
    ask = asked(request)
    entries, name = (
        flat(ask.rows()),
        f"board-{ask.by}-{ask.span.period.first}-{ask.span.period.last}.{kind}",
    )
    if kind == "csv":
        return as_download(csv(entries, COLUMNS), "text/csv; charset=utf-8", name)
    stops = [] if ask.by == "person" else stop_rows(ask.total, procedures())
    body = document(
        ask.span.period, by=ask.by, figures=entries, stops=stops, note=_("此刻的数字以取出时为准。")
    )
    return as_download(body, "application/json; charset=utf-8", name)
