"""Words that no password may be made of, as data of a city: the file, and what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.catalogues import CITY, ROOT, SAMPLE, alone, whole

from yinuo.catalogue.loading import Catalogue, load
from yinuo.catalogue.passwords import names_of

FILE = f"{CITY}/passwords.yaml"


def with_file(folder: Path, text: str | None) -> Catalogue:
    """The catalogue with one item, and this as the city's file; None: without it."""
    alone(folder, SAMPLE)
    (folder / FILE).unlink(missing_ok=True)
    if text is not None:
        (folder / FILE).write_text(text)
    return load(folder)


def test_the_city_has_words_of_the_office_the_platform_and_the_place() -> None:
    assert not [finding for finding in whole().findings if finding.file == FILE]
    assert {"公安", "police", "yinuo", "一诺", "向海"} <= set(whole().easy_words)


def test_the_names_of_the_city_need_no_file(tmp_path: Path) -> None:
    made = with_file(tmp_path, None)
    assert made.easy_words == ()
    assert {"baicheng", "白城市", "洮北区", "Baicheng"} <= set(names_of(made.city))
    assert {"户政", "窗口岗"} <= set(names_of(made.city))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("words: []", "at least 1"),
        ("words: [a]", "at least 2"),
        ("words: [police, police]", "police stands twice"),
        ("word: [police]", "words"),
    ],
)
def test_what_is_wrong_is_found_and_nothing_of_it_counts(tmp_path: Path, text: str, message: str) -> None:
    made = with_file(tmp_path, text)
    assert made.easy_words == ()
    assert [one.file for one in made.findings] != []
    assert any(message in str(one) for one in made.findings), made.findings


def test_the_file_is_that_of_the_repository() -> None:
    assert (ROOT / FILE).exists()
