"""An item in words: every thing once, in both languages, with what people need to know of it."""

from __future__ import annotations

from typing import Any

import pytest
from support.catalogues import whole
from support.items import FORM, MATERIALS, item, limit, words

from yinuo.catalogue.describing import Thing, describe, limit_words
from yinuo.core.form import Compare, Field, Form, Is, Page, Text
from yinuo.core.item import Fee, ItemLimit, Material, Supplement

LAWS = whole().laws


def thing(part: str, key: str, **changes: Any) -> Thing:
    return next(one for one in describe(item(**changes), LAWS) if (one.part.en, one.key) == (part, key))


def facts(part: str, key: str, **changes: Any) -> dict[str, Text]:
    return {fact.key: fact.value for fact in thing(part, key, **changes).facts}


def test_things_are_told_apart_by_part_and_key_and_facts_by_key() -> None:
    things = describe(item(), LAWS)
    assert len({(one.part.en, one.key) for one in things}) == len(things)
    for one in things:
        assert len({fact.key for fact in one.facts}) == len(one.facts)


def test_every_item_of_the_catalogue_can_be_described_without_an_empty_word() -> None:
    for entry in whole().entries.values():
        for one in describe(entry.item, LAWS):
            values = [fact.value for fact in one.facts]
            assert all(text.zh and text.en for text in (one.part, one.name, *values)), (entry.item.id, one)


def test_the_service_is_told_with_its_law_its_audience_and_its_kind() -> None:
    told = facts("Service", "sample-licence")
    assert told["basis"].zh == "《中华人民共和国行政许可法》第四十二条"
    assert told["basis"].en.endswith("Article 42")
    assert told["kind"] == Text("行政许可", "permit")
    assert told["audience"] == Text("个人", "people")
    assert told["visits"] == Text("1，交回旧证", "1: 交回旧证")


def test_a_paper_that_depends_is_told_with_the_question_and_the_choice() -> None:
    assert facts("Materials", "plan")["need"] == Text(
        "必须交，当“情形”选“复杂”", "required when “情形” is “复杂”"
    )
    assert facts("Materials", "photo")["need"] == Text("可交可不交", "optional")


def test_it_is_told_who_provides_each_paper() -> None:
    who = {key: facts("Materials", key)["who"].en for key in ("application", "record", "licence")}
    assert who == {
        "application": "uploaded by the applicant",
        "record": "the office fetches it",
        "licence": "brought to the window",
    }


def test_a_question_on_a_page_that_depends_is_told_with_both_conditions() -> None:
    field = Field("depth", words("深度"), "number", when=Compare("size", at_least=3), least=0, most=1_000_000)
    size = Field("size", words("面积"), "number", least=0)
    pages = (*FORM.pages, Page("hole", words("坑"), (size, field), when=Is("kind", "complex")))
    told = facts("Questions", "depth", form=Form(pages))
    assert told["asked"].zh == "必填，当“情形”选“复杂”，并且“面积”不小于 3"
    assert told["bounds"] == Text("最少 0；最多 1000000", "at least 0; at most 1000000")


def test_a_limit_that_the_law_does_not_know_is_said_to_be_the_citys_own() -> None:
    limits = {**item().limits, "decide": ItemLimit(limit("10wd"))}
    assert "本市的承诺" in facts("Limits", "decide", limits=limits)["statutory"].zh
    assert facts("Limits", "accept", limits=limits)["statutory"].zh == "5 个工作日"


def test_a_limit_that_does_not_move_on_from_a_day_off_says_so() -> None:
    rolling, standing = limit("30cd"), type(limit("30cd"))(30, limit("30cd").unit, rolls=False)
    assert limit_words(rolling) == Text("30 日", "30 calendar days")
    assert limit_words(standing).zh == "30 日，最后一天放假也不顺延"
    assert limit_words(limit("5wd")).en == "5 working days"
    assert "不顺延" in facts("Limits", "supplement", supplement=Supplement(standing))["answer"].zh


@pytest.mark.parametrize(
    ("fee", "zh", "en"),
    [
        (None, "不收费", "free"),
        (Fee(1_234_567.0, Text("元", "yuan"), "g"), "1234567 元", "1234567 yuan"),
        (Fee(0.5, Text("元一页", "yuan a page"), "g"), "0.5 元一页", "0.5 yuan a page"),
        (Fee(None, None, "g", words("按面积")), "看情形", "depends"),
    ],
)
def test_the_fee_is_told_with_all_its_digits(fee: Fee | None, zh: str, en: str) -> None:
    assert facts("Fee", "fee", fee=fee)["amount"] == Text(zh, en)


def test_an_item_without_papers_and_procedures_has_no_such_things() -> None:
    parts = {one.part.en for one in describe(item(materials=(), special_procedures=()), LAWS)}
    assert parts == {"Service", "Limits", "Questions", "Fee", "Result"}
    assert len(MATERIALS) == sum(one.part.en == "Materials" for one in describe(item(), LAWS))


def test_a_paper_with_a_remark_and_copies_shows_them() -> None:
    paper = Material("map", words("地图"), "copy", "other", copies=3, note=Text("彩色", "In colour"))
    told = facts("Materials", "map", materials=(paper,))
    assert (told["copies"].zh, told["note"].en, told["form"].zh) == ("3", "In colour", "复印件")
