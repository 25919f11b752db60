"""The catalogue in the columns of the national exchange: item master, extension and materials.

A cell that is not known stays empty; nothing is invented. docs/reference/open-data.md explains every column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from yinuo.catalogue import codes, conditions, exchange_columns, wording
from yinuo.catalogue.city import City, Unit
from yinuo.catalogue.loading import Catalogue
from yinuo.core.clock import Limit
from yinuo.core.clock import Unit as Days
from yinuo.core.item import Ground, Item, ItemLimit, Material

Row = dict[str, str]
Address = Callable[[str], str]
"""The public address of an item's guide, by the item's id."""

IN_USE = "1"  # 事项状态 在用
SEVERAL = "^"  # between the codes of one cell
_LONGEST_PLACE = 500  # characters of 办理地点
_UNITS = {
    Days.WORKING_DAY: "工作日",
    Days.IMMEDIATE: "工作日",
    Days.CALENDAR_DAY: "自然日",
    Days.MONTH: "月",
}
_RESULTS = {"certificate": "证照", "licence": "证照", "approval": "批文"}
_HOTLINE = "12345 政务服务便民热线"


def items(served: Catalogue, address: Address) -> Iterator[Row]:
    """One row an item, in the order of the catalogue; the keys are `exchange_columns.ITEM`."""
    for item in served.items.values():
        known = {
            **_names(item, served),
            **_limits(item, served),
            **_handling(item, served),
            **_contact(item, served.city),
            "link_addr": address(item.id),
            "mobile_terminal_url": address(item.id),
        }
        yield _row(exchange_columns.ITEM, known)


def extension(served: Catalogue, address: Address) -> Iterator[Row]:
    """One row an item; the keys are `exchange_columns.EXTENSION`, `row_guid` is that of the item's row."""
    for item in served.items.values():
        is_online = item.online in ("prefill", "full")
        topics = SEVERAL.join(topic.name.zh for topic in served.topics if topic.key in item.topics)
        known = {
            "row_guid": item.id,
            "result_type": _RESULTS.get(item.result.kind, "其他"),
            "result_name": item.result.name.zh,
            "is_express": _flag(item.route.issues),
            "user_character_topic_type": topics if "person" in item.audience else "",
            "corp_character_topic_type": topics if set(item.audience) != {"person"} else "",
            "is_online": _flag(is_online),
            "online_handle_depth": codes.depth(item),
            "online_handle_url": address(item.id) if is_online else "",
            "limit_scene_explain": item.visit_reason.zh if item.visit_reason else "",
        }
        yield _row(exchange_columns.EXTENSION, known)


def materials(served: Catalogue) -> Iterator[Row]:
    """One row a material, in the order of the guides; the keys are `exchange_columns.MATERIAL`, `row_guid` is
    that of the item's row."""
    for item in served.items.values():
        for number, material in enumerate(item.materials, 1):
            known = {"row_guid": item.id, "order_num": str(number), **_material(material, item)}
            yield _row(exchange_columns.MATERIAL, known)


def implementing_body(city: City, branch: str) -> Unit:
    """实施主体: the unit that answers for the branch, or the nearest above it that has a credit code of its
    own. A division inside a bureau acts in the bureau's name and under its code."""
    unit = city.units[city.branches[branch].unit]
    return next((one for one in (unit, *city.above(unit.id)) if one.uscc), unit)


def _row(columns: Iterable[str], known: Mapping[str, str]) -> Row:
    if strange := known.keys() - set(columns):
        raise ValueError(f"no such columns: {sorted(strange)}")
    return {column: known.get(column, "") for column in columns}


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _ground(ground: Ground, served: Catalogue) -> str:
    return wording.ground(str(ground), served.laws, "zh")


def _listed(texts: Sequence[str]) -> str:
    """Several as `1. …` lines; one alone without its number."""
    return texts[0] if len(texts) == 1 else "\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1))


def _names(item: Item, served: Catalogue) -> Row:
    body = implementing_body(served.city, item.branch)
    return {
        "row_guid": item.id,
        "task_name": item.name.zh,
        "catalog_code": item.base_code or "",
        "task_code": codes.implementation_code(item, body) or "",
        "task_type": item.kind,
        "task_state": IN_USE,
        "by_law": "；".join(_ground(one, served) for one in item.basis),
        "use_level": codes.level(item),
        "dept_name": body.name.zh,
        "dept_code": body.uscc or "",
        # The bureau and its county bureaus are organs that the law itself names.
        "dept_type": "1" if body.kind in ("bureau", "county") else "",
    }


