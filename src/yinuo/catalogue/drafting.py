"""A first draft of an item from a row of facts: the mechanical half. The other half is a person's.

A row is a JSON object as services are gathered: `id`, `name_zh`, `name_en`, `branch`, `kind`, `handling`,
`audience`, `jurisdiction`, `legal_basis` [{law, article}], `statutory_days`, `statutory_unit`, `conditions`,
`materials`, `form_fields`, `steps`, `fee`, `result`, `visits`, `confidence`, `basis_check`. What the row does
not know stays open in a way that `yinuo check` minds: English that is still Chinese, a law that is not in
the register, a scenario that is not there yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pypinyin import lazy_pinyin

from yinuo.catalogue.loading import LawShape

Row = Mapping[str, Any]

KINDS = {
    "行政许可": "01", "行政给付": "05", "行政确认": "07", "行政奖励": "08", "行政备案": "10",
    "其他行政权力": "10", "公共服务": "20",
}  # fmt: skip
AUDIENCE = {"个人": "person", "企业": "company", "其他组织": "organisation"}
JURISDICTION = {"派出所": "station", "县级": "county", "市级": "city", "省级": "province"}
FORMS = {"原件": "original", "复印件": "copy", "核验": "check", "电子": "electronic"}
SOURCES = {"政府部门核发": "government", "申请人自备": "applicant", "其他": "other"}
RESULTS = {
    "证照": "licence", "登记": "registration", "批文": "approval", "答复": "reply", "证明": "proof",
    "查询结果": "record", "其他": "service",
}  # fmt: skip
ONLINE = {"II": "download", "III": "prefill", "IV": "full"}
UNITS = {"working": "wd", "calendar": "cd"}
# The first step that a row names decides on the route; rows without any of them are reviewed.
ROUTES = (
    ("听证", "heard"), ("公示", "publicised"), ("考试", "examined"), ("现场核查", "inspected"),
    ("检验", "inspected"), ("审批", "reviewed"),
)  # fmt: skip
_RANGE = re.compile(r"第?(\d+)[-－至](\d+)条?")
_NUMBER = re.compile(r"第?(\d+)(?:[（(](\d+)[)）])?条?")


def draft(row: Row, laws: Mapping[str, LawShape]) -> dict[str, Any]:
    """The content of an item file, without scenarios. Raises KeyError where a row lacks its very name."""
    immediate = row.get("handling") == "即办件"
    visits = row.get("visits")
    return {
        "id": row["id"],
        "name": _text(row["name_zh"], row.get("name_en")),
        "summary": _text(row["name_zh"], row.get("name_en")),
        "branch": branch(row),
        "kind": KINDS.get(str(row.get("kind")), "20"),
        "handling": "immediate" if immediate else "promise",
        "audience": [AUDIENCE[one] for one in row.get("audience") or ["个人"] if one in AUDIENCE],
        "jurisdiction": JURISDICTION.get(str(row.get("jurisdiction")), "county"),
        "keywords": [row["name_zh"]],
        "basis": list(_basis(row, laws)),
        "conditions": [_text(one) for one in row.get("conditions") or [row["name_zh"]]],
        "form": list(_pages(row.get("form_fields") or [])),
        "materials": list(_materials(row.get("materials") or [], bool(visits))),
        "route": _route(row, immediate=immediate),
        "limits": _limits(row, laws, immediate=immediate),
        "fee": _fee(row.get("fee")),
        "result": _result(row.get("result") or {}),
        "visits": _visits(visits or 0),
        "online": "prefill" if visits else ONLINE.get(str(row.get("online_depth")), "full"),
        "verification": _verification(row),
    }


def branch(row: Row) -> str:
    """The key of a branch is the sound of its name: 交管 is jiaoguan."""
    return "".join(lazy_pinyin(str(row["branch"])))


def slug(words: str, otherwise: str) -> str:
    """A key out of Chinese words, by their sound; `otherwise` where that makes none."""
    parts = [part for part in lazy_pinyin(words) if part.isascii() and part.isalnum()]
    key = "-".join(part.lower() for part in parts)[:48].strip("-")
    return key if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", key) else otherwise


def _text(zh: str, en: str | None = None) -> dict[str, str]:
    return {"zh": zh, "en": en or zh}


def _basis(row: Row, laws: Mapping[str, LawShape]) -> Iterator[dict[str, str]]:
    for one in row.get("legal_basis") or []:
        yield {"law": law_named(str(one["law"]), laws), "article": articles(one.get("article") or "第一条")}


def law_named(name: str, laws: Mapping[str, LawShape]) -> str:
    """The law's id by its name, its short name or another spelling; a key of its sound when unknown."""
    plain = re.sub(r"[（(].*?[)）]|中华人民共和国|[《》]", "", name)
    for law in laws.values():
        spellings = {law.name.zh, *law.short.values(), *law.aliases}
        if name in spellings or plain in {re.sub("中华人民共和国", "", one) for one in spellings}:
            return law.id
    return slug(plain, "unknown-law")


