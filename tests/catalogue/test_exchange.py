"""The catalogue in the columns of the national exchange."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support.catalogues import whole
from support.items import item, owed, words

from yinuo.catalogue import codes, exchange
from yinuo.catalogue.exchange_columns import EXTENSION, ITEM, MATERIAL
from yinuo.catalogue.loading import Catalogue, Entry
from yinuo.catalogue.tables import as_csv
from yinuo.core.item import Fee, Item

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "open-data.md"


def address(item_id: str) -> str:
    return f"https://hall.example/items/{item_id}/"


@cache
def tables() -> dict[str, list[exchange.Row]]:
    served = whole()
    return {
        "items": list(exchange.items(served, address)),
        "extension": list(exchange.extension(served, address)),
        "materials": list(exchange.materials(served)),
    }


def alone(**changes: Any) -> Catalogue:
    """The city with one small item."""
    one = item(**changes)
    some = next(iter(whole().entries.values()))
    return replace(whole(), entries={one.id: Entry(one, some.shape, some.source, some.bundle)})


def master(**changes: Any) -> exchange.Row:
    (row,) = exchange.items(alone(**changes), address)
    return row


@pytest.mark.parametrize(
    ("table", "columns"), [("items", ITEM), ("extension", EXTENSION), ("materials", MATERIAL)]
)
def test_every_row_has_every_column_in_its_order(table: str, columns: dict[str, str]) -> None:
    assert all(list(row) == list(columns) for row in tables()[table])


@pytest.mark.parametrize("columns", [ITEM, EXTENSION, MATERIAL])
def test_every_column_is_explained_with_its_chinese_name(columns: dict[str, str]) -> None:
    told = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(columns.items()) <= set(told)


def test_there_is_one_row_an_item_and_one_a_material() -> None:
    served = whole().items
    assert [row["row_guid"] for row in tables()["items"]] == list(served)
    assert [row["row_guid"] for row in tables()["extension"]] == list(served)
    wanted = [(key, one.name.zh) for key, found in served.items() for one in found.materials]
    assert [(row["row_guid"], row["material_name"]) for row in tables()["materials"]] == wanted


def test_an_item_in_the_columns_of_the_exchange() -> None:
    row = next(row for row in tables()["items"] if row["row_guid"] == "za-hotel-license")
    wanted = {
        "task_name": "旅馆业特种行业许可证核发",
        "task_type": "01",
        "task_state": "1",
        "use_level": "4",
        "dept_name": "白城市公安局",
        "dept_code": whole().city.bureau.uscc,
        "anticipate_day": "20",
        "anticipate_type": "工作日",
        "promise_day": "12",
        "promise_type": "工作日",
        "project_type": "2",
        "handle_flow": "申请 → 受理 → 现场核查 → 审核 → 决定 → 送达",
        "is_fee": "0",
        "link_addr": "https://hall.example/items/za-hotel-license/",
    }
    assert {key: row[key] for key in wanted} == wanted
    assert "《旅馆业治安管理办法》第三条、第四条" in row["by_law"]
    assert re.search(r"1 延长审批：10 个工作日，《.+》第四十二条；2 听证：", row["special_procedure"])


def test_what_is_not_known_stays_empty() -> None:
    for row in tables()["items"]:
        found = whole().items[row["row_guid"]]
        assert row["catalog_code"] == (found.base_code or "")
        assert (row["task_code"] != "") <= (found.base_code is not None)
        for column in ("power_source", "task_version", "entrust_name", "plan_effective_date", "cd_batch"):
            assert row[column] == ""


def test_a_known_base_code_becomes_the_implementation_code_of_the_body() -> None:
    base = "000109001000"
    row = master(base_code=base)
    assert row["catalog_code"] == base
    assert row["task_code"] == f"{row['dept_code']}3{base}"
    assert master(base_code=base, jurisdiction="county")["task_code"] == ""


def test_the_body_is_the_unit_of_the_branch_where_that_has_a_code_of_its_own() -> None:
    city = whole().city
    unit = city.units[city.branches["zhian"].unit]
    assert exchange.implementing_body(city, "zhian") == city.bureau
    own = replace(unit, uscc="12441500196720244T")
    assert exchange.implementing_body(replace(city, units={**city.units, unit.id: own}), "zhian") == own


@pytest.mark.parametrize(
    ("text", "day", "unit"),
    [
        ("20wd", "20", "工作日"),
        ("60cd", "60", "自然日"),
        ("2mo", "2", "月"),
        ("now", "0", "工作日"),
        ("24h", "", ""),
    ],
)
def test_a_limit_is_a_number_and_a_unit_and_hours_are_told_in_words(text: str, day: str, unit: str) -> None:
    row = master(limits={**item().limits, "decide": owed(text, text)})
    assert (row["anticipate_day"], row["anticipate_type"]) == (day, unit)
    assert (row["promise_day"], row["promise_type"]) == (day, unit)
    assert row["anticipate_explain"].startswith({"24h": "24 小时（《", "now": "当天（《"}.get(text, day))
    assert ("受理当天办结" in row["promise_explain"]) is (text == "now")


def test_where_the_law_is_silent_no_statutory_limit_is_told() -> None:
    row = master(limits={**item().limits, "decide": owed("10wd", None)})
    assert (row["anticipate_day"], row["anticipate_type"]) == ("", "")
    assert row["anticipate_explain"] == "法律没有规定期限"


def test_a_fee_has_its_ground() -> None:
    row = master(fee=Fee(110, words("元一辆"), "发改价格〔2004〕2831号"))
    assert (row["is_fee"], row["fee_basis"]) == ("1", "发改价格〔2004〕2831号")


def test_the_checks_of_the_national_lists_hold() -> None:
    """Those that public checkers run: visits, depth, channels, fees, limits, and what must not be empty."""
    more = {row["row_guid"]: row for row in tables()["extension"]}
    for row in tables()["items"]:
        name, other = row["row_guid"], more[row["row_guid"]]
        visits = int(row["limit_scene_num"])
        assert visits > 0 or other["is_online"] == "1" or "4" in row["handle_type"], name
        assert other["online_handle_depth"] != "Ⅳ" or visits == 0, name
        assert visits == 0 or row["limit_scene_explain"], name
        assert row["is_fee"] == "0" or row["fee_basis"], name
        same = row["promise_type"] == row["anticipate_type"] and row["promise_day"] and row["anticipate_day"]
        assert not same or int(row["promise_day"]) <= int(row["anticipate_day"]), name
        if row["project_type"] == codes.handling(item(handling="immediate")):
            assert row["promise_day"] in ("", "0", "1"), name
        for column in ("supervise_way", "link_way", "transact_addr", "transact_time", "handle_flow"):
            assert row[column], name


def test_no_cell_is_longer_than_its_column() -> None:
    most = {"task_name": 200, "transact_addr": 500, "transact_time": 500, "special_procedure": 500}
    for row in tables()["items"]:
        assert all(len(row[column]) <= longest for column, longest in most.items()), row["row_guid"]
    most = {"material_name": 200, "handle_case": 2000, "source_explain": 500}
    for row in tables()["materials"]:
        assert all(len(row[column]) <= longest for column, longest in most.items()), row["row_guid"]


def test_the_many_stations_are_counted_where_the_column_would_not_hold_them() -> None:
    assert master(jurisdiction="station")["transact_addr"] == "共 86 个单位，地址和电话见办事指南"
    assert "洮南市公安局治安管理大队" in master(jurisdiction="county")["transact_addr"]


def test_a_material_says_what_it_is_when_it_is_needed_and_where_it_comes_from() -> None:
    rows = [row for row in tables()["materials"] if row["row_guid"] == "jg-vehicle-transfer"]
    assert [row["order_num"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    fetched, plates, mandate = rows[0], rows[4], rows[-1]
    assert fetched["source_explain"] == "由办理机关通过数据共享核验，申请人不用提交"
    assert (fetched["source_type"], fetched["material_format"], fetched["page_num"]) == ("20", "2", "")
    assert (plates["material_type"], plates["material_format"], plates["page_num"]) == ("1", "1", "2")
    assert plates["remark"] == "前后两块，当场收回"
    assert (mandate["is_need"], mandate["source_type"]) == ("2", "10")
    assert re.fullmatch(r"“.+”选“是”", mandate["handle_case"])


def test_the_extension_tells_depth_topics_and_result() -> None:
    row = next(row for row in tables()["extension"] if row["row_guid"] == "jg-vehicle-transfer")
    assert (row["is_online"], row["online_handle_depth"], row["is_express"]) == ("1", "Ⅲ", "1")
    assert row["user_character_topic_type"] == row["corp_character_topic_type"] == "买车卖车"
    people = next(row for row in tables()["extension"] if only_people(whole().items[row["row_guid"]]))
    assert people["user_character_topic_type"]
    assert people["corp_character_topic_type"] == ""


def only_people(one: Item) -> bool:
    return one.audience == ("person",) and bool(one.topics)


@pytest.mark.parametrize(
    ("table", "columns"), [("items", ITEM), ("extension", EXTENSION), ("materials", MATERIAL)]
)
def test_a_table_is_the_same_after_writing_and_reading_it(table: str, columns: dict[str, str]) -> None:
    text = as_csv(columns, tables()[table]).decode("utf-8-sig")
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == tables()[table]


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(cell: str) -> None:
    body = as_csv(["a", "b"], [{"a": cell, "b": 'x=1, "y"\nz'}])
    assert body.startswith(b"\xef\xbb\xbfa,b\r\n")
    (row,) = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    assert row == {"a": f"'{cell}", "b": 'x=1, "y"\nz'}