def _limits(item: Item, served: Catalogue) -> Row:
    decide = item.limits["decide"]
    anticipated, promised = _days(decide.statutory), _days(decide.promised)
    return {
        "anticipate_day": anticipated[0],
        "anticipate_type": anticipated[1],
        "anticipate_explain": _statutory(decide, served),
        "promise_day": promised[0],
        "promise_type": promised[1],
        "promise_explain": _promised(item),
    }


def _days(limit: Limit | None) -> tuple[str, str]:
    """Number and unit; the exchange has no unit for hours, so of those only the words remain."""
    if limit is None or limit.unit not in _UNITS:
        return "", ""
    return str(limit.amount), _UNITS[limit.unit]


def _statutory(decide: ItemLimit, served: Catalogue) -> str:
    if decide.statutory is None:
        return "法律没有规定期限"
    ground = f"（{_ground(decide.ground, served)}）" if decide.ground else ""
    return f"{wording.limit(decide.statutory, 'zh')}{ground}"


def _promised(item: Item) -> str:
    accept, decide = (_within(item.limits[key].promised) for key in ("accept", "decide"))
    pauses = "；特别程序的时间不计入" if item.special_procedures else ""
    return f"收到申请{accept}答复是否受理，受理{decide}办结{pauses}"


def _within(limit: Limit) -> str:
    return "当天" if limit.unit is Days.IMMEDIATE else f"后 {wording.limit(limit, 'zh')}内"


def _handling(item: Item, served: Catalogue) -> Row:
    return {
        "accept_condition": _listed([condition.zh for condition in item.conditions]),
        "handle_flow": _flow(item),
        "project_type": codes.handling(item),
        "server_type": SEVERAL.join(codes.audiences(item)),
        "handle_type": SEVERAL.join(codes.channels(item)),
        "limit_scene_num": str(item.visits),
        "limit_scene_explain": item.visit_reason.zh if item.visit_reason else "",
        "special_procedure": "；".join(_procedures(item, served)),
        "is_fee": _flag(item.fee is not None),
        "fee_basis": item.fee.ground if item.fee else "",
    }


def _flow(item: Item) -> str:
    steps = ["申请", "受理", *(step.name.zh for step in item.route.steps), "决定"]
    return " → ".join([*steps, "送达"] if item.route.issues else steps)


def _procedures(item: Item, served: Catalogue) -> Iterator[str]:
    """特别程序种类, name, days, ground: `2 听证：最长 20 个工作日，《…》第四十五条`."""
    if item.extension is not None:
        days, ground = wording.limit(item.extension.promised, "zh"), item.extension.ground
        yield f"1 延长审批：{days}" + (f"，{_ground(ground, served)}" if ground else "")
    for one in item.special_procedures:
        days = f"最长 {wording.limit(one.longest, 'zh')}，" if one.longest else ""
        yield f"2 {one.name.zh}：{days}{_ground(one.ground, served)}"


def _contact(item: Item, city: City) -> Row:
    places = city.competent(item.jurisdiction, item.branch)
    return {
        "transact_addr": _places(places),
        "transact_time": "；".join(dict.fromkeys(place.hours.zh for place in places)),
        "link_way": f"电话 {city.phone}；窗口见办理地点；网上见办事指南",
        "supervise_way": _HOTLINE,
    }


def _places(places: Sequence[Unit]) -> str:
    """Every place, or how many there are where the column would not hold them."""
    told = "；".join(f"{place.name.zh}，{place.address.zh}，{place.phone}" for place in places)
    return told if len(told) <= _LONGEST_PLACE else f"共 {len(places)} 个单位，地址和电话见办事指南"


def _material(material: Material, item: Item) -> Row:
    on_paper = codes.material_type(material) != ""
    when = conditions.words(material.when, item.form).zh if material.when is not None else ""
    return {
        "material_name": material.name.zh,
        "material_type": codes.material_type(material),
        "material_format": codes.material_format(material),
        "is_need": codes.need(material),
        "handle_case": when,
        "source_type": codes.source(material),
        "source_explain": "由办理机关通过数据共享核验，申请人不用提交" if material.fetch else "",
        "page_num": str(material.copies) if on_paper else "",
        "remark": material.note.zh if material.note else "",
    }
