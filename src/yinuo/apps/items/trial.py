"""Trying a year of the calendar in copies of the catalogue, before anything is changed anywhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from yinuo.apps.items.actions.publish import fingerprint
from yinuo.apps.items.queries import served_from
from yinuo.catalogue.announcing import YEARS
from yinuo.catalogue.checking import Report, check
from yinuo.catalogue.loading import CatalogueBrokenError, load


def tried(file: Path, year: int) -> tuple[Path, Report]:
    """Which catalogue takes the year, and what `yinuo check` says of it with the file in it.

    The one in service where it can: what editors have not published stays unpublished. A scenario whose date
    moves needs an editor, and then it is their copy, with all that they changed.
    """
    served, working = served_from(), settings.CATALOGUE
    report = _checked(served, file, year)
    if not report.findings or fingerprint(working) == served.name:
        return served, report
    return working, _checked(working, file, year)


def _checked(root: Path, file: Path, year: int) -> Report:
    with with_year(root, file, year) as copy:
        try:
            return check(load(copy, settings.CITY))
        except CatalogueBrokenError as broken:
            return Report(0, 0, 0, 0, tuple(broken.findings))


@contextmanager
def with_year(root: Path, file: Path, year: int) -> Iterator[Path]:
    """A copy of that catalogue with the file in it, for as long as it is needed."""
    with TemporaryDirectory() as folder:
        copy = shutil.copytree(root, Path(folder) / "catalogue")
        put_year(file, copy, year)
        yield copy


def put_year(file: Path, root: Path, year: int) -> None:
    """Beside its place first: nobody ever reads half a year."""
    place = root / YEARS / f"{year}.yaml"
    beside = place.with_suffix(".part")
    shutil.copyfile(file, beside)
    beside.replace(place)
