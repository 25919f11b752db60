"""An item as a list of things and facts in words: what `item show` prints and `item diff` compares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yinuo.catalogue import conditions, wording
from yinuo.catalogue.loading import LawShape
from yinuo.core.clock import Limit, Unit
from yinuo.core.form import AllOf, Field, Page, Text, When
from yinuo.core.item import Ground, Item, ItemLimit, Material

Laws = Mapping[str, LawShape]
NOTHING = Text("没有", "none")
YES, NO = Text("是", "yes"), Text("否", "no")

AUDIENCE = {
    "person": Text("个人", "people"),
    "company": Text("企业", "companies"),
    "organisation": Text("其他单位", "organisations"),
}
# 事项类型, GB/T 39046 A.1
KINDS = {
    "01": Text("行政许可", "permit"),
    "02": Text("行政处罚", "penalty"),
    "03": Text("行政强制", "coercive measure"),
    "04": Text("行政征收", "levy"),
    "05": Text("行政给付", "payment"),
    "06": Text("行政检查", "inspection"),
    "07": Text("行政确认", "confirmation"),
    "08": Text("行政奖励", "award"),
    "09": Text("行政裁决", "ruling"),
    "10": Text("其他类别", "other"),
    "20": Text("公共服务", "public service"),
}
HANDLING = {"immediate": Text("即办件", "done at once"), "promise": Text("承诺件", "done within a promise")}
JURISDICTION = {
    "station": Text("派出所", "police station"),
    "county": Text("县级", "county"),
    "city": Text("市级", "city"),
    "province": Text("省级", "province"),
}
ONLINE = {
    "consult": Text("网上查询咨询", "information online"),
    "download": Text("网上下载表格", "forms online"),
    "prefill": Text("网上填好，到场核对", "filled in online, checked at the window"),
    "full": Text("全程网办", "wholly online"),
}
REAL_NAME = {
    "none": Text("不要求", "not needed"),
    "checked": Text("身份证号核对过", "an identity number that was checked"),
    "verified": Text("身份认证平台核实过", "verified by the identity provider"),
}
LEVELS = {
    "unverified": Text("没有核对", "not verified"),
    "text-read": Text("对照过法条", "law text read"),
    "office-confirmed": Text("主管部门确认过", "confirmed by the office"),
}
FORMS = {
    "original": Text("原件", "original"),
    "copy": Text("复印件", "copy"),
    "electronic": Text("电子件", "electronic"),
    "check": Text("核对后退还", "checked and handed back"),
}
SOURCES = {
    "government": Text("政府部门发的", "issued by government"),
    "applicant": Text("申请人自己的", "the applicant's own"),
    "other": Text("其他单位的", "from others"),
}
LIMITS = {
    "accept": Text("答复是否受理", "answer on acceptance"),
    "decide": Text("办结", "decision"),
    "deliver": Text("送达", "delivery"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """`title` is empty where the value speaks for itself."""

    key: str
    title: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of an item: the item itself, a limit, a question, a paper. `part` groups things."""

    part: Text
    key: str
    name: Text
    facts: tuple[Fact, ...]


def describe(item: Item, laws: Laws) -> list[Thing]:
    """The whole item; things are told apart by part and key, facts by key."""
    return [
        _service(item, laws),
        *_limits(item, laws),
        *_pages(item),
        *_materials(item),
        *_procedures(item, laws),
        _money(item),
        _result(item),
    ]


def _fact(key: str, zh: str, en: str, value: Text) -> Fact:
    return Fact(key, Text(zh, en), value)


def listed(texts: list[Text]) -> Text:
    if not texts:
        return NOTHING
    return Text("；".join(text.zh for text in texts), "; ".join(text.en for text in texts))


def limit_words(limit: Limit) -> Text:
    """The limit, and that a last day off does not move where it could."""
    zh, en = wording.limit(limit, "zh"), wording.limit(limit, "en")
    if limit.rolls or limit.unit not in (Unit.CALENDAR_DAY, Unit.MONTH):
        return Text(zh, en)
    return Text(f"{zh}，最后一天放假也不顺延", f"{en}, also when the last is a day off")


def ground_words(ground: Ground | None, laws: Laws) -> Text:
    if ground is None:
        return NOTHING
    return Text(wording.ground(str(ground), laws, "zh"), wording.ground(str(ground), laws, "en"))


