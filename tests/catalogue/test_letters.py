"""Names under their letter: by pinyin as it is read in the word, in English past the article."""

from __future__ import annotations

import pytest
from support.catalogues import whole

from yinuo.catalogue.language import Lang
from yinuo.catalogue.letters import LETTERS, by_letter


@pytest.mark.parametrize(
    ("item", "lang", "letter"),
    [
        ("jg-vehicle-transfer", "zh", "J"),
        ("jg-vehicle-transfer", "en", "T"),
        ("hz-cancel-duplicate", "zh", "C"),  # 重复 is chongfu, though 重 alone is read zhong
        ("xf-12389", "zh", "0-9"),
        ("za-file-entertainment-change", "zh", "K"),
        ("hz-change-relation-to-head", "zh", "Y"),
    ],
)
def test_a_service_stands_under_the_letter_of_its_name(item: str, lang: Lang, letter: str) -> None:
    groups = by_letter(whole().items.values(), lang)
    assert item in [one.id for one in groups[letter]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_service_stands_under_one_letter(lang: Lang) -> None:
    groups = by_letter(whole().items.values(), lang)
    assert tuple(groups) == LETTERS
    ids = [item.id for items in groups.values() for item in items]
    assert sorted(ids) == sorted(whole().items)


def test_within_a_letter_the_order_is_that_of_a_dictionary() -> None:
    names = [item.name.en for item in by_letter(whole().items.values(), "en")["T"]]
    words = [name.lower().removeprefix("the ").split() for name in names]
    assert words == sorted(words)
