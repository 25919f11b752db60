"""An item of the repository, broken in one place each: what was there, what is there now, what is found."""

from __future__ import annotations

from typing import NamedTuple

DECIDE = "promised: 1wd\n    statutory: 1wd"
INVOICE = "type: text\n        longest: 20"
BOUGHT = "when: {field: acquired_by, is: purchase}"
CUSTOMS = "when: {field: customs, is: true}"
SHOWN = "fields: [name, company_name, plate, vin]"
VISIT = (
    "  count: 1\n  reason: {zh: 车要开到现场查验，号牌要当场收回, "
    "en: The vehicle is inspected and the plates are taken back}\nonline: prefill"
)
COLOUR = "      - key: colour\n        label: {zh: 颜色, en: Colour}\n        type: text\n"
SILENT = "silence: {field: vin, ground: {law: vehicle-registration-rules, article: 第二十五条}}"


class Break(NamedTuple):
    """`path` and `message` of the finding; the message in part."""

    old: str
    new: str
    path: str
    message: str


BREAKS = [
    Break("online: prefill", f"online: prefill\n{SILENT}", "silence.field", "vin is no date"),
    Break(
        DECIDE,
        "promised: 2wd\n    statutory: 1wd",
        "limits.decide.promised",
        "2wd is longer than the statutory 1wd",
    ),
    Break(
        "promised: now\n    statutory: null\n    ground: null",
        "promised: now\n    statutory: 5wd\n    ground: null",
        "limits.accept",
        "a statutory limit and its ground stand together",
    ),
    Break(
        DECIDE,
        "promised: 2wd\n    statutory: 3wd",
        "limits.decide.promised",
        "an immediate item is done within one working day, not 2wd",
    ),
    Break(
        DECIDE,
        "promised: 36h\n    statutory: 3wd",
        "limits.decide.promised",
        "an immediate item is done within one working day, not 36h",
    ),
    Break("  reason: {zh: 车要开", "  # reason: {zh: 车要开", "visits.reason", "a visit needs a reason"),
    Break("count: 1\n", "count: 0\n", "visits.reason", "there is no visit to give a reason for"),
    Break("online: prefill", "online: full", "online", "an item with a visit is not fully online"),
    Break(
        "count: 1\n",
        "count: 0\n",
        "materials.4.bring",
        "is brought to the window, but the item needs no visit",
    ),
    Break(
        "count: 1\n",
        "count: 0\n",
        "materials.2.form",
        "an original has to be shown, but the item needs no visit",
    ),
    Break(
        "count: 1\n",
        "count: 0\n",
        "materials.1.form",
        "an original has to be shown, but the item needs no visit",
    ),
    Break(
        "    copies: 2\n",
        "    fetch: true\n",
        "materials.4.fetch",
        "what the office fetches itself nobody has to bring",
    ),
    Break(
        "basis:\n  - {law: vehicle-registration-rules",
        "basis:\n  - {law: vehicle-rules",
        "basis.0.law",
        "there is no law vehicle-rules in laws.yaml",
    ),
    Break("article: 第二十五条、第二十六条", "article: 第二百五十条", "basis.0.article", "not 250"),
    Break("article: 第二十五条、第二十六条", "article: 有关规定", "basis.0.article", "names no article"),
    Break("topics: [car]", "topics: [cars]", "topics.0", "there is no topic cars"),
    Break("topics: [car]", "topics: [car, car]", "topics.1", "car stands twice"),
    Break("keywords: [过户,", "keywords: [过户, 过户,", "keywords.1", "过户 stands twice"),
    Break("key: pledged", "key: mortgaged", "situations.1", "mortgaged stands twice"),
    Break("- page: seller", "- page: state", "form.2", "state stands twice"),
    Break(
        "- key: vehicle-licence",
        "- key: registration-certificate",
        "materials.3",
        "registration-certificate stands twice",
    ),
    Break("- key: seller_name", "- key: creditor", "form.2.fields.0", "the field creditor stands twice"),
    Break("- key: seller_name", "- key: phone", "form.3.fields.0", "the field phone stands twice"),
    Break(
        "label: {zh: 检验是不是还在有效期内, en: Is the inspection still valid}\n        type: bool",
        "label: {zh: 检验是不是还在有效期内, en: Is the inspection still valid}\n        type: choice",
        "form.1.fields.0",
        "choices belong to the types choice and choices",
    ),
    Break(
        "type: choice\n        choices:\n          - {value: none",
        "type: text\n        choices:\n          - {value: none",
        "form.1.fields.1",
        "choices belong to the types choice and choices",
    ),
    Break("{value: pledge,", "{value: mortgage,", "form.1.fields.1", "encumbrance: a choice stands twice"),
    Break(INVOICE, "type: text\n        least: 1", "form.0.fields.2", "least and most are for numbers"),
    Break(INVOICE, "type: text\n        past: true", "form.0.fields.2", "past and future are for dates"),
    Break(
        "past: true", "past: true\n        future: true", "form.0.fields.3", "no day is both past and future"
    ),
    Break(
        INVOICE, "type: number\n        most: 20", "form.0.fields.2", "a number says the least that it can be"
    ),
    Break(
        INVOICE,
        "type: number\n        least: 3\n        most: 2",
        "form.0.fields.2",
        "least is more than most",
    ),
    Break(INVOICE, "type: file", "form.0.fields.2", "a file is a material, not a field"),
    Break(
        BOUGHT,
        "when: {field: bought_by, is: purchase}",
        "form.0.fields.2.when",
        "when looks at bought_by, which is no field",
    ),
    Break(BOUGHT, CUSTOMS, "form.0.fields.2.when", "when looks at customs, which is asked only later"),
    Break(
        BOUGHT,
        "when: {field: invoice_no, present: true}",
        "form.0.fields.2.when",
        "when looks at invoice_no, which is asked only later",
    ),
    Break(
        BOUGHT,
        "when: {field: acquired_by, is: bought}",
        "form.0.fields.2.when",
        "when compares acquired_by with bought, which is none of its choices",
    ),
    Break(
        "when: {field: encumbrance, in: [mortgage, pledge]}\n      - key: customs",
        "when: {field: encumbrance, in: [mortgage, lien]}\n      - key: customs",
        "form.1.fields.2.when",
        "when compares encumbrance with lien, which is none of its choices",
    ),
    Break(
        CUSTOMS,
        "when: {field: customs, is: 'true'}",
        "materials.8.when",
        "when compares customs with true: write true or false",
    ),
    Break(
        CUSTOMS,
        "when: {not: {all: [{field: a, is: 1}, {field: customs, is: false}]}}",
        "materials.8.when",
        "when looks at a, which is no field",
    ),
    Break(
        "- page: seller\n",
        "- page: seller\n    when: {field: seller_name, present: true}\n",
        "form.2.when",
        "when looks at seller_name, which is asked only later",
    ),
    Break(SHOWN, "fields: [name, plates]", "result.fields.1", "there is no field plates"),
    Break(SHOWN, "fields: []", "result", "a document shows at least one answer"),
    Break(
        "        hint: {zh: 从这一天起",
        COLOUR + "        hint: {zh: 从这一天起",
        "form.0.fields.4",
        "colour is asked, but no scenario answers it and nothing uses it",
    ),
    Break(
        "amount: 110",
        "amount: null\n  # ",
        "fee",
        "a fee without an amount says in its note what it depends on",
    ),
    Break("  unit: {zh: 元一辆", "  # unit: {zh: 元一辆", "fee", "an amount needs a unit"),
    Break("shows: happy", "shows: particular", "scenarios", "there must be a happy scenario"),
    Break(
        "due: {accept: '2026-10-12', decide: '2026-10-13'}",
        "due: {accept: '2026-10-12'}",
        "scenarios.0.expect",
        "a happy scenario says when the decision is due",
    ),
    Break(
        "      needed: [owner-id, ownership,",
        "      # needed: [owner-id, ownership,",
        "scenarios.0.expect",
        "a happy scenario says which materials are needed",
    ),
    Break(
        "      not_asked: [creditor, company_name,",
        "      # not_asked: [creditor, company_name,",
        "scenarios.0.expect",
        "a happy scenario says what is asked or not asked",
    ),
    Break(
        "name: 春节前受理，节后第一个工作日到期，过了就是违反法定时限",
        "name: 夫妻卖车给邻居，手续齐全",
        "scenarios.2.name",
        "stands twice",
    ),
    Break("zh: 机动车转让登记（本地）", "zh: 机动车转让登记(本地)", "name.zh", "half-width brackets"),
    Break(
        "zh: 机动车转让登记（本地）",
        "zh: 机机机机机机机机机机机机机机机机机机机机机机机机机机机机机机机",
        "name.zh",
        "31 characters are too long",
    ),
    Break(
        "zh: 这辆车的违法和事故已经处理完",
        "zh: 这辆车的违法,事故已经处理完",
        "conditions.1.zh",
        "half-width punctuation",
    ),
    Break("zh: 绿皮大本", "zh: ' 绿皮大本'", "materials.2.note.zh", "begins or ends with a space"),
    Break("zh: 绿皮大本", "zh: 逾期不予办理", "materials.2.note.zh", "逾期 is office language: write 过期"),
    Break(
        "zh: 绿皮大本", f"zh: {'绿' * 51}", "materials.2.note.zh", "51 characters are too long for a sentence"
    ),
    Break(
        "en: The green booklet",
        f"en: {' '.join(['green'] * 26)}",
        "materials.2.note.en",
        "26 words are too long for a sentence",
    ),
    Break(
        "statutory: 1wd\n    ground: {law: vehicle-registration-rules, article: 第二十五条}",
        "statutory: null\n    ground: null",
        "limits.decide.statutory",
        "a permit has 20wd by 行政许可法第四十二条",
    ),
    Break(DECIDE, "promised: now\n    statutory: 1cd", "limits.decide.statutory", "counts working days"),
    Break(VISIT, "  count: 0\nonline: consult", "online", "consult lets nobody apply from afar"),
    Break(
        "jurisdiction: county",
        "jurisdiction: station",
        "jurisdiction",
        "no unit of the city handles jiaoguan at this level",
    ),
    Break(
        "en: The green booklet", "en: The green booklet 绿皮大本", "materials.2.note.en", "is still Chinese"
    ),
    Break(
        "route: reviewed",
        "route: report\nreal_name: checked",
        "real_name",
        "the route report takes anonymous reports",
    ),
]
