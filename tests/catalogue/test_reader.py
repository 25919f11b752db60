"""Strict YAML: what could be misread is refused, and every value knows its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.catalogue.reader import Finding, dotted, read_file, read_text, walk


def found(text: str) -> list[str]:
    return [str(finding) for finding in read_text(text, "item.yaml").findings]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", 5),
        ("-5", -5),
        ("0", 0),
        ("1.50", 1.5),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'yes'", "yes"),
        ('"05"', "05"),
        ("'5'", "5"),
        ("|\n  yes\n", "yes\n"),
        ("2026-03-02", "2026-03-02"),  # a text, and never a date that somebody else has parsed
        ("12:30", "12:30"),  # nor a number to the base of sixty
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("[1, two, '3']", [1, "two", "3"]),
        ("{b: 1, c: {d: 2}}", {"b": 1, "c": {"d": 2}}),
        ("吉林省", "吉林省"),
    ],
)
def test_a_value_is_read_as_it_is_written(written: str, value: Any) -> None:
    source = read_text(f"a: {written}\n", "item.yaml")
    assert source.findings == ()
    assert source.value == {"a": value}
    assert type(source.value["a"]) is type(value)


@pytest.mark.parametrize("word", ["yes", "No", "NO", "on", "OFF", "y", "N", "True", "FALSE", "Null"])
def test_a_word_that_others_read_as_yes_or_no_must_say_what_it_is(word: str) -> None:
    assert found(f"a:\n  b: {word}\n") == [
        f"item.yaml:2: a.b: {word} is ambiguous: write true or false, or put it in quotes"
    ]


@pytest.mark.parametrize("number", ["05", "007", "-01", "00"])
def test_a_number_that_begins_with_a_zero_must_be_a_text(number: str) -> None:
    assert found(f"a: 1\nb: {number}\n") == [f"item.yaml:2: b: {number} begins with a zero: put it in quotes"]


def test_a_key_stands_once() -> None:
    assert found("a: 1\nb: 2\na: 3\n") == ["item.yaml:3: a: stands twice; first on line 1"]
    assert found("a:\n  - {b: 1,\n     b: 2}\n") == ["item.yaml:3: a.0.b: stands twice; first on line 2"]


@pytest.mark.parametrize("anchored", ["[1, 2]", "{c: 1}", "5", "word"])
def test_an_alias_must_be_written_out(anchored: str) -> None:
    assert found(f"a: &same {anchored}\nb: *same\n") == [
        "item.yaml:2: b: write it out: aliases are not allowed"
    ]


@pytest.mark.parametrize("tagged", ["!!python/object:os.system x", "!own x", "!!set {b, c}", "!!binary aGk="])
def test_a_tag_is_not_allowed(tagged: str) -> None:
    (finding,) = found(f"a: 1\nb: {tagged}\n")
    assert finding.startswith("item.yaml:2: b: tags are not allowed")


def test_a_key_is_a_word() -> None:
    assert found("? [a, b]\n: 1\n") == ["item.yaml:1: .: a key must be a word"]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a: 1\n\tb: 2\n", "item.yaml:2: .: is no YAML: found a tab character that violates indentation"),
        ("a: [1\nb: 2\n", "item.yaml:2: .: is no YAML"),
        ("a: 1\n b: 2\n", "item.yaml:2: .: is no YAML"),
        ("a: *nowhere\n", "item.yaml:1: .: is no YAML: found undefined alias"),
        ("a: 1\n---\nb: 2\n", "item.yaml:3: .: must hold exactly one document"),
        ("", "item.yaml:1: .: must hold exactly one document"),
        ("# nothing but a comment\n", "item.yaml:1: .: must hold exactly one document"),
        ("a: 1\nb: x\x07y\n", "item.yaml:2: .: holds the control character U+0007"),
        ("名: 一\nb: \x00\n", "item.yaml:2: .: holds the control character U+0000"),
        ("a: \x80\n", "item.yaml:1: .: holds the control character U+0080"),
        ("a: \ud800\n", "item.yaml:1: .: holds the control character U+D800"),
    ],
)
def test_what_is_no_yaml_says_where(text: str, finding: str) -> None:
    (only,) = found(text)
    assert only.startswith(finding)
    assert "\n" not in only


@pytest.mark.parametrize("depth", [60, 900, 5_000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_deep_nesting_is_refused_however_deep(opening: str, closing: str, depth: int) -> None:
    source = read_text(f"a: {opening * depth}1{closing * depth}\n", "item.yaml")
    (finding,) = source.findings
    assert "nest" in finding.message
    assert finding.line == 1


def test_all_that_is_wrong_in_a_file_is_told_at_once() -> None:
    text = "a: NO\nb: 05\nc: &x [1]\nd: *x\nb: 6\ne: !own 1\n"
    assert [finding.split(": ")[:2] for finding in found(text)] == [
        ["item.yaml:1", "a"],
        ["item.yaml:2", "b"],
        ["item.yaml:4", "d"],
        ["item.yaml:5", "b"],
        ["item.yaml:6", "e"],
    ]


def test_every_value_knows_its_line_and_what_is_missing_the_line_around_it() -> None:
    source = read_text("a:\n  - b: 1\n    c: {d: 2}\n# a comment\ne: 3\n", "item.yaml")
    assert source.lines == {
        (): 1,
        ("a",): 1,
        ("a", 0): 2,
        ("a", 0, "b"): 2,
        ("a", 0, "c"): 3,
        ("a", 0, "c", "d"): 3,
        ("e",): 5,
    }
    assert source.line(("a", 0, "c", "missing", "deeper")) == 3
    assert source.line(("nowhere",)) == 1
    assert str(source.finding(("a", 0, "x"), "is missing")) == "item.yaml:2: a.0.x: is missing"


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("a: é\n".encode("latin-1"))
    (finding,) = read_file(latin).findings
    assert str(finding).startswith("latin.yaml:1: .: cannot be read: 'utf-8' codec")
    (finding,) = read_file(tmp_path / "missing.yaml").findings
    assert str(finding).startswith("missing.yaml:1: .: cannot be read")


def test_a_file_is_called_what_its_catalogue_calls_it(tmp_path: Path) -> None:
    place = tmp_path / "a.yaml"
    place.write_text("a: NO\n")
    assert read_file(place, "items/a.yaml").findings[0].file == "items/a.yaml"


def test_data_files_are_walked_in_a_stable_order(tmp_path: Path) -> None:
    for name in ("b.yaml", "a/c.yaml", "a/b.yaml", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    names = [path.relative_to(tmp_path).as_posix() for path in walk(tmp_path)]
    assert names == ["a/b.yaml", "a/c.yaml", "b.yaml"]


def test_the_file_itself_is_a_dot() -> None:
    assert dotted(()) == "."
    assert dotted(("materials", 0, "copies")) == "materials.0.copies"
    assert str(Finding("a.yaml", 3, "b.c", "is wrong")) == "a.yaml:3: b.c: is wrong"


@given(st.text(alphabet=st.sampled_from("ab: -[]{}#&*!|>'\"\n\t05yNO,?%@`"), max_size=40))
def test_whatever_stands_in_a_file_is_read_or_refused_and_never_an_error(text: str) -> None:
    source = read_text(text, "item.yaml")
    assert source.lines or source.findings
