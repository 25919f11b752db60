"""The glossary: which terms are found in a text, and that every one is of use and plainly explained."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.catalogues import SAMPLE, alone, findings, whole

from yinuo.catalogue.language import Lang, Language, TermShape
from yinuo.core.form import Text
from yinuo.core.item import Item


def term(zh: str, en: str) -> TermShape:
    shape = {"term": {"zh": zh, "en": en}, "meaning": {"zh": "意思", "en": "meaning"}}
    return TermShape.model_validate(shape)


WORDS = {"公证": "notarised", "公证书": "notarial deed", "C5": "class C5", "签注": "entry"}
TERMS = tuple(term(zh, en) for zh, en in WORDS.items())
LANGUAGE = Language({"zh": 50, "en": 25}, {"zh": {}, "en": {}}, {"zh": (), "en": ()}, TERMS)


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("先公证，再拿公证书", "zh", ["公证", "公证书"]),
        ("考 C5 驾驶证", "zh", ["C5"]),
        ("Notarial deeds, notarised abroad", "en", ["Notarial deeds", "notarised"]),
        ("Two entries; an entryway", "en", []),
        ("an entry", "en", ["entry"]),
        ("没有术语", "zh", []),
    ],
)
def test_a_term_is_found_whole_and_the_longest_first(text: str, lang: Lang, words: list[str]) -> None:
    found = list(LANGUAGE.terms_in(text, lang))
    assert [match[0] for match, _ in found] == words
    assert all(getattr(one.term, lang).lower() in match[0].lower() for match, one in found)


def test_without_a_glossary_nothing_is_a_term() -> None:
    nothing = Language({"zh": 50, "en": 25}, {"zh": {}, "en": {}}, {"zh": (), "en": ()})
    assert list(nothing.terms_in("公证书", "zh")) == []


def explained(item: Item) -> Iterator[Text | None]:
    """What the guide of an item explains."""
    yield from (item.summary, *item.conditions, item.result.name, *item.remedies)
    for material in item.materials:
        yield from (material.name, material.note)


def test_every_term_is_explained_in_some_guide() -> None:
    language = whole().language
    texts = {text.zh for item in whole().items.values() for text in explained(item) if text}
    said = {one.term.zh for text in texts for _, one in language.terms_in(text, "zh")}
    assert [one.term.zh for one in language.terms if one.term.zh not in said] == []


GLOSSARY = """
terms:
  - term: {{zh: {zh}, en: {en}}}
    meaning: {{zh: {meaning}, en: {english}}}
"""
SOUND = {"zh": "质押", "en": "pledged", "meaning": "押给对方，作还钱的保证", "english": "held as security"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    alone(tmp_path, SAMPLE)
    return tmp_path / "language.yaml"


def minded(place: Path, *terms: dict[str, str]) -> list[str]:
    """What is found with just these terms."""
    rules = place.read_text().partition("\nterms:")[0]
    entries = [GLOSSARY.format(**one).replace("\nterms:\n", "") for one in terms]
    place.write_text("\n".join([rules, "terms:", *entries]))
    return [str(finding) for finding in findings(place.parent)]


def test_a_sound_term_is_not_minded(place: Path) -> None:
    assert minded(place, SOUND) == []


def test_a_term_stands_once_in_either_language(place: Path) -> None:
    assert minded(place, SOUND, SOUND) == [
        "language.yaml:1: terms.1.term.en: pledged stands twice",
        "language.yaml:1: terms.1.term.zh: 质押 stands twice",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"meaning": "逾期要罚的保险"}, "meaning.zh: 逾期 is office language"),
        ({"english": "what you shall buy"}, "meaning.en: shall is office language"),
        ({"meaning": "险" * 41}, "meaning.zh: 41 characters are too long for a meaning; 40 at most"),
        ({"english": " ".join(["word"] * 23)}, "meaning.en: 23 words are too long for a meaning; 22 at most"),
    ],
)
def test_a_meaning_is_plain_and_short(place: Path, change: dict[str, str], message: str) -> None:
    (finding,) = minded(place, SOUND | change)
    assert f"language.yaml:1: terms.0.{message}" in finding
