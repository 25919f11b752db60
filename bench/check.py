"""How long `yinuo check` takes: over the whole catalogue, and over four hundred items."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterable
from itertools import cycle
from pathlib import Path

from yinuo.catalogue.checking import Report, check
from yinuo.catalogue.loading import load
from yinuo.catalogue.reader import walk

ROOT = Path(__file__).parents[1] / "catalogue"
MANY = 400


def timed(root: Path) -> tuple[float, float, Report]:
    """Seconds to load, seconds to check, and the report."""
    begin = time.perf_counter()
    catalogue = load(root)
    loaded = time.perf_counter()
    report = check(catalogue)
    return loaded - begin, time.perf_counter() - loaded, report


def multiply(root: Path, count: int) -> None:
    """Repeat the items below `root` under other ids and names until there are `count` of them."""
    paths = [path for path in walk(root) if "items" in path.parts]
    for path in paths[count:]:
        path.unlink()
    for n, path in zip(range(len(paths), count), cycle(paths)):
        item = f"{path.stem}-{n}"
        text = re.sub(r"(?m)^id: .*$", f"id: {item}", path.read_text(), count=1)
        text = re.sub(r"(?m)^(name:\s*\{?\s*zh:\s*['\"]?)", rf"\g<1>{n} ", text, count=1)
        path.with_stem(item).write_text(text)


def lines(name: str, root: Path) -> Iterable[tuple[str, float, str]]:
    loading, checking, report = timed(root)
    yield f"{name}_items", report.items, "items"
    yield f"{name}_scenarios", report.scenarios, "scenarios"
    yield f"{name}_unhappy_paths", report.paths, "paths"
    yield f"{name}_findings", len(report.findings), "findings"
    yield f"{name}_load", loading, "s"
    yield f"{name}_check", checking, "s"
    yield f"{name}_per_item", 1000 * (loading + checking) / max(report.items, 1), "ms"


def measure() -> Iterable[tuple[str, float, str]]:
    load(ROOT)  # once unmeasured, so that no import or file cache is part of the figures
    yield from lines("catalogue", ROOT)
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder) / "catalogue"
        shutil.copytree(ROOT, many)
        multiply(many, MANY)
        yield from lines("many", many)


if __name__ == "__main__":
    for name, value, unit in measure():
        print(f"{name} {value:.4g} {unit}")
