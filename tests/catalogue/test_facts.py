"""The catalogue as open data: what is told of an item, and what is not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.catalogues import whole

from yinuo.catalogue import facts
from yinuo.catalogue.schema import parse_when

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "open-data.md"


def address(item_id: str) -> str:
    return f"https://hall.example/items/{item_id}/"


def vehicle() -> facts.Json:
    return facts.of_item(whole().items["jg-vehicle-transfer"], whole(), address)


def test_every_item_is_there_and_is_plain_json() -> None:
    made = facts.document(whole(), address)
    assert [one["id"] for one in made["items"]] == list(whole().items)
    assert json.loads(json.dumps(made)) == made
    assert made["sample"] is whole().city.is_sample


def test_an_item_has_its_texts_limits_fee_and_result() -> None:
    one = vehicle()
    assert one["name"] == {"zh": "机动车转让登记（本地）", "en": "Transfer of a vehicle within the city"}
    assert one["address"] == "https://hall.example/items/jg-vehicle-transfer/"
    decide = one["limits"]["decide"]
    assert (decide["promised"]["amount"], decide["promised"]["unit"]) == (1, "working_day")
    assert decide["ground"]["en"].endswith("Article 25")
    assert one["limits"]["accept"]["statutory"] is None
    assert (one["fee"]["amount"], one["fee"]["currency"]) == (110, "CNY")
    assert one["result"]["name"]["zh"] == "机动车行驶证和登记证书签注"
    assert one["visits"]["count"] == 1
    assert one["verification"] == "text-read"


def test_field_groups_are_written_out_and_conditions_can_be_read_back() -> None:
    one, item = vehicle(), whole().items["jg-vehicle-transfer"]
    told = {field["key"]: field for page in one["form"] for field in page["fields"]}
    assert list(told) == [field.key for field in item.form.fields]
    rule = told["invoice_no"]["when"]["rule"]
    assert rule == {"field": "acquired_by", "is": "purchase"}
    assert told["invoice_no"]["longest"] == 20
    assert "longest" not in told["customs"]
    assert {choice["value"] for choice in told["plate_choice"]["choices"]} == {"random", "own", "former"}


@pytest.mark.parametrize(
    "rule",
    [
        {"field": "a", "is": True},
        {"field": "a", "in": ["x", "y"]},
        {"field": "a", "present": False},
        {"field": "a", "at_least": 3, "at_most": 5},
        {"field": "a", "at_most": 0},
        {
            "all": [
                {"field": "a", "is": "x"},
                {"not": {"any": [{"field": "b", "is": 1}, {"field": "c", "is": 2}]}},
            ]
        },
    ],
)
def test_a_condition_is_declared_as_an_item_file_writes_it(rule: dict[str, object]) -> None:
    assert facts.declared(parse_when(rule)) == rule


def test_where_a_fact_was_found_and_scenarios_stay_inside() -> None:
    made = facts.document(whole(), address)
    text = json.dumps(made, ensure_ascii=False)
    assert all("scenarios" not in one for one in made["items"])
    for one in whole().items.values():
        assert one.verification.note not in text, one.id


def test_every_word_of_the_data_has_its_meaning() -> None:
    made = facts.document(whole(), address)
    for one in made["items"]:
        assert one["handling"] in made["terms"]["handling"]
        assert set(one["audience"]) <= made["terms"]["audience"].keys()
        assert one["kind"] in made["kinds"]
        assert one["branch"] in made["branches"]
        assert set(one["topics"]) <= made["topics"].keys()
        assert {m["form"] for m in one["materials"]} <= made["terms"]["material_form"].keys()


def test_the_flat_table_has_its_columns_and_they_are_explained() -> None:
    rows = list(facts.rows(whole(), address))
    assert all(tuple(row) == facts.COLUMNS for row in rows)
    told = re.findall(r"^\| `(\w+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(facts.COLUMNS) <= set(told)
    assert set(facts.document(whole(), address)) <= set(told)
    row = next(row for row in rows if row["id"] == "jg-vehicle-transfer")
    assert (row["decide_promised"], row["fee_yuan"], row["topics"]) == ("1wd", "110", "car")
    assert (row["materials"], row["materials_fetched"]) == ("7", "3")


def test_a_free_service_costs_nothing_and_one_that_depends_has_no_number() -> None:
    for row in facts.rows(whole(), address):
        fee = whole().items[row["id"]].fee
        assert (row["fee_yuan"] == "0") >= (fee is None)
        assert (row["fee_yuan"] == "") is (fee is not None and fee.amount is None)
        assert row["fee_zh"] or fee is not None
