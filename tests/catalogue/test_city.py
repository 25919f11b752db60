"""The city: its tree of units, who is competent for what, and trees that cannot be."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError
from support.catalogues import CITY as REAL
from support.catalogues import ROOT

from yinuo.catalogue.city import CityShape, TopicShape, city_from, problems, topic_from
from yinuo.catalogue.reader import read_file

WORDS = {"zh": "名", "en": "name"}


def unit(key: str, kind: str, parent: str | None, branch: str | None = None, **facts: Any) -> dict[str, Any]:
    return {
        "id": key,
        "name": WORDS,
        "kind": kind,
        "parent": parent,
        "division": "220800",
        "branch": branch,
        "address": WORDS,
        "phone": "0436-0000000",
        **facts,
    }


def branch(key: str, of: str) -> dict[str, Any]:
    return {"key": key, "zh": "业务", "en": "business", "about": WORDS, "unit": of}


RAW: dict[str, Any] = {
    "id": "testtown",
    "name": WORDS,
    "division": "220800",
    "sample_data": True,
    "note": WORDS,
    "phone": "0436-0000000",
    "hours": {"zh": "周一至周五", "en": "Monday to Friday"},
    "divisions": [{"code": "220800", "name": WORDS}],
    "branches": [branch("traffic", "traffic-brigade"), branch("households", "bureau")],
    "units": [
        unit("bureau", "bureau", None),
        unit("traffic-brigade", "brigade", "bureau", "traffic", hours={"zh": "全天", "en": "all day"}),
        unit("north-county", "county", "bureau"),
        unit("north-station", "station", "north-county", "traffic"),
        unit("north-traffic", "brigade", "north-county", "traffic"),
        unit("south-county", "county", "bureau"),
        unit("south-station", "station", "south-county", grassroots=True),
    ],
}


def raw(change: Callable[[dict[str, Any]], object] = lambda _: None) -> dict[str, Any]:
    changed = copy.deepcopy(RAW)
    change(changed)
    return changed


CITY = city_from(CityShape.model_validate(RAW))


def test_a_unit_knows_what_is_above_and_below_it() -> None:
    assert [over.id for over in CITY.above("north-traffic")] == ["north-county", "bureau"]
    assert list(CITY.above("bureau")) == []
    assert [one.id for one in CITY.below("north-county")] == [
        "north-county",
        "north-station",
        "north-traffic",
    ]
    assert {one.id for one in CITY.below("bureau")} == set(CITY.units)
    assert CITY.bureau.id == "bureau"


@pytest.mark.parametrize(
    ("jurisdiction", "branch", "units"),
    [
        ("station", "households", ["north-station", "south-station"]),
        ("county", "traffic", ["north-traffic", "south-county"]),  # the south has no brigade of its own
        ("county", "households", ["north-county", "south-county"]),
        ("city", "traffic", ["traffic-brigade"]),
        ("city", "households", ["bureau"]),
        ("province", "traffic", ["traffic-brigade"]),
    ],
)
def test_an_applicant_chooses_among_the_units_that_are_competent(
    jurisdiction: str, branch: str, units: list[str]
) -> None:
    assert [one.id for one in CITY.competent(jurisdiction, branch)] == units


def test_a_unit_without_hours_of_its_own_keeps_those_of_the_city() -> None:
    assert CITY.units["traffic-brigade"].hours.en == "all day"
    assert CITY.units["bureau"].hours.en == "Monday to Friday"


@pytest.mark.parametrize(
    ("change", "path", "message"),
    [
        (lambda c: c["units"].append(unit("bureau", "station", None)), "units.7.id", "bureau stands twice"),
        (lambda c: c["units"][2].update(parent="nowhere"), "units.2.parent", "there is no unit nowhere"),
        (
            lambda c: c["units"][2].update(parent="north-traffic"),
            "units.2.parent",
            "the unit is above itself",
        ),
        (lambda c: c["units"][2].update(parent="north-county"), "units.2.parent", "the unit is above itself"),
        (lambda c: c["branches"][0].update(unit="nowhere"), "branches.0.unit", "there is no unit nowhere"),
        (
            lambda c: c["units"][0].update(kind="branch"),
            "units",
            "a city has exactly one unit of kind bureau",
        ),
        (
            lambda c: c["units"][1].update(kind="bureau"),
            "units",
            "a city has exactly one unit of kind bureau",
        ),
    ],
)
def test_a_tree_that_cannot_be_is_told_where(
    change: Callable[[dict[str, Any]], object], path: str, message: str
) -> None:
    found = list(problems(CityShape.model_validate(raw(change))))
    assert (tuple(path.split(".")), message) in [(tuple(map(str, p)), m) for p, m in found]


def test_the_tree_of_the_sample_stands() -> None:
    assert list(problems(CityShape.model_validate(RAW))) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.update(division="22"),
        lambda c: c.update(sample_data="yes"),
        lambda c: c.pop("phone"),
        lambda c: c.update(mayor="x"),
        lambda c: c["units"][0].update(kind="castle"),
        lambda c: c.update(units=[]),
    ],
)
def test_a_city_of_another_shape_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(ValidationError):
        CityShape.model_validate(raw(change))


def test_a_topic_has_one_character() -> None:
    facts = {"key": "car", "char": "车", "name": WORDS, "about": WORDS}
    assert topic_from(TopicShape.model_validate(facts)).char == "车"
    with pytest.raises(ValidationError):
        TopicShape.model_validate(facts | {"char": "汽车"})


def test_in_the_city_of_the_repository_there_is_a_unit_for_everything() -> None:
    source = read_file(ROOT / REAL / "city.yaml")
    assert source.findings == ()
    shape = CityShape.model_validate(source.value)
    assert list(problems(shape)) == []
    real = city_from(shape)
    for one in real.units.values():
        assert one.id == real.bureau.id or real.bureau in real.above(one.id)
    for key in real.branches:
        for jurisdiction in ("station", "county", "city", "province"):
            assert real.competent(jurisdiction, key), (key, jurisdiction)
