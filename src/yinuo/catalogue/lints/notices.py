"""Lints of the notice templates: complete, with known facts, plain, and short enough for a text message."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from yinuo.catalogue.loading import Catalogue
from yinuo.catalogue.notices import problems
from yinuo.catalogue.reader import Finding


def notices_are_sound(catalogue: Catalogue) -> Iterator[Finding]:
    source = catalogue.notices.source
    if source is None:
        return
    items = frozenset(catalogue.entries) | _broken(catalogue)
    for path, message in problems(catalogue.notices, items, catalogue.language):
        yield source.finding(path, message)


def _broken(catalogue: Catalogue) -> frozenset[str]:
    """Items that are there but cannot be read, which is told already."""
    files = [PurePosixPath(finding.file) for finding in catalogue.findings]
    return frozenset(file.stem for file in files if "items" in file.parts)
