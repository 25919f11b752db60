"""Stops and their legal grounds, unit by unit, with small numbers hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yinuo.apps.items.queries import catalogue
from yinuo.core.figures import Cell, Stop, Tally, Value, suppressed
from yinuo.web.figures import HIDDEN, stop_name
from yinuo.web.language import said

STOP_COLUMNS = ("unit", "unit_name", "kind", "name", "ground", "times", "working_days")


@dataclass(frozen=True, slots=True)
class Stops:
    """One line for each unit and reason, that of the whole city first (its `unit` is empty)."""

    entries: list[dict[str, Any]]

    @property
    def of_the_city(self) -> list[dict[str, Any]]:
        return [one for one in self.entries if not one["unit"]]


def stopped(units: Mapping[str, Tally], whole: Tally) -> Stops:
    served = catalogue()
    procedures = {one.key: one.name for item in served.items.values() for one in item.special_procedures}
    entries: list[dict[str, Any]] = []
    for why in sorted(whole.stops, key=lambda one: (-whole.stops[one], one)):
        groups = {key: _value(tally, why) for key, tally in units.items() if tally.stops[why]}
        cells, total = suppressed(groups, _value(whole, why))
        name = stop_name(why[0], procedures)
        entries.append(_entry("", said(served.city.name), why, name, total))
        entries += [
            _entry(key, said(served.city.units[key].name), why, name, cell) for key, cell in cells.items()
        ]
    return Stops(entries)


def _value(tally: Tally, why: Stop) -> Value:
    times = tally.stops[why]
    return Value(tally.stopped[why], None, tally.stopped[why], times)


def _entry(unit: str, unit_name: str, why: Stop, name: str, cell: Cell) -> dict[str, Any]:
    held = cell.value
    return {
        "unit": unit,
        "unit_name": unit_name,
        "kind": why[0],
        "name": name,
        "ground": why[1],
        "times": HIDDEN if held is None else held.base,
        "working_days": None if held is None else held.numerator,
    }
