"""The shape of data files: conditions, limits, and what an item may and must say."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from support.catalogues import sample

from yinuo.catalogue.assembly import item_from_bundle, prefixed
from yinuo.catalogue.reader import read_text
from yinuo.catalogue.schema import FieldShape, ItemShape, TextShape, parse_limit, parse_when
from yinuo.catalogue.shaping import shape_findings
from yinuo.core.clock import Limit, Unit
from yinuo.core.form import AllOf, AnyOf, Compare, In, Is, Not, Present, When

ENTRY = sample().entries["jg-vehicle-transfer"]


def findings(text: str, shape: type) -> list[str]:
    """What the shape minds about a file."""
    source = read_text(text, "file.yaml")
    try:
        TypeAdapter(shape).validate_python(source.value)
    except ValidationError as error:
        return [str(finding) for finding in shape_findings(source, error)]
    return []


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ({"field": "a", "is": "x"}, Is("a", "x")),
        ({"field": "a", "is": False}, Is("a", False)),
        ({"field": "a", "is": 3}, Is("a", 3)),
        ({"field": "a", "in": ["x", "y"]}, In("a", ("x", "y"))),
        ({"field": "a", "present": False}, Present("a", False)),
        ({"field": "a", "at_least": 1}, Compare("a", 1, None)),
        ({"field": "a", "at_least": 1, "at_most": 2.5}, Compare("a", 1, 2.5)),
        ({"not": {"field": "a", "is": "x"}}, Not(Is("a", "x"))),
        (
            {"all": [{"field": "a", "is": 1}, {"any": [{"field": "b", "is": 2}, {"field": "c", "is": 3}]}]},
            AllOf((Is("a", 1), AnyOf((Is("b", 2), Is("c", 3))))),
        ),
    ],
)
def test_a_condition_is_parsed_to_a_tree(written: dict[str, Any], when: When) -> None:
    assert parse_when(written) == when


@pytest.mark.parametrize(
    "written",
    [
        "a is x",
        None,
        {},
        [],
        {"field": "a"},
        {"field": 3, "is": "x"},
        {"field": "a", "is": None},
        {"field": "a", "is": ["x"]},
        {"field": "a", "in": []},
        {"field": "a", "in": "x"},
        {"field": "a", "present": "true"},
        {"field": "a", "at_least": "1"},
        {"field": "a", "at_least": True},
        {"field": "a", "equals": "x"},
        {"field": "a", "is": "x", "in": ["x"]},
        {"field": "a", "is": "x", "at_least": 1},
        {"is": "x"},
        {"all": [{"field": "a", "is": "x"}]},
        {"any": {"field": "a", "is": "x"}},
        {"either": [{"field": "a", "is": "x"}, {"field": "b", "is": "x"}]},
        {"not": [{"field": "a", "is": "x"}]},
        {"not": {"field": "a", "is": "x"}, "all": []},
    ],
)
def test_what_is_no_condition_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"condition|field|write one of|comes one of|take"):
        parse_when(written)


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        ("5wd", Limit(5, Unit.WORKING_DAY)),
        ("60cd", Limit(60, Unit.CALENDAR_DAY, rolls=True)),
        ("3cd no-roll", Limit(3, Unit.CALENDAR_DAY)),
        ("2mo", Limit(2, Unit.MONTH, rolls=True)),
        ("24h", Limit(24, Unit.HOUR)),
        ("now", Limit(0, Unit.IMMEDIATE)),
    ],
)
def test_a_limit_is_written_in_one_way(written: str, limit: Limit) -> None:
    assert parse_limit(written) == limit


@pytest.mark.parametrize("written", [5, None, "5", "5 日", "5wd roll", "3cd  no-roll", "0wd", "5工作日", ""])
def test_what_is_no_limit_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="limit"):
        parse_limit(written)


def test_unknown_missing_and_wrong_are_all_told_with_their_lines() -> None:
    text = (
        "key: Name\n"  # no key: capitals
        "label: {zh: 姓名}\n"  # no English
        "type: text\n"
        "required: 'true'\n"
        "longest: 0\n"
        "hnit: {zh: 提示, en: Hint}\n"
    )
    assert sorted(findings(text, FieldShape)) == [
        "file.yaml:1: key: String should match pattern '^[a-z][a-z0-9]*([-_][a-z0-9]+)*$'",
        "file.yaml:2: label: en: Field required",
        "file.yaml:4: required: Input should be a valid boolean",
        "file.yaml:5: longest: Input should be greater than or equal to 1",
        "file.yaml:6: hnit: Extra inputs are not permitted",
    ]


@pytest.mark.parametrize("text", ["zh: 5\nen: five\n", "zh: ''\nen: x\n", "zh:\nen: x\n", "- zh\n", "word\n"])
def test_words_are_texts_in_both_languages(text: str) -> None:
    assert findings(text, TextShape)


def broken(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """The raw sample item with one value replaced."""
    raw = copy.deepcopy(ENTRY.source.value)
    inner = raw
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return raw


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("id",), "JG_Transfer"),
        (("kind",), "11"),
        (("kind",), 1),
        (("base_code",), "12345"),
        (("handling",), "soon"),
        (("audience",), []),
        (("audience",), ["alien"]),
        (("jurisdiction",), "moon"),
        (("keywords",), []),
        (("basis",), []),
        (("basis", 0, "article"), "x"),
        (("conditions",), []),
        (("form",), []),
        (("form", 0, "fields"), []),
        (("form", 0, "fields", 1, "type"), "colour"),
        (("form", 0, "fields", 2, "when"), {"field": "acquired_by", "si": "purchase"}),
        (("form", 3, "fields", 0), {"use": "applicant", "required": True}),
        (("form", 3, "fields", 0), {"use": "applicant", "prefix": "seller"}),
        (("materials", 0, "form"), "verbal"),
        (("materials", 0, "copies"), 21),
        (("materials", 0, "copies"), "2"),
        (("limits", "decide", "promised"), "1 day"),
        (("limits", "decide"), {"promised": "1wd", "statutory": "1wd"}),
        (("limits",), {}),
        (("fee", "ground"), ""),
        (("result", "kind"), "gift"),
        (("visits", "count"), 10),
        (("visits", "count"), 1.5),
        (("online",), "maybe"),
        (("verification", "level"), "certain"),
        (("scenarios", 0, "start"), "2026-10-12T09:30"),
        (("scenarios", 0, "events", 0, "do"), "approve"),
        (("scenarios", 0, "events", 0, "by"), "mayor"),
        (("scenarios", 0, "expect", "colour", "decide"), "blue"),
        (("scenarios",), []),
    ],
)
def test_an_item_of_another_shape_is_refused(path: tuple[str | int, ...], value: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(ItemShape).validate_python(broken(path, value))


def test_the_item_that_these_break_is_of_the_right_shape() -> None:
    assert TypeAdapter(ItemShape).validate_python(ENTRY.source.value) == ENTRY.shape


def test_an_item_is_the_same_when_it_is_made_again_from_its_bundle() -> None:
    """A case keeps its version for life, so a bundle must be all that it takes."""
    assert item_from_bundle(ENTRY.bundle) == ENTRY.item
    changed = {**ENTRY.bundle, "item": broken(("fee", "amount"), 120)}
    again = item_from_bundle(changed)
    assert again.version != ENTRY.item.version
    assert (again.id, again.form) == (ENTRY.item.id, ENTRY.item.form)


def test_a_group_that_is_used_with_a_prefix_asks_about_its_own_fields() -> None:
    when = AllOf((Is("kind", "x"), Not(In("other", ("y",)))))
    assert prefixed(when, "seller_", {"kind"}) == AllOf((Is("seller_kind", "x"), Not(In("other", ("y",)))))
