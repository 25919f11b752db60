"""A year that has been announced: its file, and the calendar that it makes with the years before it."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from yinuo.catalogue.loading import CatalogueBrokenError
from yinuo.catalogue.reader import Finding, read_file
from yinuo.catalogue.shaping import shape_findings
from yinuo.catalogue.years import YearShape, year_from, year_problems
from yinuo.core.calendar import Calendar, Year

YEARS = Path("calendars") / "cn"


def read_year(path: Path, calendar: Calendar) -> tuple[Year, Calendar]:
    """The year of a file, wherever it lies, and `calendar` with it: as a new last year, or in its old place.

    Raises CatalogueBrokenError with what is wrong.
    """
    source = read_file(path, str(path))
    if source.text is None or source.findings:
        raise CatalogueBrokenError(list(source.findings))
    try:
        shape = TypeAdapter(YearShape).validate_python(source.value)
    except ValidationError as error:
        raise CatalogueBrokenError(shape_findings(source, error)) from error
    wrong = list(year_problems(shape, str(shape.year), source)) or _gap(shape.year, calendar)
    if isinstance(wrong, str):
        wrong = [source.finding(("year",), wrong)]
    if wrong:
        raise CatalogueBrokenError(wrong)
    year = year_from(shape, {})
    others = [one for one in calendar.years if one.year != year.year]
    return year, Calendar(tuple(sorted([*others, year], key=lambda one: one.year)))


def _gap(year: int, calendar: Calendar) -> str | list[Finding]:
    first, last = calendar.years[0].year, calendar.years[-1].year
    if year < first:
        return f"the calendar begins with {first}: receipts that were given would no longer add up"
    if year > last + 1:
        return f"{year} cannot follow {last}: years follow one another, so apply {last + 1} first"
    return []
