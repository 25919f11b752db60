"""Catalogues for tests: the repository's own, and small ones of one item and what it stands on."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from yinuo.catalogue.checking import check
from yinuo.catalogue.loading import Catalogue, CatalogueBrokenError, load
from yinuo.catalogue.reader import Finding

ROOT = Path(__file__).parents[2] / "catalogue"
CITY = "baicheng"


@cache
def whole() -> Catalogue:
    """The catalogue of the repository; shared, so no test may change it."""
    return load(ROOT)


def alone(root: Path, item: Path) -> Path:
    """Below `root` a catalogue with one item of the repository and just what it needs; the item's file."""
    text = (ROOT / item).read_text()
    shutil.copytree(ROOT / "routes", root / "routes", ignore=_all_but(_words(text, "route")))
    shutil.copytree(ROOT / "fields", root / "fields", ignore=_all_but(_words(text, "use")))
    shutil.copytree(ROOT / "calendars", root / "calendars", ignore=_all_but({"2026"}))
    laws = _words(text, "law")
    _extract(root, Path("laws.yaml"), lambda value: [law for law in value if law["id"] in laws])
    _extract(root, Path(CITY) / "city.yaml", _fewer_units)
    for name in ("topics.yaml", "synonyms.yaml"):
        _extract(root, Path(CITY) / name, lambda value: value)
    place = root / item
    place.parent.mkdir(parents=True)
    place.write_text(text)
    return place


def findings(root: Path) -> list[Finding]:
    """Everything that `yinuo check` finds below `root`."""
    try:
        return list(check(load(root)).findings)
    except CatalogueBrokenError as broken:
        return broken.findings


def _words(text: str, key: str) -> set[str]:
    return set(re.findall(rf"\b{key}: ([a-z0-9-]+)", text))


def _all_but(stems: set[str]) -> Callable[[str, list[str]], list[str]]:
    return lambda _, names: [n for n in names if n.endswith(".yaml") and Path(n).stem not in stems]


def _extract(root: Path, name: Path, pick: Callable[[Any], Any]) -> None:
    place = root / name
    place.parent.mkdir(parents=True, exist_ok=True)
    picked = pick(yaml.safe_load((ROOT / name).read_text()))
    place.write_text(yaml.safe_dump(picked, allow_unicode=True, sort_keys=False))


def _fewer_units(city: dict[str, Any]) -> dict[str, Any]:
    """The city with the units that its branches name and those above them."""
    parents = {unit["id"]: unit.get("parent") for unit in city["units"]}
    kept: set[str] = set()
    for branch in city["branches"]:
        unit = branch["unit"]
        while unit is not None:
            kept.add(unit)
            unit = parents[unit]
    return city | {"units": [unit for unit in city["units"] if unit["id"] in kept]}
