"""Taking a package into a catalogue: everything or nothing, and only what passes every check."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from yinuo.catalogue.checking import check
from yinuo.catalogue.loading import CatalogueBrokenError, load
from yinuo.catalogue.packages import LAWS, Package, written_list
from yinuo.catalogue.reader import Finding, read_file, read_text, walk


@dataclass(frozen=True, slots=True)
class Import:
    """What came of it. With `findings` nothing was written; `files` are the names that were (or would be)."""

    files: tuple[str, ...]
    laws: tuple[str, ...]
    findings: tuple[Finding, ...]


def take_in(package: Package, root: Path, city: str, *, replace: bool = False) -> Import:
    """Write the package's files below `root`. What is there already and differs is a finding unless
    `replace`; the city's own laws are never overwritten, missing ones are added at the end."""
    target = {_place(name, city): text for name, text in package.files.items()}
    laws = _missing_laws(package, root)
    clashes = [] if replace else [*_clashes(target, root)]
    names = tuple(sorted(target))
    if clashes:
        return Import(names, (), tuple(clashes))
    findings = _tried(target, laws, root, city)
    if not findings:
        _write(target, laws, root)
    return Import(names, tuple(str(law["id"]) for law in laws), tuple(findings))


def _place(name: str, city: str) -> str:
    return f"{city}/{name}" if name.startswith("items/") else name


def _missing_laws(package: Package, root: Path) -> list[Mapping[str, Any]]:
    own = {law["id"] for law in read_file(root / LAWS).value or []}
    return [law for law in package.laws if law["id"] not in own]


def _clashes(target: Mapping[str, str], root: Path) -> list[Finding]:
    """Files that are there with other content; comments and spacing do not count."""
    found = []
    for name, text in target.items():
        path = root / name
        if path.exists() and read_file(path).value != read_text(text, name).value:
            found.append(Finding(name, 1, ".", "is here already and differs; --replace takes the package's"))
    return found


def _tried(target: Mapping[str, str], laws: list[Mapping[str, Any]], root: Path, city: str) -> list[Finding]:
    """What `check` says of the catalogue with the package in it, tried out in a copy."""
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        for path in walk(root):
            place = copy / path.relative_to(root)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        _write(target, laws, copy)
        try:
            return list(check(load(copy, city)).findings)
        except CatalogueBrokenError as broken:
            return broken.findings


def _write(target: Mapping[str, str], laws: list[Mapping[str, Any]], root: Path) -> None:
    for name, text in target.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    if laws:
        before = (root / LAWS).read_text(encoding="utf-8").rstrip("\n")
        (root / LAWS).write_text(f"{before}\n\n{written_list(laws)}", encoding="utf-8")
