"""Catalogues for tests: the repository's own, and small ones of one item and what it stands on."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from yinuo.catalogue.checking import check
from yinuo.catalogue.loading import Catalogue, CatalogueBrokenError, load
from yinuo.catalogue.reader import Finding

ROOT = Path(__file__).parents[2] / "catalogue"
CITY = "baicheng"
SAMPLE = Path(CITY) / "items/jiaoguan/jg-vehicle-transfer.yaml"


@cache
def whole() -> Catalogue:
    """The catalogue of the repository; shared, so no test may change it."""
    return load(ROOT)


@cache
def sample() -> Catalogue:
    """The catalogue of the sample item alone; shared, so no test may change it."""
    with TemporaryDirectory() as folder:
        alone(Path(folder), SAMPLE)
        return load(Path(folder))


def alone(root: Path, item: Path) -> Path:
    """Below `root` a catalogue with one item of the repository and just what it needs; the item's file."""
    for name, text in _parts(item).items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return root / item


@cache
def _parts(item: Path) -> dict[Path, str]:
    """What the catalogue of one item consists of: file name -> text."""
    text = (ROOT / item).read_text()
    routes = [Path("routes") / f"{key}.yaml" for key in _words(text, "route")]
    groups = [Path("fields") / f"{key}.yaml" for key in _words(text, "use")]
    whole_files = [*routes, *groups, Path("calendars/cn/2026.yaml"), Path("language.yaml"), item]
    whole_files += [Path(CITY) / name for name in ("topics.yaml", "synonyms.yaml", "posts.yaml")]
    laws = _words(text, "law")
    return {
        **{name: (ROOT / name).read_text() for name in whole_files},
        Path("laws.yaml"): _extract("laws.yaml", lambda all_: [law for law in all_ if law["id"] in laws]),
        Path(CITY) / "city.yaml": _extract(
            f"{CITY}/city.yaml", lambda city: _fewer_units(city) | {"hot": [item.stem]}
        ),
    }


def findings(root: Path) -> list[Finding]:
    """Everything that `yinuo check` finds below `root`."""
    try:
        return list(check(load(root)).findings)
    except CatalogueBrokenError as broken:
        return broken.findings


def _words(text: str, key: str) -> set[str]:
    return set(re.findall(rf"\b{key}: ([a-z0-9-]+)", text))


def _extract(name: str, pick: Callable[[Any], Any]) -> str:
    picked = pick(yaml.load((ROOT / name).read_text(), Loader=yaml.CSafeLoader))
    return yaml.safe_dump(picked, allow_unicode=True, sort_keys=False)


def _fewer_units(city: dict[str, Any]) -> dict[str, Any]:
    """The city with its counties, the units that its branches name and those above them."""
    parents = {unit["id"]: unit.get("parent") for unit in city["units"]}
    kept = {unit["id"] for unit in city["units"] if unit["kind"] == "county"}
    for branch in city["branches"]:
        unit = branch["unit"]
        while unit is not None:
            kept.add(unit)
            unit = parents[unit]
    return city | {"units": [unit for unit in city["units"] if unit["id"] in kept]}