def articles(written: str) -> str:
    """`第10-13条` as 第十条、第十一条、第十二条、第十三条; what is already in Chinese stays."""
    spread = _RANGE.sub(lambda m: ",".join(str(n) for n in range(int(m[1]), int(m[2]) + 1)), written)
    if not re.search(r"\d", spread):
        return re.sub(r"[(（].*?[)）]", "", spread).replace(",", "、") or written
    numbers = [int(found[0]) for found in _NUMBER.findall(spread)]
    return "、".join(f"第{chinese(number)}条" for number in numbers)


def chinese(number: int) -> str:
    """25 as 二十五, 103 as 一百零三, 1254 as 一千二百五十四; from 1 to 9999."""
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
        gap = bool(words) and not digit
    return words.removeprefix("一") if 10 <= number < 20 else words


def _pages(fields: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Seven questions a page: what fits a telephone's screen without losing the thread."""
    asked = [field for field in fields if field["type"] != "file"] or [
        {"key": "request", "label_zh": "要办什么", "type": "longtext", "required": True}
    ]
    for n in range(0, len(asked), 7):
        title = _text("填写", "Your answers") if n == 0 else _text("继续填写", "More answers")
        yield {"page": f"page-{n // 7 + 1}", "title": title, "fields": [*map(_field, asked[n : n + 7])]}


def _field(row: Row) -> dict[str, Any]:
    made: dict[str, Any] = {"key": row["key"], "label": _text(row["label_zh"]), "type": row["type"]}
    if not row.get("required", True):
        made["required"] = False
    if row["type"] == "number":
        made["least"] = 0
    if row.get("choices"):
        made["choices"] = [
            {"value": slug(str(one), f"choice-{n}"), "zh": str(one), "en": str(one)}
            for n, one in enumerate(row["choices"], 1)
        ]
    return made


def _materials(rows: Sequence[Row], visited: bool) -> Iterator[dict[str, Any]]:
    keys: set[str] = set()
    for n, row in enumerate(rows, 1):
        key = slug(str(row["name"]), f"material-{n}")
        key = key if key not in keys else f"material-{n}"
        keys.add(key)
        yield {"key": key, "name": _text(str(row["name"])), **_paper(row, visited)}


def _paper(row: Row, visited: bool) -> dict[str, Any]:
    fetched = row.get("obtainable_by_data_sharing") is True
    form = FORMS.get(str(row.get("form")), "copy")
    # Nobody shows an original where nobody has to come: a photograph of it is asked for.
    shown = visited or fetched or form in ("copy", "electronic")
    made: dict[str, Any] = {"form": form if shown else "electronic"}
    made["source"] = SOURCES.get(str(row["source"]), "other")
    if row.get("copies", 1) != 1:
        made["copies"] = row["copies"]
    if row.get("required") is not True:
        made["required"] = False
    if fetched:
        made["fetch"] = True
    if row.get("when"):
        made["note"] = _text(str(row["when"]))
    return made


def _route(row: Row, *, immediate: bool) -> str:
    if immediate:
        return "immediate"
    if row.get("kind") == "行政备案":
        return "filing"
    steps = row.get("steps") or []
    return next((route for step, route in ROUTES if step in steps), "reviewed")


def _limits(row: Row, laws: Mapping[str, LawShape], *, immediate: bool) -> dict[str, Any]:
    days, unit = row.get("statutory_days"), UNITS.get(str(row.get("statutory_unit")))
    statutory = f"{days}{unit}" if days and unit else None
    ground = next(_basis(row, laws), None) if statutory else None
    promised = "now" if immediate else statutory or "20wd"
    return {
        "accept": {"promised": "now" if immediate else "5wd", "statutory": None, "ground": None},
        "decide": {"promised": promised, "statutory": statutory if ground else None, "ground": ground},
    }


def _fee(fee: Any) -> dict[str, Any] | None:
    if not isinstance(fee, Mapping):
        return None
    amount, unit = fee.get("amount"), _text(str(fee.get("unit") or "元"))
    made: dict[str, Any] = {"amount": amount, "ground": str(fee.get("basis") or "没有查到")}
    return made | ({"unit": unit} if amount is not None else {"note": unit})


def _result(result: Row) -> dict[str, Any]:
    name, validity = result.get("name_zh") or "办理结果", result.get("validity") or "长期"
    kind = RESULTS.get(str(result.get("type")), "service")
    return {"name": _text(str(name)), "kind": kind, "validity": _text(str(validity))}


def _visits(count: int) -> dict[str, Any]:
    reason = {"reason": _text("要当面核对")} if count else {}
    return {"count": count, **reason}


def _verification(row: Row) -> dict[str, str]:
    level = "text-read" if row.get("basis_check") == "confirmed" else "unverified"
    note = row.get("basis_note") or f"依据核对：{row.get('basis_check') or '没有'}"
    return {"level": level, "note": f"{note}；事实可信度：{row.get('confidence') or '没有写'}"}
