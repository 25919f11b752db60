"""Charts as pictures of their own (SVG), so that the pages need no script and no inline style."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import ceil, floor
from pathlib import Path

import pygal
from django.http import HttpResponse
from django.utils.translation import gettext as _
from pygal.etree import etree
from pygal.style import Style

from yinuo.core.figures import Tally, figure, value

NAMES = ("on-time", "work", "days")
_TOKEN = re.compile(r"--yn-([a-z0-9-]+):\s*(#[0-9a-f]{6})")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


@lru_cache(maxsize=1)
def _tokens() -> Mapping[str, str]:
    """The colours of the style sheet, by their names."""
    sheet = Path(__file__).parent / "static" / "theme.css"
    return dict(_TOKEN.findall(sheet.read_text(encoding="utf-8")))


def _style() -> Style:
    colour = _tokens()
    sans = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
    return Style(
        background=colour["sheet"],
        plot_background=colour["sheet"],
        foreground=colour["text"],
        foreground_strong=colour["ink-900"],
        foreground_subtle=colour["line-strong"],
        guide_stroke_color=colour["line"],
        major_guide_stroke_color=colour["line"],
        opacity="1",
        colors=(colour["ink-800"], colour["jade"], colour["amber-fill"]),
        font_family=sans,
        stroke_width="3",
        stroke_opacity="1",
        label_font_size=17,
        major_label_font_size=17,
        legend_font_size=17,
        no_data_font_size=24,
        title_font_size=19,
    )


Points = Sequence[float | None]
# On a telephone the picture has two thirds of this width, and its letters are still 11 pixels high.
WIDTH, HEIGHT = 520, 340
NAMED = 3  # every third month has its name below; more would not fit side by side
TICKS = 5


@lru_cache(maxsize=1)
def _frame() -> dict[str, object]:
    return {
        "js": [], "style": _style(), "width": WIDTH, "height": HEIGHT, "legend_at_bottom": True,
        "disable_xml_declaration": True, "no_data_text": "—", "margin": 14, "explicit_size": False,
        "show_dots": True, "dots_size": 5, "x_labels_major_every": NAMED, "show_minor_x_labels": False,
        "truncate_label": -1, "truncate_legend": -1,
    }  # fmt: skip


def title(name: str) -> str:
    """What a chart shows; also the words in its place."""
    return {
        "on-time": _("近 12 个月决定按时率（%）"),
        "work": _("近 12 个月收到和决定的件数"),
        "days": _("近 12 个月决定用掉的工作日"),
    }[name]


def lines(name: str, tallies: Sequence[Tally], least: int = 1) -> dict[str, Points]:
    """The series of a chart by their names; a point of fewer than `least` is left out."""
    if name == "work":
        return {
            _("收到"): [_count(one, "received", least) for one in tallies],
            _("决定"): [_count(one, "decide-ended", least) for one in tallies],
        }
    if name == "on-time":
        return {_("按时率"): [_amount(one, "decide-on-time", least, 100) for one in tallies]}
    return {
        _("一半在几天内"): [_amount(one, "median", least) for one in tallies],
        _("九成在几天内"): [_amount(one, "p90", least) for one in tallies],
    }


def table_of(name: str, every: Sequence[str], tallies: Sequence[Tally], least: int = 1) -> dict[str, object]:
    """A chart with the numbers that it draws, for the table beside it."""
    series = lines(name, tallies, least)
    rows = list(zip(every, *series.values(), strict=True))
    return {"name": name, "title": title(name), "labels": list(series), "rows": rows}


def _count(tally: Tally, key: str, least: int) -> float | None:
    n = tally.counts[key]
    return n if n == 0 or n >= least else None


def _amount(tally: Tally, key: str, least: int, times: int = 1) -> float | None:
    found = value(figure(key), tally)
    if found.amount is None or found.base < least:
        return None
    return round(found.amount * times, 1)


def ticks(low: float, high: float) -> list[int]:
    """Whole numbers from at most `low` to at least `high`: steps of 1, 2 or 5 times a power of ten."""
    step = 1
    while step * TICKS < high - low:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return list(range(floor(low / step) * step, ceil(high / step) * step + 1, step))


def drawn(name: str, months: Sequence[str], series: Mapping[str, Points]) -> HttpResponse:
    """The picture. The axis of counts and days begins at nought; that of the rate says where it begins."""
    chart = pygal.Bar(**_frame()) if name == "work" else pygal.Line(**_frame())
    chart.title, chart.x_labels = title(name), list(months)
    known = [point for points in series.values() for point in points if point is not None]
    chart.y_labels = ticks(min([90, *known]), 100) if name == "on-time" else ticks(0, max([5, *known]))
    chart.range = (chart.y_labels[0], chart.y_labels[-1])
    for n, (label, points) in enumerate(series.items()):
        # The second line is told from the first by its dashes as well as by its colour.
        chart.add(label, list(points), stroke_style={"dasharray": "9, 5"} if n and name != "work" else None)
    response = HttpResponse(_picture(chart), content_type="image/svg+xml; charset=utf-8")
    response["Content-Security-Policy"] = _POLICY
    response["Cache-Control"] = "private, no-store"
    return response


def _picture(chart: pygal.Graph) -> bytes:
    """Without the script and the comments that the library always puts in."""
    tree = chart.render_tree()
    for parent in list(tree.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.endswith("script"):
                parent.remove(child)
    picture: bytes = etree.tostring(tree, encoding="utf-8")  # of lxml or of the standard library, as it found
    return picture
