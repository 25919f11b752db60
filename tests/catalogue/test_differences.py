"""Two versions of an item compared in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.catalogues import whole
from support.items import FORM, INSPECTION, MATERIALS, REVIEW, item, limit, owed, route, words

from yinuo.catalogue.differences import differences
from yinuo.core.clock import Limit
from yinuo.core.form import Choice, Field, Form, Is, Page, Text
from yinuo.core.item import Fee, Ground, Item, Material, Result, Situation, Supplement

LAWS = whole().laws
APPLICATION, PLAN = MATERIALS[0], MATERIALS[1]


def told(old: Item, **changes: Any) -> list[Text]:
    return differences(old, replace(old, **changes), LAWS)


def only(old: Item, **changes: Any) -> Text:
    (change,) = told(old, **changes)
    return change


def materials(*changed: Material) -> tuple[Material, ...]:
    by_key = {one.key: one for one in changed}
    return tuple(by_key.get(one.key, one) for one in MATERIALS)


def form(*fields: Field, when: Is | None = None) -> Form:
    return Form((replace(FORM.pages[0], fields=fields, when=when),))


def test_nothing_changed_gives_nothing() -> None:
    assert told(item()) == []
    assert told(item(), version="e" * 64) == []


def test_every_item_of_the_catalogue_is_no_different_from_itself() -> None:
    items = whole().items.values()
    assert [one.id for one in items if differences(one, one, LAWS)] == []


def test_a_paper_that_becomes_needed_only_under_a_condition() -> None:
    change = only(item(), materials=materials(replace(APPLICATION, when=Is("kind", "complex"))))
    assert change.zh == "材料“申请书”现在是：必须交，当“情形”选“复杂”（原来：必须交）"
    assert change.en == "Materials: “申请书” is now: required when “情形” is “复杂” (was: required)"


def test_a_promise_that_got_shorter() -> None:
    change = only(item(), limits={**item().limits, "decide": owed("7wd", "20wd")})
    assert change.zh == "时限“办结”的承诺现在是：7 个工作日（原来：10 个工作日）"
    assert change.en == "Limits: “decision”, promised is now: 7 working days (was: 10 working days)"


def test_a_new_question_says_whether_it_must_be_answered() -> None:
    new = Field("size", Text("面积", "Size"), "number", required=False, least=0)
    change = only(item(), form=form(*FORM.pages[0].fields, new))
    assert change == Text("新增填写项“面积”：选填", "Questions: “Size” is new, optional")


def test_a_new_paper_says_when_it_is_needed() -> None:
    new = Material("map", Text("地图", "Map"), "copy", "other", when=Is("kind", "simple"))
    change = only(item(), materials=(*MATERIALS, new))
    assert change.zh == "新增材料“地图”：必须交，当“情形”选“一般”"
    assert change.en == "Materials: “Map” is new, required when “情形” is “一般”"


def test_a_dropped_paper_comes_after_the_changes() -> None:
    changes = told(item(), materials=MATERIALS[1:], fee=Fee(20, words("元"), "g"))
    assert changes[-1] == Text("去掉材料“申请书”", "Materials: “申请书” is gone")
    assert changes[0].zh == "费用“费用”现在是：20 元（原来：不收费）"


def test_another_order_of_papers_or_questions_is_told_once() -> None:
    change = only(item(), materials=(PLAN, APPLICATION, *MATERIALS[2:]))
    assert change == Text("材料的顺序变了", "Materials: the order has changed")
    fields = FORM.pages[0].fields
    assert only(item(), form=form(fields[1], fields[0], fields[2])).zh == "填写项的顺序变了"


def test_a_paper_that_goes_or_comes_is_no_other_order() -> None:
    new = Material("map", words("地图"), "copy", "other")
    assert [change.zh[:4] for change in told(item(), materials=(new, *MATERIALS[1:]))] == [
        "新增材料",
        "去掉材料",
    ]


@pytest.mark.parametrize(
    ("summary", "zh", "en"),
    [
        (
            Text("一件样例。", "A sample."),
            "事项“样例许可”的简介只改了英文，现在是：A sample.（原来：一件样例。）",
            "Service: “样例许可”, summary is now: A sample. (was: 一件样例。)",
        ),
        (
            Text("样例。", "一件样例。"),
            "事项“样例许可”的简介现在是：样例。（原来：一件样例。）",
            "Service: “样例许可”, summary changed in Chinese only, is now: 样例。 (was: 一件样例。)",
        ),
    ],
)
def test_a_change_of_one_language_says_so(summary: Text, zh: str, en: str) -> None:
    assert only(item(), summary=summary) == Text(zh, en)


def test_a_new_name_is_told_under_the_old_one() -> None:
    old = item(name=Text("样例许可", "Sample permit"))
    both = only(old, name=Text("样例执照", "Sample licence"))
    assert both.zh == "事项“样例许可”改叫“样例执照”"
    assert both.en == "Service: “Sample permit” is now called “Sample licence”"
    english = only(old, name=Text("样例许可", "Sample licence"))
    assert english.zh == "事项“样例许可”只改了英文名，现在叫“Sample licence”"
    chinese = only(old, name=Text("样例执照", "Sample permit"))
    assert chinese.en == "Service: “Sample permit” has a new name in Chinese only: “样例执照”"


def test_a_limit_that_no_longer_moves_on_from_a_day_off_is_told() -> None:
    standing = Limit(30, limit("30cd").unit, rolls=False)
    assert "不顺延" in only(item(), supplement=Supplement(standing)).zh


def test_a_fee_that_is_gone_takes_its_ground_with_it() -> None:
    changes = [change.zh for change in told(item(fee=Fee(20, words("元"), "某文件")), fee=None)]
    assert changes[0] == "费用“费用”现在是：不收费（原来：20 元）"
    assert "费用“费用”不再写依据：某文件" in changes


SIMPLE = (Choice("simple", words("一般")), Choice("other", words("别的")))
CHANGES: list[dict[str, Any]] = [
    {"branch": "bianmin"},
    {"kind": "20"},
    {"base_code": "000123456789"},
    {"handling": "immediate"},
    {"audience": ("person", "company")},
    {"jurisdiction": "station"},
    {"basis": (Ground("administrative-licensing-law", "第四十三条"),)},
    {"conditions": (words("成年"), words("住在本市"))},
    {"situations": (Situation("new", words("新的")),)},
    {"keywords": ("许可",)},
    {"topics": ("car",)},
    {"online": "full"},
    {"visits": 2},
    {"visit_reason": words("核对")},
    {"route": route(name=words("现场核查后决定"))},
    {"route": route(about=words("窗口受理，负责人决定。"))},
    {"route": route(steps=(INSPECTION, REVIEW))},
    {"own_remedies": (words("可以诉讼"),)},
    {"extension": None},
    {"special_procedures": ()},
    {"form": Form((Page("application", words("表"), FORM.pages[0].fields),))},
    {"form": form(*FORM.pages[0].fields, when=Is("kind", "simple"))},
    {"form": form(replace(FORM.pages[0].fields[0], longest=40), *FORM.pages[0].fields[1:])},
    {"form": form(FORM.pages[0].fields[0], replace(FORM.pages[0].fields[1], choices=SIMPLE))},
    {"materials": materials(replace(APPLICATION, copies=2))},
    {"materials": materials(replace(APPLICATION, form="copy"))},
    {"materials": materials(replace(APPLICATION, source="other"))},
    {"materials": materials(replace(APPLICATION, bring=True))},
    {"materials": materials(replace(APPLICATION, note=words("一页")))},
    {"result": Result(words("许可证"), "licence", words("三年"), fields=("name",))},
    {"result": Result(words("许可证"), "licence", words("长期"), fields=("name", "kind"))},
]


@pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: next(iter(changes)))
def test_whatever_people_can_see_is_told_in_both_languages(changes: dict[str, Any]) -> None:
    found = told(item(), **changes)
    assert found
    assert all(change.zh and change.en for change in found)
