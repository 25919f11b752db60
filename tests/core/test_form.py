"""Forms: what is asked, what is wrong with an answer, and how typed text becomes one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.core.form import (
    LONGEST_LINE,
    TYPES,
    AllOf,
    AnyOf,
    Choice,
    Compare,
    Field,
    Form,
    In,
    Is,
    Not,
    Page,
    Present,
    Text,
    When,
    asked,
    asked_pages,
    fields_of,
    problem,
    problems,
    read,
    settle,
)
from yinuo.core.identifiers import CHECKS

TODAY = date(2026, 3, 2)
LABEL = Text("问题", "Question")
CHOICES = (Choice("left", Text("左", "Left")), Choice("right", Text("右", "Right")))


def field(type_: str = "text", **facts: Any) -> Field:
    if type_ in ("choice", "choices"):
        facts.setdefault("choices", CHOICES)
    return Field(facts.pop("key", "answer"), LABEL, type_, **facts)


def form(*fields: Field, when: When | None = None) -> Form:
    return Form((Page("only", LABEL, fields, when),))


RIGHT: dict[str, Any] = {
    "text": "吉林省白城市",
    "longtext": "第一行\n第二行\t完",
    "date": "2026-02-28",
    "datetime": "2026-02-28T09:30",
    "number": 3,
    "choice": "left",
    "choices": ["left", "right"],
    "bool": False,
    "idcard": "11010519491231002X",
    "phone": "13904361234",
    "address": "白城市洮北区幸福南大街 1 号",
    "division": "220802",
    "plate": "吉G12345",
    "vin": "LSVAA4182E2184847",
    "uscc": "91350100M000100Y43",
    "passport": "E12345678",
    "file": "upload",
    "location": "45.6196,122.8387",
}
WRONG = [
    ("text", 5, "wrong-type"),
    ("text", True, "wrong-type"),
    ("text", ["a"], "wrong-type"),
    ("text", "x" * (LONGEST_LINE + 1), "too-long"),
    ("longtext", "x" * 5001, "too-long"),
    ("address", "x" * (LONGEST_LINE + 1), "too-long"),
    ("date", "2026-02-30", "bad-date"),
    ("date", "2026-2-3", "bad-date"),
    ("date", "20260203", "bad-date"),
    ("date", "2026-W06-2", "bad-date"),
    ("date", "２０２６-02-03", "bad-date"),
    ("date", "2026-02-03T10:00", "bad-date"),
    ("date", "1899-12-31", "bad-date"),
    ("date", "2101-01-01", "bad-date"),
    ("date", 20260203, "wrong-type"),
    ("datetime", "2026-02-03", "bad-date"),
    ("datetime", "20260203T100000", "bad-date"),
    ("datetime", "2026-02-03T25:00", "bad-date"),
    ("number", "three", "not-a-number"),
    ("number", True, "not-a-number"),
    ("number", float("nan"), "not-a-number"),
    ("number", float("inf"), "not-a-number"),
    ("number", 10**15, "not-a-number"),
    ("choice", "middle", "not-a-choice"),
    ("choice", ["left"], "wrong-type"),
    ("choices", "left", "wrong-type"),
    ("choices", ["left", "middle"], "not-a-choice"),
    ("bool", "yes", "not-yes-or-no"),
    ("bool", 1, "not-yes-or-no"),
    ("location", "洮北区", "bad-location"),
    ("location", "45.6196", "bad-location"),
]


def test_every_type_has_an_answer_that_is_right() -> None:
    assert set(RIGHT) == TYPES
    found = {type_: problem(field(type_), answer, TODAY) for type_, answer in RIGHT.items()}
    assert found == dict.fromkeys(RIGHT)


@pytest.mark.parametrize(("type_", "answer", "code"), WRONG)
def test_a_wrong_answer_has_the_code_of_what_is_wrong(type_: str, answer: Any, code: str) -> None:
    assert problem(field(type_), answer, TODAY) == code


@pytest.mark.parametrize("type_", sorted(CHECKS))
def test_an_identifier_is_checked(type_: str) -> None:
    code = problem(field(type_), f"{RIGHT[type_]}!", TODAY)
    assert code is not None
    assert code != "wrong-type"


@pytest.mark.parametrize("type_", sorted(TYPES))
@pytest.mark.parametrize("nothing", [None, "", "  ", "\u3000", []])
def test_nothing_is_a_problem_only_where_an_answer_is_required(type_: str, nothing: Any) -> None:
    assert problem(field(type_), nothing, TODAY) == "required"
    assert problem(field(type_, required=False), nothing, TODAY) is None


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x1f", "\x7f", "\ud800", "\ufffe"])
@pytest.mark.parametrize("type_", ["text", "longtext", "address", "idcard", "choice", "date"])
def test_a_control_character_is_never_part_of_an_answer(type_: str, bad: str) -> None:
    for answer in (f"a{bad}b", bad):
        assert problem(field(type_), answer, TODAY) == "bad-character"
        assert problem(field(type_, required=False), answer, TODAY) == "bad-character"


@pytest.mark.parametrize(
    ("bounds", "answer", "code"),
    [
        ({"least": 1}, 0, "too-small"),
        ({"least": 1}, 1, None),
        ({"most": 9.5}, 9.6, "too-large"),
        ({"most": 9.5}, 9.5, None),
    ],
)
def test_a_number_keeps_within_its_bounds(bounds: dict[str, float], answer: float, code: str | None) -> None:
    assert problem(field("number", **bounds), answer, TODAY) == code


@pytest.mark.parametrize(
    ("bound", "answer", "code"),
    [
        ("past", "2026-03-02", None),
        ("past", "2026-03-03", "date-in-future"),
        ("future", "2026-03-02", None),
        ("future", "2026-03-01", "date-in-past"),
    ],
)
def test_a_date_keeps_to_its_side_of_today(bound: str, answer: str, code: str | None) -> None:
    assert problem(field("date", **{bound: True}), answer, TODAY) == code
    assert problem(field("datetime", **{bound: True}), f"{answer} 10:00", TODAY) == code


def test_a_field_may_set_its_own_length() -> None:
    assert problem(field("text", longest=4), "12345", TODAY) == "too-long"
    assert problem(field("text", longest=300), "x" * 300, TODAY) is None


@pytest.mark.parametrize(
    ("when", "answers", "holds"),
    [
        (Is("a", "x"), {"a": "x"}, True),
        (Is("a", "x"), {"a": "y"}, False),
        (Is("a", "x"), {}, False),
        (Is("a", False), {"a": False}, True),
        (Is("a", "x"), {"a": ["w", "x"]}, True),  # of several choices, one
        (Is("a", "x"), {"a": ["w"]}, False),
        (In("a", ("x", "y")), {"a": "y"}, True),
        (In("a", ("x", "y")), {"a": ["y", "z"]}, True),
        (In("a", ("x", "y")), {"a": ["z"]}, False),
        (In("a", ("x", "y")), {}, False),
        (Present("a"), {"a": False}, True),
        (Present("a"), {"a": 0}, True),
        (Present("a"), {"a": ""}, False),
        (Present("a"), {"a": []}, False),
        (Present("a", present=False), {}, True),
        (Present("a", present=False), {"a": "x"}, False),
        (Compare("a", at_least=3), {"a": 3}, True),
        (Compare("a", at_least=3), {"a": 2.9}, False),
        (Compare("a", at_most=3), {"a": 3}, True),
        (Compare("a", at_least=1, at_most=3), {"a": 4}, False),
        (Compare("a", at_least=1), {"a": "4"}, False),
        (Compare("a", at_least=0), {"a": True}, False),
        (Compare("a", at_most=3), {}, False),
        (AllOf((Is("a", 1), Is("b", 2))), {"a": 1, "b": 2}, True),
        (AllOf((Is("a", 1), Is("b", 2))), {"a": 1}, False),
        (AnyOf((Is("a", 1), Is("b", 2))), {"b": 2}, True),
        (AnyOf((Is("a", 1), Is("b", 2))), {}, False),
        (Not(Is("a", 1)), {}, True),
        (Not(Is("a", 1)), {"a": 1}, False),
    ],
)
def test_a_condition_holds_or_not(when: When, answers: dict[str, Any], holds: bool) -> None:
    assert when.holds(answers) is holds


def test_a_condition_tells_every_field_that_it_looks_at() -> None:
    when = AllOf((Is("a", 1), AnyOf((In("b", (2,)), Not(Present("c")))), Compare("d", 1)))
    assert list(fields_of(when)) == ["a", "b", "c", "d"]


KIND = field("choice", key="kind")
LEFT = field(key="left_reason", when=Is("kind", "left"))
DEEPER = field(key="deeper", when=Present("left_reason"))


def test_only_what_the_answers_call_for_is_asked() -> None:
    chain = form(KIND, LEFT, DEEPER)
    assert [one.key for one in asked(chain, {})] == ["kind"]
    assert [one.key for one in asked(chain, {"kind": "left"})] == ["kind", "left_reason"]
    full = {"kind": "left", "left_reason": "x"}
    assert [one.key for one in asked(chain, full)] == ["kind", "left_reason", "deeper"]


def test_a_page_without_a_question_is_not_shown() -> None:
    second = Page("second", LABEL, (field(key="more"),), when=Is("kind", "right"))
    whole = Form((Page("first", LABEL, (KIND,)), second))
    assert [page.key for page in asked_pages(whole, {"kind": "left"})] == ["first"]
    assert [page.key for page in asked_pages(whole, {"kind": "right"})] == ["first", "second"]


def test_an_answer_falls_away_with_the_question_that_called_for_it() -> None:
    answers = {"kind": "right", "left_reason": "x", "deeper": "y", "unknown": "z"}
    assert settle(form(KIND, LEFT, DEEPER), answers) == {"kind": "right"}


@given(
    st.dictionaries(
        st.sampled_from(["kind", "left_reason", "deeper", "unknown"]), st.sampled_from(["left", "right", ""])
    ),
    st.permutations([KIND, LEFT, DEEPER]),
)
def test_settled_answers_are_a_fixed_point_that_answers_only_what_is_asked(
    answers: dict[str, Any], order: list[Field]
) -> None:
    chain = form(*order)
    kept = settle(chain, answers)
    assert settle(chain, kept) == kept
    assert kept.keys() <= {one.key for one in asked(chain, kept)}
    assert kept.items() <= answers.items()


def test_every_problem_of_a_form_is_told_at_once() -> None:
    chain = form(KIND, LEFT, field("number", key="count", least=1))
    assert problems(chain, {"kind": "left", "count": 0, "nonsense": "x"}, TODAY) == {
        "left_reason": "required",
        "count": "too-small",
        "nonsense": "unknown-field",
    }
    assert problems(chain, {"kind": "right", "count": 1}, TODAY) == {}


@pytest.mark.parametrize(
    ("type_", "typed", "answer"),
    [
        ("text", ["  王 建国 "], "王 建国"),
        ("text", ["", "  "], None),
        ("text", [], None),
        ("text", ["first", "last"], "last"),
        ("bool", ["yes"], True),
        ("bool", ["no"], False),
        ("bool", ["no", "yes"], True),  # a checkbox with a hidden no before it
        ("bool", ["perhaps"], "perhaps"),
        ("number", ["12"], 12),
        ("number", ["１２．５"], 12.5),
        ("number", ["1,234,567.5"], 1234567.5),
        ("number", ["１，２３４"], 1234),
        ("number", ["-3"], -3),
        ("number", ["3.0"], 3),
        ("number", ["1,5"], "1,5"),  # not a thousand of anything: better asked again than misread
        ("number", ["12,34"], "12,34"),
        ("number", ["许多"], "许多"),
        ("choice", ["left"], "left"),
        ("choices", ["left", " right ", ""], ["left", "right"]),
        ("choices", [], []),
        ("phone", ["１３９ ０４３６ １２３４"], "13904361234"),
        ("idcard", ["11010519491231002x"], "11010519491231002X"),
        ("plate", ["吉g·12345"], "吉G12345"),
        ("date", [" 2026-03-02 "], "2026-03-02"),
    ],
)
def test_typed_text_becomes_an_answer(type_: str, typed: list[str], answer: Any) -> None:
    given_back = read(field(type_), typed)
    assert given_back == answer
    assert type(given_back) is type(answer)


@given(st.sampled_from(sorted(TYPES)), st.lists(st.text(max_size=30), max_size=3))
def test_whatever_is_typed_is_read_and_judged_without_an_error(type_: str, typed: list[str]) -> None:
    answer = read(field(type_), typed)
    code = problem(field(type_), answer, TODAY)
    assert code is None or code == code.lower()


@given(st.integers(-(10**14), 10**14))
def test_a_number_is_read_as_it_is_written_with_and_without_separators(number: int) -> None:
    assert read(field("number"), [str(number)]) == number
    assert read(field("number"), [f"{number:,}"]) == number


def test_a_form_finds_its_fields_by_key() -> None:
    chain = form(KIND, LEFT)
    assert chain.field("left_reason") == LEFT
    assert chain.field("nothing") is None
    assert KIND.choice_values == ("left", "right")
