"""The catalogue that editors work on, as its files are now: not yet in service, perhaps not yet right."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yinuo.catalogue.checking import check
from yinuo.catalogue.loading import Catalogue, CatalogueBrokenError, load
from yinuo.catalogue.reader import Finding, walk

Stamp = tuple[tuple[str, int, int], ...]


def drafted() -> Catalogue | list[Finding]:
    """The editors' catalogue, or what keeps it from being read at all. Read anew when a file changes."""
    return _load(settings.CATALOGUE, _stamp(settings.CATALOGUE))


def findings_of(catalogue: Catalogue, file: str) -> list[Finding]:
    """What `yinuo check` says of one file."""
    return [finding for finding in check(catalogue, part=file).findings if finding.file == file]


def _stamp(root: Path) -> Stamp:
    """Changes when any file does: names, sizes and times, which is quicker than reading them."""
    found = ((path, path.stat()) for path in walk(root))
    return tuple((path.as_posix(), stat.st_mtime_ns, stat.st_size) for path, stat in found)


@lru_cache(maxsize=1)
def _load(root: Path, stamp: Stamp) -> Catalogue | list[Finding]:
    try:
        return load(root, settings.CITY)
    except CatalogueBrokenError as broken:
        return broken.findings
