"""How long what is kept: spans, rules, the first that fits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.core.form import Text
from yinuo.core.retention import Matter, Rule, Span, rule_for

WHY = Text("因为", "because")
GRANTED = Matter("granted", "dog", "01", "zhian")


def rule(key: str, keep: str = "2y", kind: str = "case", **narrowed: set[str]) -> Rule:
    only = {name: frozenset(values) for name, values in narrowed.items()}
    return Rule(key, kind, Span.parse(keep), None, "preset", WHY, **only)


@pytest.mark.parametrize(
    ("keep", "since", "last"),
    [
        ("90d", date(2026, 1, 1), date(2026, 4, 1)),
        ("1mo", date(2026, 1, 31), date(2026, 2, 28)),
        ("18mo", date(2026, 8, 31), date(2028, 2, 29)),
        ("10y", date(2028, 2, 29), date(2038, 2, 28)),
    ],
)
def test_a_span_ends_on_its_day(keep: str, since: date, last: date) -> None:
    span = Span.parse(keep)
    assert span is not None
    assert (span.after(since), str(span)) == (last, keep)
    one = rule("any", keep)
    assert not one.is_due(since, last)
    assert one.is_due(since, last + timedelta(days=1))


@pytest.mark.parametrize("text", ["", "0d", "10", "y", "10 y", "-1d", "10w", "99999d"])
def test_what_is_no_span(text: str) -> None:
    assert Span.parse(text) is None


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.sampled_from(["1d", "90d", "1mo", "6mo", "18mo", "2y", "30y"]),
)
def test_the_last_day_since_which_something_is_due(today: date, keep: str) -> None:
    one, span = rule("any", keep), Span.parse(keep)
    assert span is not None
    since = span.over_before(today)
    assert one.is_due(since, today)
    assert not one.is_due(since + timedelta(days=1), today)


def test_the_first_rule_that_fits_counts() -> None:
    rules = [
        rule("drafts", kind="draft"),
        rule("dogs", items={"dog"}, outcomes={"denied"}),
        rule("licences", kinds={"01"}),
        rule("rest"),
    ]
    assert rule_for(rules, "case", GRANTED) is rules[2]
    assert rule_for(rules, "case", Matter("denied", "dog", "01", "zhian")) is rules[1]
    assert rule_for(rules, "case", Matter("granted", "id", "07", "huzheng")) is rules[3]
    assert rule_for(rules, "draft") is rules[0]
    assert rule_for(rules, "notice") is None


def test_a_branch_narrows_a_rule_down() -> None:
    assert rule("only", branches={"zhian"}).fits(GRANTED)
    assert not rule("only", branches={"huzheng"}).fits(GRANTED)


def test_for_ever_is_never_due() -> None:
    for_ever = rule("archive", "forever")
    assert for_ever.kept_until(date(1900, 1, 1)) is None
    assert not for_ever.is_due(date(1900, 1, 1), date(2900, 1, 1))
