"""A first draft of an item from a row of facts: the mechanical half. The other half is a person's.

A row is a JSON object as services are gathered; `RowShape` says which keys are read. What the row does not
know stays open in a way that `yinuo check` minds: English that is still Chinese, a law that is not in the
register, an article that names none, a fee that says nothing, scenarios without answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pypinyin import lazy_pinyin

from yinuo.catalogue.loading import LawShape
from yinuo.catalogue.numerals import chinese
from yinuo.catalogue.reader import dotted
from yinuo.catalogue.schema import Key, Words

Row = Mapping[str, Any]

KINDS = {
    "行政许可": "01", "行政处罚": "02", "行政强制": "03", "行政征收": "04", "行政给付": "05",
    "行政检查": "06", "行政确认": "07", "行政奖励": "08", "行政裁决": "09", "行政备案": "10",
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
NOT_KNOWN = "没有查到"
# Before a long holiday the due days of a scenario show something.
START = "2026-02-13 09:00"

_FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")
_HALF_WIDTH = re.compile(r"(?<=[一-鿿])[,;:?!](?=[一-鿿])|[()]")
_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CHINESE = re.compile(r"[一-鿿]")

# 第10-13条; 第23(1)条, which is 第二十三条第（一）项; and what is a remark in brackets and no number.
_RANGE = re.compile(r"第?(\d+)条?[-－—–~至]第?(\d+)条?")
_ARTICLE = re.compile(r"第?(\d+)(?:[(（](\d+)[)）])?条?")
_REMARK = re.compile(r"[(（](?![\d零一二三四五六七八九十百]+[)）])[^()（）]*[)）]")
_LONGEST_RANGE = 9  # articles that are named one by one; the ground of an item has eighty characters


def _sounds_like_a_key(name: str) -> str:
    if not _KEY.fullmatch(sound := "".join(lazy_pinyin(name))):
        raise ValueError(f"{sound} cannot be the key of a branch")
    return name


class _Facts(BaseModel):
    """Rows come from many hands: keys that are not read are no error."""

    model_config = ConfigDict(extra="ignore", strict=True)


class GroundRow(_Facts):
    law: str | None = None
    article: str | None = None


class MaterialRow(_Facts):
    name: Words
    form: str | None = None
    source: str | None = None
    copies: int | None = None
    required: bool | str | None = None
    when: str | None = None
    obtainable_by_data_sharing: bool | None = None


class FieldRow(_Facts):
    key: Key
    label_zh: Words
    type: str
    required: bool | None = None
    choices: list[str | int | float] | None = None


class FeeRow(_Facts):
    amount: int | float | None = None
    unit: str | None = None
    basis: str | None = None
    tiers: list[int | float] | None = None


class ResultRow(_Facts):
    name_zh: str | None = None
    type: str | None = None
    validity: str | None = None


class RowShape(_Facts):
    """The facts of a row. `fee` 0 is free, null is not known."""

    id: Key
    name_zh: Words
    branch: Annotated[Words, AfterValidator(_sounds_like_a_key)]
    name_en: str | None = None
    kind: str | None = None
    handling: str | None = None
    audience: list[str] | None = None
    jurisdiction: str | None = None
    legal_basis: list[GroundRow] | None = None
    statutory_days: int | None = None
    statutory_unit: str | None = None
    promised_days: int | None = None
    promised_unit: str | None = None
    conditions: list[Words] | None = None
    materials: list[MaterialRow] | None = None
    form_fields: list[FieldRow] | None = None
    steps: list[str] | None = None
    fee: int | float | FeeRow | None = None
    result: ResultRow | None = None
    visits: int | None = None
    online_depth: str | None = None
    confidence: str | None = None
    basis_check: str | None = None
    basis_note: str | None = None


def problem(row: object) -> str | None:
    """The first thing that keeps a row from becoming a draft, such as `id: Field required`."""
    try:
        RowShape.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return f"{dotted(first['loc'])}: {first['msg'].removeprefix('Value error, ')}"
    return None


def draft(row: Row, laws: Mapping[str, LawShape]) -> dict[str, Any]:
    """The content of an item file from a row without a `problem`. It loads; `yinuo check` says the rest."""
    immediate = row.get("handling") == "即办件"
    visits = row.get("visits")
    return {
        "id": row["id"],
        "name": _text(row["name_zh"], row.get("name_en")),
        "summary": _text(row["name_zh"], row.get("name_en")),
        "branch": branch(row),
        "kind": KINDS.get(str(row.get("kind")), "20"),
        "handling": "immediate" if immediate else "promise",
        "audience": [AUDIENCE[one] for one in row.get("audience") or [] if one in AUDIENCE] or ["person"],
        "jurisdiction": JURISDICTION.get(str(row.get("jurisdiction")), "county"),
        "keywords": [row["name_zh"]],
        "basis": list(_basis(row, laws)),
        "conditions": [_text(one) for one in row.get("conditions") or [row["name_zh"]]],
        "form": list(_pages(row.get("form_fields") or [])),
        "materials": list(_materials(list(_papers(row)), bool(visits))),
        "route": _route(row, immediate=immediate),
        "limits": _limits(row, laws, immediate=immediate),
        "fee": _fee(row.get("fee")),
        "result": _result(row.get("result") or {}),
        "visits": _visits(visits or 0),
        "online": _online(row),
        "verification": _verification(row),
        "scenarios": [_scenario("顺利办成", "happy"), _scenario("这件事和别的不一样的地方", "particular")],
    }


def branch(row: Row) -> str:
    """The key of a branch is the sound of its name: 交管 is jiaoguan."""
    return "".join(lazy_pinyin(str(row["branch"])))


def slug(words: str, otherwise: str) -> str:
    """A key out of Chinese words, by their sound; `otherwise` where that makes none."""
    parts = [part for part in lazy_pinyin(words) if part.isascii() and part.isalnum()]
    key = "-".join(part.lower() for part in parts)[:48].strip("-")
    return key if _KEY.fullmatch(key) else otherwise


def keys(names: Iterable[str], word: str) -> Iterator[str]:
    """A key for each name; where two sound the same, or one has no sound, `word` and its number."""
    taken: set[str] = set()
    for n, name in enumerate(names, 1):
        key = slug(name, f"{word}-{n}")
        key = f"{word}-{n}" if key in taken else key
        taken.add(key)
        yield key


def _text(zh: str, en: str | None = None) -> dict[str, str]:
    return {"zh": tidy(zh), "en": en or tidy(zh)}


def tidy(words: str) -> str:
    """Full-width punctuation where Chinese stands."""
    if not _CHINESE.search(words):
        return words.strip()
    return _HALF_WIDTH.sub(lambda found: found[0].translate(_FULL_WIDTH), words).strip()


def _basis(row: Row, laws: Mapping[str, LawShape]) -> Iterator[dict[str, str]]:
    for one in row.get("legal_basis") or [{}]:
        article = articles(one.get("article") or NOT_KNOWN)
        yield {"law": law_named(str(one.get("law") or ""), laws), "article": article}


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
    spread = _RANGE.sub(_spread, _REMARK.sub("", written))
    parts = [_article(part.strip()) for part in re.split(r"[,，、;；]+", spread) if part]
    return "、".join(parts) or written


def _spread(found: re.Match[str]) -> str:
    first, last = int(found[1]), int(found[2])
    if 0 <= last - first < _LONGEST_RANGE:
        return ",".join(str(number) for number in range(first, last + 1))
    return f"第{first}条至第{last}条"


def _article(part: str) -> str:
    found = _ARTICLE.fullmatch(part)
    if found is None:
        return re.sub(r"\d+", lambda m: chinese(int(m[0])), part).translate(_FULL_WIDTH)
    point = f"第（{chinese(int(found[2]))}）项" if found[2] else ""
    return f"第{chinese(int(found[1]))}条{point}"


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
    if not _required(row):
        made["required"] = False
    if row["type"] == "number":
        made["least"] = 0
    if row.get("choices"):
        shown = [str(one) for one in row["choices"]]
        values = keys(shown, "choice")
        made["choices"] = [{"value": value, **_text(one)} for value, one in zip(values, shown, strict=True)]
    return made


def _papers(row: Row) -> Iterator[Row]:
    """The materials, and every file that the form asks for: a file is a material, not a field."""
    listed = row.get("materials") or []
    yield from listed
    for field in row.get("form_fields") or []:
        label = str(field["label_zh"])
        known = any(label in str(one["name"]) or str(one["name"]) in label for one in listed)
        if field["type"] == "file" and not known:
            yield {"name": label, "form": "电子", "source": "申请人自备", "required": _required(field)}


def _materials(rows: Sequence[Row], visited: bool) -> Iterator[dict[str, Any]]:
    names = [str(row["name"]) for row in rows]
    for key, name, row in zip(keys(names, "material"), names, rows, strict=True):
        yield {"key": key, "name": _text(name), **_paper(row, visited)}


def _required(row: Row) -> bool:
    """Needed unless the row says that it is not, or only under a condition."""
    return row.get("required") in (True, None)


def _paper(row: Row, visited: bool) -> dict[str, Any]:
    fetched = row.get("obtainable_by_data_sharing") is True
    form = FORMS.get(str(row.get("form")), "copy")
    # Nobody shows an original where nobody has to come: a photograph of it is asked for.
    shown = visited or fetched or form in ("copy", "electronic")
    made: dict[str, Any] = {"form": form if shown else "electronic"}
    made["source"] = SOURCES.get(str(row.get("source")), "other")
    if row.get("copies") not in (None, 1):
        made["copies"] = row["copies"]
    if not _required(row):
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
    """A statutory limit whose ground is not known stays without one."""
    statutory = _days(row, "statutory")
    ground = next(_basis(row, laws)) if statutory and row.get("legal_basis") else None
    promised = _days(row, "promised") or ("now" if immediate else statutory or "20wd")
    return {
        "accept": {"promised": "now" if immediate else "5wd", "statutory": None, "ground": None},
        "decide": {"promised": promised, "statutory": statutory, "ground": ground},
    }


def _days(row: Row, limit: str) -> str | None:
    days, unit = row.get(f"{limit}_days"), str(row.get(f"{limit}_unit"))
    if unit == "immediate":
        return "now"
    return f"{days}{UNITS[unit]}" if days and unit in UNITS else None


def _fee(fee: Any) -> dict[str, Any] | None:
    """Free where the row says 0; a fee that is not known has neither amount nor note."""
    known = fee if isinstance(fee, Mapping) else {"amount": fee}
    amount, unit = known.get("amount"), known.get("unit")
    if amount == 0:
        return None
    made: dict[str, Any] = {"amount": amount, "ground": str(known.get("basis") or NOT_KNOWN)}
    if amount is not None:
        made["unit"] = _text(str(unit or "元"))
    elif unit:
        made["note"] = _text(str(unit))
    if known.get("tiers"):
        made["note"] = _text("分档：" + "、".join(str(tier) for tier in known["tiers"]))
    return made


def _result(result: Row) -> dict[str, Any]:
    name, validity = result.get("name_zh") or "办理结果", result.get("validity") or "长期"
    kind = RESULTS.get(str(result.get("type")), "service")
    return {"name": _text(str(name)), "kind": kind, "validity": _text(str(validity))}


def _visits(count: int) -> dict[str, Any]:
    reason = {"reason": _text("要当面核对")} if count else {}
    return {"count": count, **reason}


def _online(row: Row) -> str:
    """Whoever has to come does not do all of it online."""
    online = ONLINE.get(str(row.get("online_depth")), "full")
    return "prefill" if row.get("visits") and online == "full" else online


def _scenario(name: str, shows: str) -> dict[str, Any]:
    return {"name": name, "shows": shows, "start": START, "answers": {}, "events": [], "expect": {}}


def _verification(row: Row) -> dict[str, str]:
    level = "text-read" if row.get("basis_check") == "confirmed" else "unverified"
    note = row.get("basis_note") or f"依据核对：{row.get('basis_check') or '没有'}"
    return {"level": level, "note": f"{note}；事实可信度：{row.get('confidence') or '没有写'}"}
