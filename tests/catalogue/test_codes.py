"""National codes of an item: the 31 and 33 characters, and the code lists."""

from __future__ import annotations

from typing import Any

import pytest
from support.catalogues import whole
from support.items import item, words

from yinuo.catalogue import codes
from yinuo.catalogue.city import Unit
from yinuo.core.identifiers import check_task_code
from yinuo.core.item import Material

BASE = "000109001000"
BUREAU = whole().city.bureau


def unit(**changes: Any) -> Unit:
    facts = {name: getattr(BUREAU, name) for name in Unit.__slots__}
    return Unit(**facts | changes)


def material(**changes: Any) -> Material:
    facts: dict[str, Any] = {"key": "paper", "name": words("证明"), "form": "check", "source": "other"}
    return Material(**facts | changes)


def test_an_implementation_code_is_credit_code_level_and_base_code() -> None:
    code = codes.implementation_code(item(base_code=BASE), BUREAU)
    assert code == f"{BUREAU.uscc}3{BASE}"
    assert len(code) == 31
    assert check_task_code(code) is None


def test_a_code_in_use_is_built_the_same_way() -> None:
    """A published one of Guangdong: 12441500196720244T, 3, 442199806003."""
    place = unit(uscc="12441500196720244T", division="441500")
    made = codes.implementation_code(item(base_code="442199806003"), place)
    assert made == "12441500196720244T3442199806003"


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"base_code": None}, BUREAU),
        ({"base_code": BASE}, unit(uscc=None)),
        ({"base_code": BASE}, unit(uscc="11220800YN000001XX")),
        ({"base_code": BASE, "jurisdiction": "county"}, BUREAU),
        ({"base_code": BASE, "jurisdiction": "province"}, BUREAU),
        ({"base_code": BASE}, unit(division="220802")),
    ],
    ids=["no base code", "no credit code", "misprinted", "county power", "province power", "county body"],
)
def test_no_code_is_made_up(facts: dict[str, Any], place: Unit) -> None:
    assert codes.implementation_code(item(**facts), place) is None
    assert codes.handling_item_code(item(**facts), place, 1) is None


def test_a_handling_item_has_two_digits_more() -> None:
    whole_code = codes.implementation_code(item(base_code=BASE), BUREAU)
    assert codes.handling_item_code(item(base_code=BASE), BUREAU, 7) == f"{whole_code}07"
    assert len(f"{whole_code}07") == 33


@pytest.mark.parametrize("serial", [0, 100, -1])
def test_a_serial_that_two_digits_cannot_write_is_a_mistake(serial: int) -> None:
    with pytest.raises(ValueError, match="1 to 99"):
        codes.handling_item_code(item(base_code=BASE), BUREAU, serial)


@pytest.mark.parametrize(
    ("jurisdiction", "level"), [("station", "4"), ("county", "4"), ("city", "3"), ("province", "2")]
)
def test_a_police_station_counts_as_county_level(jurisdiction: str, level: str) -> None:
    assert codes.level(item(jurisdiction=jurisdiction)) == level


@pytest.mark.parametrize(("division", "rank"), [("220000", "2"), ("220800", "3"), ("220881", "4")])
def test_the_rank_of_a_unit_stands_in_its_division(division: str, rank: str) -> None:
    assert codes.rank(unit(division=division)) == rank


def test_audience_and_handling() -> None:
    assert codes.audiences(item(audience=("organisation", "person", "company"))) == ["1", "2", "6"]
    assert codes.handling(item(handling="immediate")) == "1"
    assert codes.handling(item(handling="promise")) == "2"


@pytest.mark.parametrize(
    ("facts", "channels"),
    [
        ({"visits": 1, "online": "prefill"}, ["1", "2", "3"]),
        ({"visits": 1, "online": "consult"}, ["1"]),
        ({"visits": 0, "online": "full", "materials": ()}, ["2", "3", "4"]),
        ({"visits": 0, "online": "full", "materials": (material(bring=True),)}, ["2", "3"]),
        ({"visits": 1, "online": "full", "materials": ()}, ["1", "2", "3"]),
    ],
)
def test_the_channels_are_window_computer_phone_and_courier(
    facts: dict[str, Any], channels: list[str]
) -> None:
    assert codes.channels(item(**facts)) == channels


@pytest.mark.parametrize(
    ("online", "depth"), [("consult", "Ⅰ"), ("download", "Ⅱ"), ("prefill", "Ⅲ"), ("full", "Ⅳ")]
)
def test_the_online_depth_has_four_grades(online: str, depth: str) -> None:
    assert codes.depth(item(online=online)) == depth


@pytest.mark.parametrize(
    ("facts", "kind", "shape"),
    [
        ({"form": "original"}, "1", "1"),
        ({"form": "copy"}, "2", "3"),
        ({"form": "check"}, "1", "3"),
        ({"form": "check", "bring": True}, "1", "1"),
        ({"form": "electronic"}, "", "2"),
        ({"form": "check", "fetch": True}, "", "2"),
    ],
)
def test_type_and_format_of_a_material(facts: dict[str, Any], kind: str, shape: str) -> None:
    one = material(**facts)
    assert (codes.material_type(one), codes.material_format(one)) == (kind, shape)


def test_only_what_everybody_needs_is_necessary() -> None:
    always, sometimes, offered = item().materials[0], item().materials[1], item().materials[4]
    assert [codes.need(one) for one in (always, sometimes, offered)] == ["1", "2", "2"]


@pytest.mark.parametrize(("source", "code"), [("applicant", "10"), ("government", "20"), ("other", "99")])
def test_the_source_of_a_material(source: str, code: str) -> None:
    assert codes.source(material(source=source)) == code


def test_every_code_that_the_catalogue_needs_has_a_chinese_name() -> None:
    for one in whole().items.values():
        assert one.kind in codes.TASK_TYPES, one.id
        assert codes.level(one) in codes.LEVELS, one.id
        assert set(codes.audiences(one)) <= codes.AUDIENCES.keys(), one.id
        assert set(codes.channels(one)) <= codes.CHANNELS.keys(), one.id
        assert codes.channels(one), f"{one.id} cannot be applied for in any way"
        assert codes.handling(one) in codes.HANDLINGS, one.id
        assert codes.depth(one) in codes.DEPTHS, one.id
        for paper in one.materials:
            assert codes.material_type(paper) in {"", *codes.MATERIAL_TYPES}, one.id
            assert codes.material_format(paper) in codes.MATERIAL_FORMATS, one.id
            assert codes.need(paper) in codes.NEEDS, one.id
            assert codes.source(paper) in codes.SOURCES, one.id


def test_the_divisions_of_the_city_are_those_of_the_national_list() -> None:
    city = whole().city
    assert {code: name.zh for code, name in city.divisions.items()} == {
        "220800": "白城市",
        "220802": "洮北区",
        "220821": "镇赉县",
        "220822": "通榆县",
        "220881": "洮南市",
        "220882": "大安市",
    }
    assert {place.division for place in city.units.values()} <= city.divisions.keys()
