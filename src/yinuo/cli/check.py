"""Lint the catalogue and run all scenarios.

PATH is a catalogue folder, or an item or folder inside one: then only its findings are shown.
The last line is `N items, N proven, N findings`; the exit status is 1 when there is a finding.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from yinuo.catalogue.checking import Report, check, entries_in
from yinuo.catalogue.loading import Catalogue, CatalogueBrokenError, load
from yinuo.cli.data import catalogue_root


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH")


def run(arguments: argparse.Namespace) -> int:
    root = _root_of(arguments.path) if arguments.path else catalogue_root()
    if root is None or not root.is_dir():
        print(f"yinuo check: {arguments.path or root} is no catalogue and lies in none", file=sys.stderr)
        return 2
    try:
        catalogue = load(root, os.environ.get("YINUO_CITY"))
    except CatalogueBrokenError as broken:
        return _cannot_be_loaded(broken)
    part = arguments.path.resolve().relative_to(root.resolve()).as_posix() if arguments.path else "."
    return _report(catalogue, part)


def _cannot_be_loaded(broken: CatalogueBrokenError) -> int:
    for finding in broken.findings:
        print(finding)
    print(f"0 items, 0 proven, {len(broken.findings)} findings")
    return 1


def _report(catalogue: Catalogue, part: str) -> int:
    report = _watched(catalogue, part) if sys.stderr.isatty() else check(catalogue, part=part)
    for finding in report.findings:
        print(finding)
    print(f"{report.scenarios} scenarios and {report.paths} standard paths were run")
    print(report)
    return 1 if report.findings else 0


def _watched(catalogue: Catalogue, part: str) -> Report:
    """With a bar for whoever waits; nobody else waits for its library to be read."""
    from tqdm import tqdm

    with tqdm(total=len(entries_in(catalogue, part)), delay=1, leave=False) as bar:
        return check(catalogue, lambda entry: _advance(bar), part)


def _advance(bar: Any) -> None:
    bar.update()


def _root_of(path: Path) -> Path | None:
    """The catalogue that a path is, or lies in: the nearest folder with a laws.yaml."""
    return next((p for p in (path.resolve(), *path.resolve().parents) if (p / "laws.yaml").is_file()), None)
