"""The public figures: what the office promised and what became of it, unit by unit, for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yinuo.apps.cases.figures import everything, trend
from yinuo.core.clock import day_of
from yinuo.core.figures import SMALL, Tally
from yinuo.web.broken import BROKEN_COLUMNS
from yinuo.web.charts import NAMES, drawn, lines, table_of
from yinuo.web.downloads import as_download
from yinuo.web.figures import (
    COLUMNS,
    FIRST,
    HIDDEN,
    Row,
    Shown,
    csv,
    definitions,
    document,
    flat,
    short,
)
from yinuo.web.language import said
from yinuo.web.periods import chosen, last_months, months, names
from yinuo.web.public_figures import Public, public
from yinuo.web.stopped import STOP_COLUMNS

FILES = ("figures", "broken", "stops")
TABLES: Mapping[str, tuple[str, ...]] = {
    "limits": ("decide-on-time", "decide-within-law", "accept-on-time", "deliver-on-time"),
    "time": ("median", "p90"),
    "now": ("open", "yellow", "red", "violation", "stopped"),
    "course": ("received", "supplement-rate", "refusal-rate", "extension-rate", "deemed"),
    "ratings": ("satisfaction", "rating-rate", "remedies-due", "remedies-kept", "remedies-broken"),
}


def titles() -> dict[str, str]:
    return {
        "limits": _("各单位：按时没有"),
        "time": _("各单位：用了几天"),
        "now": _("各单位：此刻"),
        "course": _("各单位：怎么办的"),
        "ratings": _("各单位：评价和整改"),
    }


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    today = day_of(timezone.now())
    made = public(chosen(request.GET.dict(), today))
    is_all = request.GET.get("all") == "1"
    tables = [_table(made, key, keys, is_all=is_all) for key, keys in TABLES.items()]
    context = {
        "made": made,
        "period": made.span.period,
        "spans": names(),
        "whole": made.whole.cells,
        "tables": tables[:1],
        "folded": tables[1:],
        "broken": short(made.broken.entries, is_all=is_all),
        "stops": short(made.stops.entries if is_all else made.stops.of_the_city, is_all=is_all),
        "all_query": urlencode({"period": made.span.key, "all": "1"}),
        "first_query": urlencode({"period": made.span.key}),
        "is_all": is_all,
        "first": FIRST,
        "definitions": definitions(),
        "charts": _charts(),
        "small": SMALL,
        "hidden": HIDDEN,
    }
    return render(request, "hall/figures.html", context)


def _table(made: Public, key: str, keys: tuple[str, ...], *, is_all: bool) -> dict[str, Any]:
    each = [(one.name, _cells(one, keys)) for one in by_work(made.rows)]
    rows = [(name, cells) for name, cells in each if not all(cell.is_nothing for cell in cells)]
    heads = definitions(keys)
    return {
        "key": key,
        "title": titles()[key],
        "heads": heads,
        "names": _("、").join(said(head.figure.name) for head in heads),
        "cut": short(rows, is_all=is_all, empty=len(each) - len(rows)),
        "whole": _cells(made.whole, keys),
    }


def by_work(rows: Iterable[Row]) -> list[Row]:
    """Whoever received the most stands first. Only what is shown decides, and where it is hidden the order of
    the catalogue: else a hidden number could be told from the place of its row."""
    return sorted(rows, key=lambda one: -_received(one))


def _received(one: Row) -> int:
    cell = next(cell for cell in one.cells if cell.figure.key == "received")
    return cell.value.numerator if cell.value is not None else 0


def _cells(one: Row, keys: tuple[str, ...]) -> list[Shown]:
    return [cell for cell in one.cells if cell.figure.key in keys]


def _months() -> tuple[list[str], list[Tally]]:
    now = timezone.now()
    period = last_months(day_of(now))
    found = trend(everything(), period, now)
    every = months(period)
    return every, [found.get(month, Tally()) for month in every]


def _charts() -> list[dict[str, Any]]:
    every, found = _months()
    return [table_of(name, every, found, SMALL) for name in NAMES]


@require_safe
def chart(request: HttpRequest, name: str) -> HttpResponse:
    if name not in NAMES:
        raise Http404
    every, found = _months()
    response = drawn(name, every, lines(name, found, SMALL))
    del response["Cache-Control"]
    patch_cache_control(response, public=True, max_age=60)
    return response


@require_safe
def download(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """`figures`, `broken` or `stops` as `csv`; all of them as `figures.json`."""
    made = public(chosen(request.GET.dict(), day_of(timezone.now())))
    period = made.span.period
    file = f"{name}-{period.first}-{period.last}.{kind}"
    if kind == "json":
        entries = flat([made.whole, *made.rows])
        body = document(
            period, least=SMALL, figures=entries, broken=made.broken.entries, stops=made.stops.entries
        )
        return as_download(body, "application/json; charset=utf-8", file)
    parts: dict[str, tuple[Any, Any]] = {
        "figures": (flat([made.whole, *made.rows]), COLUMNS),
        "broken": (made.broken.entries, BROKEN_COLUMNS),
        "stops": (made.stops.entries, STOP_COLUMNS),
    }
    return as_download(csv(*parts[name]), "text/csv; charset=utf-8", file)