def _service(item: Item, laws: Laws) -> Thing:
    facts = (
        _fact("summary", "简介", "summary", item.summary),
        _fact("branch", "业务类别", "branch", _plain(item.branch)),
        _fact("kind", "事项类型", "kind", KINDS[item.kind]),
        _fact("code", "基本编码", "national code", _plain(item.base_code or "")),
        _fact("handling", "办件类型", "handling", HANDLING[item.handling]),
        _fact("audience", "服务对象", "audience", listed([AUDIENCE[one] for one in item.audience])),
        _fact("jurisdiction", "行使层级", "level", JURISDICTION[item.jurisdiction]),
        _fact("route", "流程", "route", item.route.name),
        _fact("way", "谁来办", "who does what", item.route.about),
        _fact("steps", "步骤", "steps", listed([step.name for step in item.route.steps])),
        _fact("basis", "依据", "legal ground", listed([ground_words(one, laws) for one in item.basis])),
        _fact("conditions", "条件", "conditions", listed(list(item.conditions))),
        _fact("situations", "情形", "situations", listed([one.name for one in item.situations])),
        _fact("real-name", "实名", "real name", REAL_NAME[item.real_name]),
        _fact("online", "网办", "online", ONLINE[item.online]),
        _fact("visits", "到场次数", "visits", _visits(item)),
        _fact("remedies", "救济", "ways to appeal", listed(list(item.remedies))),
        _fact("keywords", "关键词", "search words", _plain("、".join(item.keywords))),
        _fact("topics", "主题", "topics", _plain("、".join(item.topics))),
        _fact("verification", "核对", "verification", _verification(item)),
    )
    return Thing(Text("事项", "Service"), item.id, item.name, facts)


def _plain(value: str) -> Text:
    return Text(value, value) if value else NOTHING


def _visits(item: Item) -> Text:
    reason = item.visit_reason
    if reason is None:
        return _plain(str(item.visits))
    return Text(f"{item.visits}，{reason.zh}", f"{item.visits}: {reason.en}")


def _verification(item: Item) -> Text:
    level, note = LEVELS[item.verification.level], item.verification.note
    return Text(f"{level.zh}：{note}", f"{level.en}: {note}")


def _limits(item: Item, laws: Laws) -> Iterator[Thing]:
    for key, limit in item.limits.items():
        yield _limit(key, LIMITS[key], limit, laws)
    if item.extension is not None:
        yield _limit("extension", Text("延长", "extension"), item.extension, laws)
    if item.silence is not None:
        field = item.form.keys[item.silence.field].label
        silent = (
            _fact("after", "过了哪天", "after the day of", field),
            _fact("ground", "依据", "legal ground", ground_words(item.silence.ground, laws)),
        )
        granted = Text("不答复视为准予", "no answer is a yes")
        yield Thing(Text("时限", "Limits"), "silence", granted, silent)
    answer = limit_words(item.supplement.answer)
    restarts = YES if item.supplement.restarts else NO
    facts = (
        _fact("answer", "申请人补正", "the applicant answers within", answer),
        _fact("restarts", "补正后重新计时", "the clock starts anew", restarts),
        _fact("ground", "依据", "legal ground", ground_words(item.supplement.ground, laws)),
    )
    yield Thing(Text("时限", "Limits"), "supplement", Text("一次性告知", "supplement notice"), facts)


def _limit(key: str, name: Text, limit: ItemLimit, laws: Laws) -> Thing:
    statutory = limit_words(limit.statutory) if limit.statutory is not None else NOTHING
    if limit.statutory is None:
        statutory = Text("法律没有规定，是本市的承诺", "the law is silent: the city's own promise")
    facts = (
        _fact("promised", "承诺", "promised", limit_words(limit.promised)),
        _fact("statutory", "法定", "statutory", statutory),
        _fact("ground", "依据", "legal ground", ground_words(limit.ground, laws)),
    )
    return Thing(Text("时限", "Limits"), key, name, facts)


def _pages(item: Item) -> Iterator[Thing]:
    for page in item.form.pages:
        for field in page.fields:
            yield _question(field, page, item)


