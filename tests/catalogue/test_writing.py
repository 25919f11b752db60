"""What is written as an item file reads back as the same data, and looks as people write it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.catalogues import ROOT

from yinuo.catalogue.loading import collector_paused
from yinuo.catalogue.reader import read_file, read_text, walk
from yinuo.catalogue.writing import WIDTH, written

LONG = "办理的时候要带上本人的身份证，" * 30
NASTY = [
    "", " ", "yes", "No", "oN", "OFF", "y", "N", "true", "tRUE", "null", "nULL", "~", "012", "08", "-09",
    "+007", "1", "-1", "1.50", "1e5", "1_000", "0x1F", "0o7", "12:30", "2026-02-13", "2026-02-13 09:00",
    ".5", "5.", "=", "<<", "a: b", "a:", ": a", "# x", "a # x", "#", "- a", "-", "? a", "[a", "a]", "{a",
    "a}", "a, b", "&a", "*a", "!a", "!!str a", "|", ">", "%a", "@a", "`a", "'", "''", '"', "it's",
    'say "yes"', "\\", "\\n", "a\nb", "\na", "a\n\n b\n", "a\r\nb", "\r", "\t", "a\tb", " a", "a ", "---",
    "...", "“引号”", "全角：冒号，逗号", "\x85", "a\u2028b", "\ufeffa", "\x07", "😀", "\U00020000", LONG,
    f"{LONG} {LONG}", "word " * 60, f"a: {LONG}\n{LONG}",
]  # fmt: skip


def again(value: dict[str, object]) -> object:
    source = read_text(written(value), "again.yaml")
    assert [str(finding) for finding in source.findings] == []
    return source.value


@pytest.mark.parametrize("text", NASTY)
def test_a_text_stays_what_it_is(text: str) -> None:
    value: dict[str, object] = {
        "plain": text,
        "name": {"zh": text, "en": "x"},
        "list": [text, text],
        "below": [{"key": text, "inner": {"deep": [{"zh": text}]}}],
    }
    assert again(value) == value


TEXTS = st.text(max_size=40) | st.text(
    "ab 中文：、“”'\"\n\r\t:#-?{}[],&*!|>%@`0.~\\y\x85\u2028", max_size=150
)
LEAVES = TEXTS | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_whatever_is_written_reads_back(value: dict[str, object]) -> None:
    assert again(value) == value


BRANCHES = sorted(path for path in ROOT.glob("*/items/*") if path.is_dir())


@pytest.mark.parametrize("branch", BRANCHES, ids=lambda path: path.name)
def test_every_item_of_the_repository_reads_back(branch: Path) -> None:
    with collector_paused():
        values = {path.name: read_file(path).value for path in walk(branch)}
        assert values
        assert [name for name, value in values.items() if again(value) != value] == []


def test_short_maps_stand_on_one_line_and_long_ones_below_each_other() -> None:
    text = written({"name": {"zh": "过户", "en": "Transfer"}, "note": {"zh": "长" * 30, "en": "long " * 8}})
    assert text.splitlines()[0] == "name: {zh: 过户, en: Transfer}"
    assert text.splitlines()[1:3] == ["note:", f"  zh: {'长' * 30}"]


def test_words_stand_in_one_line_and_things_in_an_indented_list() -> None:
    text = written({"keywords": ["过户", "转让"], "basis": [{"law": "a-law", "article": "第一条"}]})
    assert text == "keywords: [过户, 转让]\nbasis:\n  - {law: a-law, article: 第一条}\n"


def test_what_stands_twice_is_written_twice() -> None:
    shared = {"zh": "一样", "en": "same"}
    assert "&" not in written({"name": shared, "summary": shared})


def test_a_long_english_text_is_folded() -> None:
    lines = written({"en": "some words " * 40}).splitlines()
    assert len(lines) > 1
    assert max(len(line) for line in lines) <= WIDTH + len("some ")
