"""Conditions in words, in both languages, with the questions and choices as people read them."""

from __future__ import annotations

import pytest

from yinuo.catalogue.conditions import number, words
from yinuo.core.form import AllOf, AnyOf, Choice, Compare, Field, Form, In, Is, Not, Page, Present, Text, When

CHOICES = (Choice("none", Text("没有", "None")), Choice("pledged", Text("质押中", "Pledged")))
FORM = Form(
    (
        Page(
            "state",
            Text("状况", "State"),
            (
                Field("pledge", Text("有没有抵押", "Is it mortgaged"), "choice", choices=CHOICES),
                Field("abroad", Text("从国外来", "From abroad"), "bool"),
                Field("price", Text("价格", "Price"), "number"),
            ),
        ),
    )
)
PLEDGED, ABROAD, DEAR = Is("pledge", "pledged"), Is("abroad", True), Compare("price", at_least=1_000_000)


@pytest.mark.parametrize(
    ("when", "zh", "en"),
    [
        (PLEDGED, "“有没有抵押”选“质押中”", "“Is it mortgaged” is “Pledged”"),
        (Is("abroad", False), "“从国外来”选“否”", "“From abroad” is “no”"),
        (In("pledge", ("none", "pledged")), "选“没有”或“质押中”", "is “None” or “Pledged”"),
        (Present("price"), "“价格”填了", "“Price” is filled in"),
        (Present("price", False), "“价格”没填", "“Price” is not filled in"),
        (DEAR, "“价格”不小于 1000000", "“Price” is at least 1000000"),
        (Compare("price", 1.5, 20), "不小于 1.5、不大于 20", "is at least 1.5 and is at most 20"),
        (Not(ABROAD), "不是（“从国外来”选“是”）", "not (“From abroad” is “yes”)"),
        (AllOf((PLEDGED, ABROAD)), "选“质押中”，并且“从国外来”", "is “Pledged” and “From abroad”"),
        (AnyOf((PLEDGED, ABROAD)), "选“质押中”，或者“从国外来”", "is “Pledged” or “From abroad”"),
        (Is("pledge", "sold"), "“有没有抵押”选“sold”", "“Is it mortgaged” is “sold”"),
        (Is("gone", "x"), "“gone”选“x”", "“gone” is “x”"),
    ],
)
def test_a_condition_is_told_in_both_languages(when: When, zh: str, en: str) -> None:
    told = words(when, FORM)
    assert zh in told.zh
    assert en in told.en


def test_an_or_inside_an_and_stands_in_brackets() -> None:
    told = words(AllOf((DEAR, AnyOf((PLEDGED, ABROAD)))), FORM)
    assert told.zh == "“价格”不小于 1000000，并且（“有没有抵押”选“质押中”，或者“从国外来”选“是”）"
    assert (
        told.en
        == "“Price” is at least 1000000 and (“Is it mortgaged” is “Pledged” or “From abroad” is “yes”)"
    )


def test_what_is_joined_the_same_way_needs_no_brackets() -> None:
    assert "（" not in words(AllOf((DEAR, AllOf((PLEDGED, ABROAD)))), FORM).zh


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (3.0, "3"), (0.5, "0.5"), (12_345_678, "12345678"), (-1, "-1")]
)
def test_a_number_has_all_its_digits(value: float, shown: str) -> None:
    assert number(value) == shown