def _question(field: Field, page: Page, item: Item) -> Thing:
    facts = [
        _fact("asked", "", "", _need(field.required, _together(page.when, field.when, item), QUESTION)),
        _fact("page", "页", "page", page.title),
        _fact("type", "类型", "type", _plain(field.type)),
        _fact("hint", "提示", "hint", field.hint or NOTHING),
        _fact("choices", "选项", "choices", listed([choice.label for choice in field.choices])),
        _fact("bounds", "范围", "bounds", _bounds(field)),
    ]
    return Thing(Text("填写项", "Questions"), field.key, field.label, tuple(facts))


def _together(page: When | None, field: When | None, item: Item) -> Text | None:
    both = AllOf((page, field)) if page is not None and field is not None else page or field
    return conditions.words(both, item.form) if both is not None else None


QUESTION = (Text("必填", "required"), Text("选填", "optional"))
PAPER = (Text("必须交", "required"), Text("可交可不交", "optional"))


def _need(required: bool, when: Text | None, words: tuple[Text, Text]) -> Text:
    need = words[0] if required else words[1]
    return Text(f"{need.zh}，当{when.zh}", f"{need.en} when {when.en}") if when else need


def _bounds(field: Field) -> Text:
    parts: list[Text] = []
    if field.least is not None:
        parts.append(
            Text(f"最少 {conditions.number(field.least)}", f"at least {conditions.number(field.least)}")
        )
    if field.most is not None:
        parts.append(
            Text(f"最多 {conditions.number(field.most)}", f"at most {conditions.number(field.most)}")
        )
    if field.past:
        parts.append(Text("今天或以前", "today or before"))
    if field.future:
        parts.append(Text("今天或以后", "today or later"))
    if field.longest is not None:
        parts.append(Text(f"{field.longest} 字以内", f"{field.longest} characters"))
    return listed(parts)


def _materials(item: Item) -> Iterator[Thing]:
    for material in item.materials:
        when = conditions.words(material.when, item.form) if material.when is not None else None
        copies = _plain(str(material.copies))
        facts = (
            _fact("need", "", "", _need(material.required, when, PAPER)),
            _fact("who", "谁来备", "who provides it", _provider(material)),
            _fact("form", "形式", "form", FORMS[material.form]),
            _fact("copies", "份数", "copies", copies),
            _fact("source", "来源", "source", SOURCES[material.source]),
            _fact("note", "说明", "note", material.note or NOTHING),
        )
        yield Thing(Text("材料", "Materials"), material.key, material.name, facts)


def _provider(material: Material) -> Text:
    if material.fetch:
        return Text("我们自己查", "the office fetches it")
    if material.bring:
        return Text("带到窗口", "brought to the window")
    return Text("申请人上传", "uploaded by the applicant")


def _procedures(item: Item, laws: Laws) -> Iterator[Thing]:
    for one in item.special_procedures:
        longest = limit_words(one.longest) if one.longest is not None else NOTHING
        facts = (
            _fact("ground", "依据", "legal ground", ground_words(one.ground, laws)),
            _fact("longest", "最长", "at most", longest),
        )
        yield Thing(Text("停表", "Clock stops"), one.key, one.name, facts)


def _money(item: Item) -> Thing:
    fee = item.fee
    if fee is None:
        facts: tuple[Fact, ...] = (_fact("amount", "", "", Text("不收费", "free")),)
    else:
        amount = f"{conditions.number(fee.amount)} " if fee.amount is not None else ""
        unit = fee.unit or Text("看情形", "depends")
        facts = (
            _fact("amount", "", "", Text(f"{amount}{unit.zh}", f"{amount}{unit.en}")),
            _fact("ground", "依据", "ground", _plain(fee.ground)),
            _fact("note", "说明", "note", fee.note or NOTHING),
        )
    return Thing(Text("费用", "Fee"), "fee", Text("费用", "fee"), facts)


def _result(item: Item) -> Thing:
    shown = [field.label for key in item.result.fields if (field := item.form.field(key)) is not None]
    facts = (
        _fact("kind", "种类", "kind", _plain(item.result.kind)),
        _fact("validity", "有效期", "validity", item.result.validity),
        _fact("fields", "写明", "shows", listed(shown)),
    )
    return Thing(Text("结果", "Result"), "result", item.result.name, facts)
