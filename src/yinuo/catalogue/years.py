"""A year of the calendar as a file: its days off, its make-up working days, the notice that set them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from yinuo.catalogue.reader import Finding, Source
from yinuo.catalogue.schema import Day, Shape, TextShape, Words
from yinuo.core.calendar import Year, days_between
from yinuo.core.form import Text


class NoticeShape(Shape):
    number: Words | None
    date: Day | None
    issuer: TextShape


class HolidayShape(Shape):
    name: TextShape
    from_: Annotated[Day, Field(alias="from")]
    to: Day


class YearShape(Shape):
    year: Annotated[int, Field(ge=1950, le=2100)]
    notice: NoticeShape
    holidays: list[HolidayShape] = Field(min_length=1)
    makeup: list[Day] = Field(default_factory=list)


def year_problems(shape: YearShape, stem: str, source: Source) -> Iterable[Finding]:
    """What is wrong with the days; `stem`: the name of the file without its ending."""
    if str(shape.year) != stem:
        yield source.finding(("year",), f"the file is named {stem}")
    days = [*shape.makeup, *(day for h in shape.holidays for day in (h.from_, h.to))]
    for day in days:
        if not _is_day_of(shape.year, day):
            yield source.finding((), f"{day} is no day of {shape.year}")
            return
    for n, holiday in enumerate(shape.holidays):
        if holiday.to < holiday.from_:
            yield source.finding(("holidays", n, "to"), "lies before its from")
    for n, day in enumerate(shape.makeup):
        if date.fromisoformat(day).weekday() < 5:
            yield source.finding(("makeup", n), f"{day} is no Saturday or Sunday")


def _is_day_of(year: int, text: str) -> bool:
    try:
        return date.fromisoformat(text).year == year
    except ValueError:
        return False


def year_from(shape: YearShape, names: dict[str, Text]) -> Year:
    """The year for the calendar; the names of its holidays are added to `names`."""
    days: dict[date, str] = {}
    for holiday in shape.holidays:
        key = holiday.name.en
        names[key] = Text(holiday.name.zh, holiday.name.en)
        span = days_between(date.fromisoformat(holiday.from_), date.fromisoformat(holiday.to))
        days |= dict.fromkeys(span, key)
    makeup = frozenset(date.fromisoformat(day) for day in shape.makeup)
    return Year(shape.year, shape.notice.number, days, makeup)
