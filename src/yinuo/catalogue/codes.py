"""Codes of the national exchange for an item: its 实施编码, and the code lists with their Chinese names.

Lists A1 to A7 are those of GB/T 39046—2020 appendix A. The others are in use with the exchange columns but no
text that fixes them has been read: docs/reference/open-data.md says which.
"""

from __future__ import annotations

from collections.abc import Mapping

from yinuo.catalogue.city import Unit
from yinuo.core.identifiers import check_uscc, task_code
from yinuo.core.item import Item, Material

CodeList = Mapping[str, str]

TASK_TYPES: CodeList = {
    "00": "行政权力事项",
    "01": "行政许可",
    "02": "行政处罚",
    "03": "行政强制",
    "04": "行政征收",
    "05": "行政给付",
    "06": "行政检查",
    "07": "行政确认",
    "08": "行政奖励",
    "09": "行政裁决",
    "10": "其他类别",
    "20": "公共服务事项",
}
"""事项类型, A1."""
LEVELS: CodeList = {
    "1": "国家级",
    "2": "省级",
    "3": "市级",
    "4": "县级",
    "5": "镇（乡、街道）级",
    "6": "村（社区）级",
    "7": "分级管理",
}
"""行使层级, A2."""
BODIES: CodeList = {"1": "法定机关", "2": "授权组织", "3": "受委托组织", "9": "其他"}
"""实施主体性质, A3."""
AUDIENCES: CodeList = {
    "1": "自然人",
    "2": "企业法人",
    "3": "事业法人",
    "4": "社会组织法人",
    "5": "行政机关",
    "6": "其他组织",
}
"""服务对象, A4."""
CHANNELS: CodeList = {
    "1": "窗口办理",
    "2": "电脑端网上办理",
    "3": "移动端网上申请",
    "4": "快递申请",
    "9": "其他",
}
"""办理形式, A5."""
HANDLINGS: CodeList = {"1": "即办件", "2": "承诺件", "9": "其他"}
"""办件类型, A6."""
PROCEDURES: CodeList = {"1": "延长审批", "2": "除延长审批之外"}
"""特别程序种类, A7."""
DEPTHS: CodeList = {"Ⅰ": "信息公示和咨询", "Ⅱ": "表格下载", "Ⅲ": "在线预审", "Ⅳ": "全程网办"}
"""网上办理深度, the four grades beside C0109; not confirmed by a text."""
MATERIAL_TYPES: CodeList = {"1": "原件", "2": "复印件", "3": "原件和复印件"}
"""材料类型; not confirmed by a text."""
MATERIAL_FORMATS: CodeList = {"1": "纸质", "2": "电子", "3": "纸质和电子（二选一）"}
"""材料形式; not confirmed by a text."""
NEEDS: CodeList = {"1": "必要", "2": "非必要", "3": "容缺后补"}
"""材料必要性; 1 and 2 seen in use, 3 not confirmed."""
SOURCES: CodeList = {"10": "申请人自备", "20": "政府部门核发", "99": "其他"}
"""来源渠道; not confirmed by a text."""

# A police station is an outpost of the county's bureau and no organ of the town: its power is exercised at
# county level.
_LEVEL_OF = {"station": "4", "county": "4", "city": "3", "province": "2"}
_AUDIENCE_OF = {"person": "1", "company": "2", "organisation": "6"}
_HANDLING_OF = {"immediate": "1", "promise": "2"}
_DEPTH_OF = {"consult": "Ⅰ", "download": "Ⅱ", "prefill": "Ⅲ", "full": "Ⅳ"}
_SOURCE_OF = {"applicant": "10", "government": "20", "other": "99"}
_MOST_SERIAL = 99


def level(item: Item) -> str:
    """行使层级 (A2) at which the item is decided."""
    return _LEVEL_OF[item.jurisdiction]


def rank(unit: Unit) -> str:
    """行使层级 (A2) at which a unit stands, read off the zeros of its division (GB/T 2260)."""
    if unit.division.endswith("0000"):
        return "2"
    return "3" if unit.division.endswith("00") else "4"


def implementation_code(item: Item, unit: Unit) -> str | None:
    """实施编码 of 31 characters: the unit's credit code, 行使层级, 基本编码.

    None where one of the parts is unknown, and where the unit does not stand at the level that exercises the
    power: a code names one body, and that of another body would be invented.
    """
    if item.base_code is None or unit.uscc is None or check_uscc(unit.uscc) is not None:
        return None
    return task_code(unit.uscc, level(item), item.base_code) if rank(unit) == level(item) else None


def handling_item_code(item: Item, unit: Unit, serial: int) -> str | None:
    """业务办理项编码 of 33 characters: the 实施编码 and a serial from 01 to 99; None where there is none.

    Raises ValueError for a serial outside that range.
    """
    if not 1 <= serial <= _MOST_SERIAL:
        raise ValueError(f"a serial of two digits runs from 1 to 99: {serial}")
    code = implementation_code(item, unit)
    return None if code is None else f"{code}{serial:02d}"


def audiences(item: Item) -> list[str]:
    """服务对象 (A4), ascending. Our `organisation` is whoever is neither person nor company: 其他组织."""
    return sorted(_AUDIENCE_OF[kind] for kind in item.audience)


def channels(item: Item) -> list[str]:
    """办理形式 (A5), ascending: the window where somebody has to come, computer and phone where the form is
    online, courier where nobody has to come and nothing has to be brought."""
    is_online = item.online in ("prefill", "full")
    by_courier = not item.visits and not any(material.bring for material in item.materials)
    return ["1"] * bool(item.visits) + ["2", "3"] * is_online + ["4"] * by_courier


def handling(item: Item) -> str:
    """办件类型 (A6)."""
    return _HANDLING_OF[item.handling]


def depth(item: Item) -> str:
    """网上办理深度: Ⅰ to Ⅳ."""
    return _DEPTH_OF[item.online]


def material_type(material: Material) -> str:
    """材料类型 of a paper from the applicant; empty for electronic ones and for what the office fetches."""
    if material.fetch or material.form == "electronic":
        return ""
    return "2" if material.form == "copy" else "1"


def material_format(material: Material) -> str:
    """材料形式: a photo of a paper may be uploaded, unless the paper itself is kept or handed over."""
    if material.fetch or material.form == "electronic":
        return "2"
    return "1" if material.bring or material.form == "original" else "3"


def need(material: Material) -> str:
    """材料必要性: 1 only for what everybody has to hand in, or the office always fetches."""
    return "1" if material.required and material.when is None else "2"


def source(material: Material) -> str:
    """来源渠道."""
    return _SOURCE_OF[material.source]
