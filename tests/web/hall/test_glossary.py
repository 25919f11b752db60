"""Terms on the pages: explained once, where they first stand, and all of them on a page of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from support.visits import shown

from yinuo.apps.items.queries import catalogue
from yinuo.catalogue.language import Language, TermShape
from yinuo.core.form import Text
from yinuo.web.glossary import Glossary, alphabetical

# A test may leave its language behind; a page sets its own.
pytestmark = pytest.mark.usefixtures("chinese")
BUTTON = re.compile(r'<button type="button" class="yn-term" popovertarget="([^"]+)"[^>]*>([^<]+)</button>')
POPOVER = re.compile(r'<span popover id="([^"]+)"')


@pytest.fixture
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def term(zh: str, en: str, meaning: str = "意思") -> TermShape:
    shape = {"term": {"zh": zh, "en": en}, "meaning": {"zh": meaning, "en": f"what {en} means"}}
    return TermShape.model_validate(shape)


def glossary(*terms: TermShape) -> Glossary:
    return Glossary(Language({"zh": 50, "en": 25}, {"zh": {}, "en": {}}, {"zh": (), "en": ()}, terms))


def test_a_term_is_marked_where_it_first_stands_on_the_page_and_only_there() -> None:
    page = glossary(term("公证", "notarised"), term("签注", "endorsement"))
    first, second = page.mark(Text("先公证，再公证", "")), page.mark(Text("公证和签注", ""))
    assert [word for _, word in BUTTON.findall(first)] == ["公证"]
    assert first.index("<button") < first.index("，再公证")
    assert [word for _, word in BUTTON.findall(second)] == ["签注"]
    assert BUTTON.findall(first + second) == [("term-1", "公证"), ("term-2", "签注")]


def test_a_longer_term_is_not_taken_apart_even_where_it_stands_again() -> None:
    page = glossary(term("公证", "notarised"), term("公证书", "notarial deed"))
    marked = page.mark(Text("公证书、公证书和公证", ""))
    assert [word for _, word in BUTTON.findall(marked)] == ["公证书", "公证"]
    assert "、公证书和<button" in marked


def test_what_a_text_or_a_meaning_holds_does_not_become_markup() -> None:
    page = glossary(term("公证", "notarised", "<i>甲</i> & 乙"))
    marked = page.mark(Text("<b>公证</b> & “签”", ""))
    assert marked.startswith("&lt;b&gt;<button")
    assert marked.endswith("&lt;/b&gt; &amp; “签”")
    assert "&lt;i&gt;甲&lt;/i&gt; &amp; 乙</span>" in marked


def test_english_is_marked_by_its_own_word_and_tells_the_chinese_one() -> None:
    page = glossary(term("签注", "endorsement"))
    with translation.override("en"):
        marked = page.mark(Text("两个签注", "Two Endorsements"))
    assert BUTTON.findall(marked) == [("term-1", "Endorsements")]
    assert '<b>endorsement <span lang="zh-Hans">签注</span></b> what endorsement means' in marked


def test_a_text_that_is_not_there_stays_empty() -> None:
    assert glossary(term("签注", "endorsement")).mark(None) == ""


def test_a_page_without_a_glossary_shows_the_plain_text() -> None:
    template = Template("{% load yinuo %}{% explained text %}")
    assert template.render(Context({"text": Text("<签注>", "")})) == "&lt;签注&gt;"


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.usefixtures("db")
def test_a_guide_explains_its_terms_once_each_and_every_button_opens_its_meaning(lang: str) -> None:
    client = Client()
    client.post("/preferences/", {"language": lang})
    page = client.get("/items/jg-vehicle-transfer/").content.decode()
    buttons = BUTTON.findall(page)
    assert len(buttons) > 3
    assert [target for target, _ in buttons] == POPOVER.findall(page)
    assert max(Counter(word.lower() for _, word in buttons).values()) == 1
    inside = re.findall(r"<a\b.*?</a>|<button\b.*?</button>", page, re.DOTALL)
    assert [one for one in inside if one.count("yn-term") > 1 or (one[1] == "a" and "yn-term" in one)] == []


@pytest.mark.usefixtures("db")
def test_the_next_guide_explains_its_terms_again() -> None:
    first, second = (Client().get("/items/jg-vehicle-transfer/").content.decode() for _ in range(2))
    assert BUTTON.findall(first) == BUTTON.findall(second)


@pytest.mark.usefixtures("db")
def test_the_glossary_holds_every_term_in_the_order_of_the_language() -> None:
    terms = catalogue().language.terms
    page = shown(Client().get("/glossary/"))
    assert all(one.term.zh in page and one.meaning.zh in page for one in terms)
    client = Client()
    client.post("/preferences/", {"language": "en"})
    english = shown(client.get("/glossary/"))
    assert all(one.meaning.en in english for one in terms)


def test_terms_are_sorted_by_pinyin_or_by_the_english_word() -> None:
    terms = [term("准迁证", "apostille"), term("备案", "Filing"), term("户口", "bail")]
    assert [one.term.zh for one in alphabetical(terms)] == ["备案", "户口", "准迁证"]
    with translation.override("en"):
        assert [one.term.en for one in alphabetical(terms)] == ["apostille", "bail", "Filing"]
