"""Figures as pages and files show them: in words, with numerator and denominator, small ones hidden."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yinuo.catalogue.tables import as_csv
from yinuo.core.figures import (
    COUNTS,
    FIGURES,
    SMALL,
    Cell,
    Figure,
    Period,
    Tally,
    Value,
    figure,
    stops,
    value,
)
from yinuo.core.form import Text
from yinuo.web.language import said

HIDDEN = f"<{SMALL}"
NONE = "—"
FIRST = 20  # so many rows of a table stand on a page until somebody asks for all


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of one group. `value` is None where it is hidden."""

    figure: Figure
    value: Value | None

    @property
    def text(self) -> str:
        if self.value is None:
            return HIDDEN
        amount = self.value.amount
        if amount is None:
            return NONE
        if self.figure.unit == "percent":
            return f"{amount * 100:.1f}"
        return number_format(amount, 0, use_l10n=True, force_grouping=True)

    @property
    def is_hidden(self) -> bool:
        return self.value is None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was counted here; what is hidden is something."""
        return self.value is not None and not (self.value.numerator or self.value.denominator)

    @property
    def sign(self) -> str:
        """What stands behind the number."""
        if self.value is None or self.value.amount is None:
            return ""
        return {"percent": "%", "working-days": _("个工作日")}.get(self.figure.unit, "")

    @property
    def markup(self) -> SafeString | str:
        """A cell of a public table: the rate with what it is made of, or the bare number."""
        held = self.value
        if held is None or self.figure.unit != "percent" or not held.denominator:
            return self.text
        parts = f"{held.numerator}/{held.denominator}"
        return format_html('<b>{}%</b><span class="yn-sub yn-muted">{}</span>', self.text, parts)

    @property
    def rest(self) -> int:
        """How many of the denominator are not in the numerator."""
        if self.value is None or self.value.denominator is None or self.figure.percentile:
            return 0
        return self.value.denominator - self.value.numerator

    @property
    def is_clock(self) -> bool:
        """Whether the rest is what was late."""
        return self.figure.key.endswith(("-on-time", "-within-law"))

    @property
    def rank(self) -> tuple[bool, float]:
        """For sorting; what there is not comes last."""
        amount = self.value.amount if self.value is not None else None
        return (amount is None, amount or 0.0)


def shown(key: str, tally: Tally) -> Shown:
    return Shown(figure(key), value(figure(key), tally))


@dataclass(frozen=True, slots=True)
class Row:
    """One group: its key, its name, its figures in order."""

    key: str
    name: str
    cells: tuple[Shown, ...]


def row(key: str, name: str, tally: Tally, keys: Iterable[str]) -> Row:
    return Row(key, name, tuple(shown(one, tally) for one in keys))


def hidden_row(key: str, name: str, cells: Mapping[str, Cell]) -> Row:
    """`cells`: figure key -> what may be shown of it."""
    return Row(key, name, tuple(Shown(figure(one), cell.value) for one, cell in cells.items()))


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Short(Generic[T]):
    """A list as a page shows it: `shown` are its first or all; `total`: how many there are.

    `empty`: how many groups were left out since nothing was counted in them.
    """

    shown: list[T]
    total: int
    empty: int = 0

    @property
    def is_cut(self) -> bool:
        return len(self.shown) < self.total


def short(entries: Sequence[T], *, is_all: bool, empty: int = 0) -> Short[T]:
    return Short(list(entries if is_all else entries[:FIRST]), len(entries), empty)


def counted(keys: Iterable[str]) -> str:
    """What is counted, in the words of the definitions."""
    return _("、").join(said(COUNTS[key]) for key in keys)


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure in words, for pages."""

    figure: Figure
    numerator: str
    denominator: str


def definitions(keys: Iterable[str] | None = None) -> list[Definition]:
    wanted = FIGURES if keys is None else tuple(figure(key) for key in keys)
    return [Definition(one, counted(one.numerator), counted(one.denominator)) for one in wanted]


COLUMNS = ("group", "name", "figure", "figure_name", "unit", "value", "numerator", "denominator")


def flat(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """One entry for each figure of each group; a hidden one has the word for that and no numbers."""
    return [
        {
            "group": one.key,
            "name": one.name,
            "figure": cell.figure.key,
            "figure_name": said(cell.figure.name),
            "unit": cell.figure.unit,
            **_numbers(cell),
        }
        for one in rows
        for cell in one.cells
    ]


def _numbers(cell: Shown) -> dict[str, Any]:
    held = cell.value
    if held is None:
        return {"value": HIDDEN, "numerator": None, "denominator": None}
    amount = round(held.amount, 6) if held.amount is not None else None
    return {"value": amount, "numerator": held.numerator, "denominator": held.denominator}


def csv(entries: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> bytes:
    """As text cells; what is none is an empty one."""
    texts = [{key: "" if cell is None else str(cell) for key, cell in one.items()} for one in entries]
    return as_csv(columns, texts)


def document(period: Period, **parts: Any) -> bytes:
    """The figures as JSON, with the span, what each means and how small groups are hidden."""
    value = {
        "period": {"from": period.first.isoformat(), "to": period.last.isoformat()},
        "smallest_group_shown": parts.pop("least", None),
        "definitions": {one.key: _definition(one) for one in FIGURES},
        **parts,
    }
    return json.dumps(value, ensure_ascii=False).encode()


def _definition(one: Figure) -> dict[str, Any]:
    return {
        "name": _both(one.name),
        "about": _both(one.about),
        "unit": one.unit,
        "numerator": [_both(COUNTS[key]) for key in one.numerator],
        "denominator": [_both(COUNTS[key]) for key in one.denominator],
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def stop_name(kind: str, names: Mapping[str, Text]) -> str:
    """Why a clock stood still, in words: a supplement, or a special procedure by its name."""
    if kind == "supplement":
        return _("等申请人补正")
    return said(names[kind]) if kind in names else kind


def stop_rows(tally: Tally, names: Mapping[str, Text]) -> list[dict[str, Any]]:
    """The reasons for which clocks stood still, the most frequent first."""
    return [
        {
            "kind": one.kind, "name": stop_name(one.kind, names), "ground": one.ground,
            "times": one.times, "days": one.days,
        }
        for one in stops(tally)
    ]  # fmt: skip
