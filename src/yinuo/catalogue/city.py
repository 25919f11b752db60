"""The city: its areas, its organisation tree, its topics. Facts of a city are data; no code names one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from yinuo.catalogue.posts import NO_POSTS, Posts
from yinuo.catalogue.schema import Key, Shape, TextShape, Words
from yinuo.core.form import Text

Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class DivisionShape(Shape):
    code: Digits
    name: TextShape


class UnitShape(Shape):
    id: Key
    name: TextShape
    kind: Literal["bureau", "branch", "county", "brigade", "window", "station", "detention"]
    parent: Key | None = None
    division: Digits
    branch: Key | None = None
    grassroots: bool = False
    uscc: str | None = None
    address: TextShape
    phone: Words
    hours: TextShape | None = None
    sample: bool = False


class BranchShape(Shape):
    key: Key
    zh: Words
    en: Words
    about: TextShape
    unit: Key


class CityShape(Shape):
    id: Key
    name: TextShape
    division: Digits
    sample_data: bool
    note: TextShape
    phone: Words
    hours: TextShape
    divisions: list[DivisionShape] = Field(min_length=1)
    hot: list[Key] = Field(default_factory=list)
    branches: list[BranchShape] = Field(min_length=1)
    units: list[UnitShape] = Field(min_length=1)


class TopicShape(Shape):
    key: Key
    char: Annotated[str, StringConstraints(min_length=1, max_length=1)]
    name: TextShape
    about: TextShape


class SynonymsShape(Shape):
    words: list[Words] = Field(min_length=1)
    misspellings: list[Words] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unit:
    id: str
    name: Text
    kind: str
    parent: str | None
    division: str
    branch: str | None
    grassroots: bool
    uscc: str | None
    address: Text
    phone: str
    hours: Text
    sample: bool


@dataclass(frozen=True, slots=True)
class Branch:
    key: str
    name: Text
    about: Text
    unit: str


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    char: str
    name: Text
    about: Text


@dataclass(frozen=True, slots=True)
class City:
    id: str
    name: Text
    division: str
    is_sample: bool
    note: Text
    phone: str
    hours: Text
    divisions: Mapping[str, Text]
    hot: tuple[str, ...]  # items that the home page names first
    branches: Mapping[str, Branch]
    units: Mapping[str, Unit]
    posts: Posts = NO_POSTS

    @property
    def bureau(self) -> Unit:
        return next(unit for unit in self.units.values() if unit.kind == "bureau")

    def above(self, unit: str) -> Iterator[Unit]:
        """The units over a unit, nearest first."""
        parent = self.units[unit].parent
        while parent is not None:
            yield self.units[parent]
            parent = self.units[parent].parent

    def below(self, unit: str) -> Iterator[Unit]:
        """A unit and everything under it."""
        for one in self.units.values():
            if one.id == unit or any(over.id == unit for over in self.above(one.id)):
                yield one

    def competent(self, jurisdiction: str, branch: str) -> list[Unit]:
        """The units among which an applicant chooses where to apply, in the order of the tree."""
        units = self.units.values()
        if jurisdiction == "station":
            return [unit for unit in units if unit.kind == "station"]
        if jurisdiction == "county":
            return [self._county_unit(county, branch) for county in units if county.kind == "county"]
        return [self.units[self.branches[branch].unit]]

    def _county_unit(self, county: Unit, branch: str) -> Unit:
        """The county's own unit for a branch; where it has none, the county bureau itself."""
        own = (
            unit
            for unit in self.units.values()
            if unit.parent == county.id and unit.branch == branch and unit.kind != "station"
        )
        return next(own, county)


def city_from(shape: CityShape, posts: Posts = NO_POSTS) -> City:
    hours = _text(shape.hours)
    return City(
        id=shape.id,
        name=_text(shape.name),
        division=shape.division,
        is_sample=shape.sample_data,
        note=_text(shape.note),
        phone=shape.phone,
        hours=hours,
        divisions={division.code: _text(division.name) for division in shape.divisions},
        hot=tuple(shape.hot),
        branches={b.key: Branch(b.key, Text(b.zh, b.en), _text(b.about), b.unit) for b in shape.branches},
        units={unit.id: _unit(unit, hours) for unit in shape.units},
        posts=posts,
    )


def topic_from(shape: TopicShape) -> Topic:
    return Topic(shape.key, shape.char, _text(shape.name), _text(shape.about))


def problems(shape: CityShape) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What is wrong with the tree: ids that stand twice, parents and units that do not exist, loops."""
    ids = [unit.id for unit in shape.units]
    parents = {unit.id: unit.parent for unit in shape.units}
    for n, unit in enumerate(shape.units):
        if ids.index(unit.id) != n:
            yield ("units", n, "id"), f"{unit.id} stands twice"
        if unit.parent is not None and unit.parent not in parents:
            yield ("units", n, "parent"), f"there is no unit {unit.parent}"
        elif _loops(unit.id, parents):
            yield ("units", n, "parent"), "the unit is above itself"
    for n, branch in enumerate(shape.branches):
        if branch.unit not in parents:
            yield ("branches", n, "unit"), f"there is no unit {branch.unit}"
    if sum(unit.kind == "bureau" for unit in shape.units) != 1:
        yield ("units",), "a city has exactly one unit of kind bureau"


def _loops(unit: str, parents: Mapping[str, str | None]) -> bool:
    seen = {unit}
    parent = parents.get(unit)
    while parent is not None and parent not in seen:
        seen.add(parent)
        parent = parents.get(parent)
    return parent is not None


def _unit(shape: UnitShape, hours: Text) -> Unit:
    facts: dict[str, Any] = shape.model_dump(include={"id", "kind", "parent", "division", "branch", "sample"})
    return Unit(
        name=_text(shape.name),
        grassroots=shape.grassroots,
        uscc=shape.uscc,
        address=_text(shape.address),
        phone=shape.phone,
        hours=_text(shape.hours) if shape.hours else hours,
        **facts,
    )


def _text(shape: TextShape) -> Text:
    return Text(shape.zh, shape.en)
