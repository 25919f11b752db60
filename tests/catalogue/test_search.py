"""What citizens type, and what they must then find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from yinuo.catalogue.city import SynonymsShape
from yinuo.catalogue.loading import Catalogue, load
from yinuo.catalogue.search import Index, build
from yinuo.core.clock import Limit, Unit
from yinuo.core.form import Form, Text
from yinuo.core.item import Item, Result, Situation, Supplement, Verification
from yinuo.core.route import Route

ROOT = Path(__file__).parents[2]
QUESTIONS = Path(__file__).parent / "questions.yaml"
LAST = 1000
NO_WORDS = Text("无", "none")
ROUTE = Route(
    id="simple",
    name=NO_WORDS,
    about=NO_WORDS,
    steps=(),
    accept_post="window",
    decide_post="reviewer",
    issue_post="window",
    extend_post="leader",
    four_eyes=False,
    deniable=True,
    issues=True,
    granted=NO_WORDS,
    denied=NO_WORDS,
    remedies=(),
)


def an_item(
    item_id: str,
    name: str,
    english: str = "",
    *,
    keywords: tuple[str, ...] = (),
    summary: str = "",
    situations: tuple[str, ...] = (),
) -> Item:
    return Item(
        id=item_id,
        version=item_id,
        name=Text(name, english),
        summary=Text(summary, ""),
        branch="huzheng",
        kind="07",
        handling="promise",
        audience=("person",),
        jurisdiction="county",
        basis=(),
        conditions=(),
        form=Form(()),
        materials=(),
        route=ROUTE,
        limits={},
        supplement=Supplement(Limit(30, Unit.CALENDAR_DAY)),
        special_procedures=(),
        extension=None,
        fee=None,
        result=Result(NO_WORDS, "certificate", NO_WORDS),
        visits=0,
        visit_reason=None,
        online="full",
        verification=Verification("unverified"),
        situations=tuple(Situation(f"s{n}", Text(said, "")) for n, said in enumerate(situations)),
        keywords=keywords,
    )


ITEMS = (
    an_item("birth", "出生登记", "Registration of a birth", keywords=("上户口", "报户口")),
    an_item("booklet", "居民户口簿补领", "Re-issue of a household booklet", keywords=("户口本丢了",)),
    an_item(
        "move", "市内移居登记", "Change of address", keywords=("迁户口",), summary="搬家以后改户口簿上的地址"
    ),
    an_item("card-lost", "居民身份证丢失补领", "Replacement of a lost ID card", keywords=("补身份证",)),
    an_item("card-expired", "居民身份证到期换领", "Renewal of an ID card", keywords=("换身份证",)),
    an_item("passport", "普通护照首次签发", "First ordinary passport", keywords=("办护照", "出国")),
    an_item("passport-lost", "普通护照遗失补发", "Replacement of a lost passport", keywords=("护照丢了",)),
    an_item("licence-lost", "驾驶证遗失补证", "Replacement of a lost driving licence", keywords=("补驾照",)),
    an_item("licence-expired", "驾驶证期满换证", "Renewal of a driving licence", keywords=("换驾照",)),
    an_item("transfer", "机动车转让登记", "Transfer of a vehicle", keywords=("过户", "卖车")),
    an_item("plates", "机动车注册登记", "Registration of a vehicle", keywords=("上牌",)),
    an_item("dog", "犬类准养登记", "Dog licence", keywords=("养狗", "狗证"), situations=("导盲犬",)),
    an_item("hotel", "旅馆业特种行业许可证核发", "Special-trade licence for hotels"),
    an_item("wifi", "公共上网服务场所备案", "Filing of a public Wi-Fi venue", keywords=("公共WiFi",)),
)
SYNONYMS = (
    SynonymsShape(words=["出生登记", "上户口", "孩子上户口", "生孩子"]),
    SynonymsShape(words=["居民身份证", "身份证"], misspellings=["省份证"]),
    SynonymsShape(words=["驾驶证", "驾照"]),
    SynonymsShape(words=["驾驶证遗失补证", "驾照丢了"]),
    SynonymsShape(words=["遗失", "丢失", "丢了"]),
    SynonymsShape(words=["养狗", "犬证", "给狗上牌"]),
    SynonymsShape(words=["旅馆", "宾馆", "民宿"]),
)


@pytest.fixture(scope="module")
def small() -> Index:
    return build(ITEMS, SYNONYMS)


@pytest.fixture(scope="module")
def city() -> Catalogue:
    return load(ROOT / "catalogue")


def found(index: Index, query: str) -> list[str]:
    return [hit.item_id for hit in index.find(query)]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_the_whole_name_finds_its_item_first_in_both_languages(small: Index, item: Item) -> None:
    assert found(small, item.name.zh)[0] == item.id
    assert found(small, item.name.en)[0] == item.id


@pytest.mark.parametrize(
    ("query", "item"),
    [
        ("护照", "passport"),
        ("过户", "transfer"),
        ("旅馆", "hotel"),
        ("生孩子", "birth"),
        ("驾照丢了", "licence-lost"),
        ("犬证", "dog"),
        ("开民宿", "hotel"),
        ("搬家", "move"),
        ("导盲犬", "dog"),
        ("公共wifi", "wifi"),
        ("狗", "dog"),
    ],
)
def test_everyday_words_find_the_item(small: Index, query: str, item: str) -> None:
    assert found(small, query)[0] == item


@pytest.mark.parametrize(
    ("query", "item"),
    [
        ("身份证丢了怎么补", "card-lost"),
        ("我想给孩子上户口要带什么", "birth"),
        ("请问驾照到期了在哪里换？", "licence-expired"),
        ("身份证，不小心弄丢了！", "card-lost"),
        ("how do I get a passport", "passport"),
        ("I lost my driving licence", "licence-lost"),
        ("俺家养狗搞个狗证行不", "dog"),
    ],
)
def test_whole_questions_find_the_item(small: Index, query: str, item: str) -> None:
    assert found(small, query)[0] == item


@pytest.mark.parametrize(
    ("query", "item"),
    [
        ("huzhao", "passport"),
        ("guohu", "transfer"),
        ("shang pai", "plates"),
        ("shenfenzhengdiushi", "card-lost"),
        ("banhuzhao zenmeban", "passport"),
        ("sfzds", "card-lost"),
        ("gh", "transfer"),
        ("jsz遗失", "licence-lost"),
        ("huzhao丢了", "passport-lost"),
        ("护zhao", "passport"),
        ("ＨＵＺＨＡＯ", "passport"),
    ],
)
def test_pinyin_initials_and_mixtures_find_the_item(small: Index, query: str, item: str) -> None:
    assert found(small, query)[0] == item


def test_pinyin_of_a_part_of_a_name_finds_every_item_that_has_it(small: Index) -> None:
    assert {"card-lost", "card-expired"} <= set(found(small, "shenfenzheng"))
    assert {"birth", "booklet", "move"} <= set(found(small, "hukou"))


@pytest.mark.parametrize(
    ("query", "item"),
    [
        ("huzao", "passport"),
        ("senfenzen", "card-lost"),
        ("guouh", "transfer"),
        ("jiashizheg", "licence-lost"),
        ("passprot", "passport"),
        ("dog license", "dog"),
        ("护招", "passport"),
        ("身份正丢失", "card-lost"),
        ("省份证", "card-expired"),
        ("驾驶征遗失", "licence-lost"),
        ("居民户口薄", "booklet"),
        ("机动车转让登已", "transfer"),
    ],
)
def test_one_letter_or_character_wrong_still_finds_the_item(small: Index, query: str, item: str) -> None:
    assert item in found(small, query)[:2]


def test_a_keyword_weighs_more_than_a_name_and_a_name_more_than_a_summary() -> None:
    index = build(
        (
            an_item("summary", "甲类登记", summary="门牌"),
            an_item("name", "门牌登记"),
            an_item("keyword", "乙类登记", keywords=("门牌",)),
            an_item("situation", "丙丁类登记", situations=("门牌",)),
        ),
        (),
    )
    assert found(index, "装门牌") == ["keyword", "name", "summary", "situation"]


def test_a_name_that_equals_the_query_comes_before_keywords_that_do() -> None:
    index = build((an_item("other", "立户登记", keywords=("分户", "分户登记")), an_item("own", "分户")), ())
    assert found(index, " 分户？") == ["own", "other"]


def test_among_equal_hits_the_shorter_name_comes_first() -> None:
    items = [an_item(name, name, keywords=("证",)) for name in ("护照换发手工版", "护照换发", "护照换发二版")]
    assert found(build(items, ()), "护照") == ["护照换发", "护照换发二版", "护照换发手工版"]


def test_a_long_known_word_outweighs_the_short_known_word_inside_it(small: Index) -> None:
    assert found(small, "给狗上牌")[0] == "dog"
    assert found(small, "上牌")[0] == "plates"


def test_a_known_word_counts_as_much_at_the_end_of_a_query_as_at_its_start(small: Index) -> None:
    assert small.find("天上牌")[0].score == small.find("上牌天")[0].score


def test_a_character_that_makes_sense_where_it_stands_is_not_read_as_one_that_sounds_alike() -> None:
    violence = an_item("violence", "告诫书申请", keywords=("家暴",))
    index = build((violence, an_item("patrol", "住户巡查", keywords=("在家", "报备"))), ())
    assert found(index, "不在家报备") == ["patrol"]
    assert found(index, "家爆") == ["violence"]


def test_a_character_that_sounds_alike_is_read_also_at_the_end_of_a_query() -> None:
    index = build((an_item("plate", "临时行驶车号牌", keywords=("临牌",)), an_item("queue", "排号")), ())
    assert found(index, "临排") == ["plate"]


def test_most_characters_of_a_query_find_an_item_that_has_none_of_its_words_but_a_few_do_not() -> None:
    index = build((an_item("horn", "噪声投诉", keywords=("喇叭响",)),), ())
    assert found(index, "响的喇和叭") == ["horn"]
    assert found(index, "音响和喇嘛庙") == []


def test_of_two_keywords_with_the_same_characters_asked_the_one_that_says_less_besides_is_nearer() -> None:
    index = build(
        (
            an_item("plain", "甲类事项", keywords=("车贷还完",)),
            an_item("more", "乙类事项", keywords=("车贷没有还完先行抵押",)),
        ),
        (),
    )
    assert found(index, "车贷还完") == ["plain", "more"]
    assert found(index, "车的贷款已还，完结") == ["plain", "more"]


def test_a_word_of_a_group_finds_items_that_only_use_another_word_of_it(small: Index) -> None:
    without = build(ITEMS, ())
    assert found(small, "宾馆") == ["hotel"]
    assert found(without, "宾馆") == []


@pytest.mark.parametrize(
    "query", ["", "   ", "？！…", "的了吗", "怎么办", "asdfghjkl", "天气预报", "\x00\ud800", "qqqq", "the"]
)
def test_nothing_is_found_for_nothing_and_for_garbage(small: Index, query: str) -> None:
    assert small.find(query) == []


def test_only_the_first_hundred_characters_are_read(small: Index) -> None:
    assert found(small, "！" * 98 + "护照")[0] == "passport"
    assert found(small, "！" * 100 + "护照") == []


def test_scores_fall_and_no_more_hits_than_asked_for_come(small: Index) -> None:
    hits = small.find("登记")
    assert len(hits) > 2
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert small.find("登记", limit=2) == hits[:2]
    assert small.find("登记", limit=0) == []


def test_an_index_over_nothing_finds_nothing() -> None:
    assert build((), ()).find("护照") == []
    assert build((), SYNONYMS).suggest("护照") == []


def test_the_search_box_completes_characters_pinyin_and_initials(small: Index) -> None:
    assert small.suggest("居民身")[:2] == ["居民身份证到期换领", "居民身份证丢失补领"]
    assert small.suggest("jidongchezhu")[0] == "机动车注册登记"
    assert small.suggest("jszy")[0] == "驾驶证遗失补证"
    assert small.suggest("guo")[0] == "机动车转让登记"
    assert small.suggest("") == []
    assert len(small.suggest("登记", limit=3)) == 3


@pytest.mark.parametrize(
    "query", ["过户", "guohu", "二手车怎么过户", "卖车", "把车卖给邻居", "Transfer of a vehicle"]
)
def test_the_catalogue_of_the_city_finds_the_transfer_of_a_vehicle(city: Catalogue, query: str) -> None:
    index = build(city.items.values(), city.synonyms)
    assert "jg-vehicle-transfer" in found(index, query)[:3]


def test_everyday_questions_find_their_item_among_the_first_three(
    city: Catalogue, record_property: Callable[[str, object], None]
) -> None:
    index = build(city.items.values(), city.synonyms)
    places = [(one, place(index, one)) for one in questions() if one.finds in city.items]
    held_out = [at for one, at in places if one.held_out]
    for name, those in (("all", [at for _, at in places]), ("held out", held_out)):
        record_property(f"{name}: questions", len(those))
        record_property(f"{name}: hit@1", round(share(those, 1), 3))
        record_property(f"{name}: hit@3", round(share(those, 3), 3))
    everywhere = [at for _, at in places]
    assert share(everywhere, 3) >= 0.95, [one.ask for one, at in places if at >= 3]
    assert share(everywhere, 1) >= 0.85


def test_no_question_stands_twice_and_about_a_quarter_is_held_out() -> None:
    asked = questions()
    assert len(asked) == len({question.ask for question in asked}) >= 360
    assert 0.2 <= sum(question.held_out for question in asked) / len(asked) <= 0.3


def test_every_branch_is_asked_about_in_proportion_to_its_items(city: Catalogue) -> None:
    branches = Counter(item.branch for item in city.items.values())
    asked = Counter(city.items[one.finds].branch for one in questions() if one.finds in city.items)
    for branch, items in branches.items():
        assert asked[branch] / asked.total() >= 0.5 * items / branches.total(), branch


@dataclass(frozen=True, slots=True)
class Question:
    ask: str
    finds: str
    held_out: bool = False


def questions() -> list[Question]:
    return [Question(**question) for question in yaml.safe_load(QUESTIONS.read_text("utf-8"))]


def place(index: Index, question: Question) -> int:
    """Where the right item stands among the hits, from 0; after the last when it is not there."""
    hits = found(index, question.ask)
    return hits.index(question.finds) if question.finds in hits else LAST


def share(places: list[int], first: int) -> float:
    return sum(at < first for at in places) / len(places)
