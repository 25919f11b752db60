"""The promises that were broken, for everybody to read: which, where, by how many days; never whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yinuo.apps.cases.figures import Broke, Scope, broken_promises, sizes
from yinuo.apps.items.queries import catalogue
from yinuo.core.figures import SMALL, Value, View, suppressed
from yinuo.web.figures import HIDDEN
from yinuo.web.language import said

BROKEN_COLUMNS = ("item", "item_name", "unit", "unit_name", "what", "promised_day", "done_on", "days_late")


@dataclass(frozen=True, slots=True)
class Broken:
    """`entries`: the latest first. `unlisted`: unit name -> how many are too few to be listed there."""

    entries: list[dict[str, Any]]
    unlisted: dict[str, int | str]


def what_names() -> Mapping[str, str]:
    return {"accept": _("答复是否受理"), "decide": _("决定"), "deliver": _("送达")}


def broken(scope: Scope, view: View) -> Broken:
    """What is listed comes from a group of at least SMALL cases of that item at that unit."""
    many = sizes(scope, view)
    found = broken_promises(scope, view)
    listed = [one for one in found if many[one.item, one.unit] >= SMALL]
    few = Counter(one.unit for one in found if many[one.item, one.unit] < SMALL)
    items = catalogue().items  # made anew at every call, and there may be thousands of entries
    item_names = {key: said(items[key].name) for key in {one.item for one in listed} if key in items}
    return Broken([_entry(one, item_names) for one in listed], _unlisted(few, many))


def _unlisted(few: Counter[str], many: Mapping[tuple[str, str], int]) -> dict[str, int | str]:
    """By unit where the unit itself has enough cases; nobody is to be found by what is left over."""
    units = catalogue().city.units
    cases: Counter[str] = Counter()
    for (_item, unit), n in many.items():
        cases[unit] += n
    groups = {unit: Value(n, None, n, cases[unit]) for unit, n in few.items()}
    whole = Value(few.total(), None, few.total(), sum(cases[unit] for unit in few))
    cells, _whole = suppressed(groups, whole)
    return {
        said(units[unit].name) if unit in units else unit: cell.value.numerator if cell.value else HIDDEN
        for unit, cell in cells.items()
    }


def _entry(one: Broke, item_names: Mapping[str, str]) -> dict[str, Any]:
    units = catalogue().city.units
    return {
        "item": one.item,
        "item_name": item_names.get(one.item, one.item),
        "unit": one.unit,
        "unit_name": said(units[one.unit].name) if one.unit in units else one.unit,
        "what": what_names()[one.key],
        "promised_day": one.due_on.isoformat(),
        "done_on": one.done_on.isoformat() if one.done_on else None,
        "days_late": one.days,
    }
