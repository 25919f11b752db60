"""Each figure worked out by hand, small groups hidden, and what one case adds counted from its events."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from support import cases
from support.cases import APPLICANT, LEADER, MONDAY, UNIT, WINDOW, WORDS, Life

from yinuo.core.case import SYSTEM
from yinuo.core.case import commands as c
from yinuo.core.figures import (
    COUNTS,
    FIGURES,
    Period,
    Tally,
    Value,
    View,
    count,
    figure,
    gathered,
    stops,
    suppressed,
    value,
    values,
)

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
# Twenty cases of one unit, as a clerk might tally them on paper.
PAPER = Tally(
    Counter({
        "open": 9, "due-today": 1, "yellow": 2, "red": 3, "violation": 1, "stopped": 2,
        "received": 20, "supplemented": 3, "accepted": 16, "deemed": 2,
        "decide-ended": 10, "decide-kept": 8, "decide-bound": 5, "decide-lawful": 4,
        "accept-ended": 18, "accept-kept": 15, "accept-bound": 16, "accept-lawful": 16,
        "deliver-ended": 6, "deliver-kept": 3, "deliver-bound": 2, "deliver-lawful": 1,
        "extended": 1, "decided": 10, "denied": 1, "refused": 2, "closed": 8, "closed-rated": 6,
        "rating-1": 2, "rating-2": 1, "rating-3": 1, "rating-4": 0, "rating-5": 1, "rating-out": 1,
        "remedies-due": 4, "remedies-kept": 2, "remedies-broken": 1, "bad-ratings": 2, "called-back": 1,
        "card-yellow": 2, "card-red": 1,
    }),
    # Ten decisions, smallest first: 1 1 2 2 3 4 5 8 13 21
    Counter({1: 2, 2: 2, 3: 1, 4: 1, 5: 1, 8: 1, 13: 1, 21: 1}),
)  # fmt: skip
BY_HAND: dict[str, tuple[int, int | None, float]] = {
    "open": (9, None, 9),
    "due-today": (1, None, 1),
    "yellow": (2, None, 2),
    "red": (3, None, 3),
    "violation": (1, None, 1),
    "stopped": (2, None, 2),
    "received": (20, None, 20),
    "decide-on-time": (8, 10, 0.8),
    "decide-within-law": (4, 5, 0.8),
    "accept-on-time": (15, 18, 15 / 18),
    "accept-within-law": (16, 16, 1),
    "deliver-on-time": (3, 6, 0.5),
    "deliver-within-law": (1, 2, 0.5),
    "median": (5, 10, 3),  # half of ten is the 5th: 3 days, and no mean of 3 and 4
    "p90": (9, 10, 13),  # the 9th
    "supplement-rate": (3, 20, 0.15),
    "refusal-rate": (3, 12, 0.25),  # two refused and one denied, of ten decided and two refused
    "extension-rate": (1, 10, 0.1),
    "deemed": (2, 16, 0.125),
    "satisfaction": (4, 5, 0.8),  # the one taken out stands in neither number
    "rating-1": (2, None, 2),
    "rating-2": (1, None, 1),
    "rating-3": (1, None, 1),
    "rating-4": (0, None, 0),
    "rating-5": (1, None, 1),
    "rating-out": (1, None, 1),
    "rating-rate": (6, 8, 0.75),
    "remedies-due": (4, None, 4),
    "remedies-kept": (2, None, 2),
    "remedies-broken": (1, None, 1),
    "call-back-rate": (1, 2, 0.5),
    "card-yellow": (2, None, 2),
    "card-red": (1, None, 1),
}


def test_there_is_an_example_for_every_figure() -> None:
    assert set(BY_HAND) == {one.key for one in FIGURES}


@pytest.mark.parametrize("key", BY_HAND)
def test_a_figure_is_what_a_clerk_works_out_by_hand(key: str) -> None:
    numerator, denominator, amount = BY_HAND[key]
    found = value(figure(key), PAPER)
    assert (found.numerator, found.denominator) == (numerator, denominator)
    assert found.amount == pytest.approx(amount)


def test_where_nothing_happened_there_is_no_rate_and_no_hundred_percent() -> None:
    for key, found in values(Tally()).items():
        assert found.amount in (None, 0), key
        assert (found.amount is None) == (figure(key).unit != "count"), key


def test_everything_that_is_divided_is_said_in_words() -> None:
    for one in FIGURES:
        for key in (*one.numerator, *one.denominator, *one.base):
            assert COUNTS[key].zh, key
            assert COUNTS[key].en, key


@pytest.mark.parametrize(
    ("days", "median", "p90"),
    [([7], 7, 7), ([1, 9], 1, 9), ([1, 2, 9], 2, 9), ([5] * 19 + [40], 5, 5), ([0, 0, 1, 1], 0, 1)],
)
def test_the_nearest_rank_is_always_a_length_that_somebody_waited(
    days: list[int], median: int, p90: int
) -> None:
    tally = Tally(days=Counter(days))
    assert value(figure("median"), tally).amount == median
    assert value(figure("p90"), tally).amount == p90


# Small groups


def group(*sizes: int) -> dict[str, Value]:
    return {f"u{n}": Value(0, size, 0.0 if size else None, size) for n, size in enumerate(sizes)}


def hidden(*sizes: int) -> tuple[list[int], bool]:
    """The sizes that are not shown, and whether the whole is not."""
    cells, whole = suppressed(group(*sizes), Value(0, sum(sizes), 0.0, sum(sizes)))
    return [sizes[int(key[1:])] for key, cell in cells.items() if cell.is_hidden], whole.is_hidden


def test_a_group_of_five_is_shown_and_one_of_four_is_not() -> None:
    assert hidden(5, 6, 7) == ([], False)
    assert 4 in hidden(4, 6, 7)[0]


def test_one_that_could_be_worked_out_from_the_whole_takes_another_with_it() -> None:
    assert hidden(4, 60, 7, 80) == ([4, 7], False)


def test_two_small_ones_that_together_are_small_take_a_third_with_them() -> None:
    assert hidden(1, 1, 9, 80) == ([1, 1, 9], False)
    assert hidden(3, 4, 9, 80) == ([3, 4], False)


def test_where_no_other_group_is_left_the_whole_is_hidden() -> None:
    assert hidden(3, 0, 0) == ([3], True)
    assert hidden(1, 2, 0) == ([1, 2], True)


def test_a_group_of_nobody_names_nobody() -> None:
    assert hidden(0, 0, 8) == ([], False)


def test_what_is_hidden_can_never_be_worked_out() -> None:
    """The whole less what is shown leaves at least five cases, spread over two groups or more."""
    for a in range(8):
        for b in range(8):
            for d in (0, 3, 5, 20):
                sizes = (a, b, d)
                out, whole_hidden = hidden(*sizes)
                assert whole_hidden or not out or (len(out) > 1 and sum(out) >= 5), sizes
                assert all(size in out for size in sizes if 0 < size < 5), sizes


# One case, from its events alone


def tallied(life: Life, period: Period = MARCH) -> Tally:
    parts = count(life.events, View(period, life.at, life.calendar))
    return gathered(parts, lambda part: "all")["all"]


def counts(life: Life, period: Period = MARCH) -> dict[str, int]:
    return {key: n for key, n in tallied(life, period).counts.items() if n}


def test_a_case_that_was_just_handed_in_is_open_and_received() -> None:
    assert counts(cases.submitted()) == {"open": 1, "received": 1}


def test_a_case_outside_the_period_still_counts_among_those_open_now() -> None:
    april = Period(date(2026, 4, 1), date(2026, 4, 30))
    assert counts(cases.submitted(), april) == {"open": 1}


def test_a_decision_in_time_is_kept_by_both_clocks() -> None:
    found = counts(cases.decided())
    assert (
        found["decide-ended"] == found["decide-kept"] == found["decide-bound"] == found["decide-lawful"] == 1
    )
    assert found["decided"] == 1
    assert "denied" not in found


def test_a_decision_past_the_promised_day_only_is_late_and_lawful() -> None:
    life = cases.examined().wait(days=16)  # 18 March: the promised 10th working day was 16 March
    life.done(c.Decide(True, WORDS), cases.APPROVER)
    found = counts(life)
    assert "decide-kept" not in found
    assert found["decide-lawful"] == 1
    assert tallied(life).days == Counter({12: 1})


def test_an_open_case_past_its_day_is_red_and_in_no_rate() -> None:
    found = counts(cases.accepted().wait(days=16))
    assert found["red"] == 1
    assert "decide-ended" not in found
    assert counts(cases.accepted().wait(days=40))["violation"] == 1


def test_the_last_day_is_due_today_and_yellow_and_not_red() -> None:
    found = counts(cases.accepted().wait(days=14))  # 16 March
    assert found["due-today"] == found["yellow"] == 1
    assert "red" not in found


def test_a_special_procedure_stops_the_clock_and_its_days_are_not_used() -> None:
    life = cases.examined()
    life.done(c.Suspend("hearing", WORDS), cases.APPROVER)
    assert counts(life)["stopped"] == 1
    life.wait(days=7).done(c.Resume(WORDS), cases.APPROVER)
    life.wait(days=1).done(c.Decide(True, WORDS), cases.APPROVER)
    found = tallied(life)
    assert found.days == Counter({1: 1})  # six working days, of which the hearing took five
    (stop,) = stops(found)
    assert (stop.kind, stop.times, stop.days) == ("hearing", 1, 5)


def test_a_supplement_counts_once_a_case_and_waits_without_a_running_clock() -> None:
    life = cases.submitted().done(c.AskSupplement(fields={"name": "不符"}), WINDOW)
    found = counts(life)
    assert (found["supplemented"], found["stopped"]) == (1, 1)
    assert tallied(life).stops.total() == 1


def test_a_refusal_is_no_decision_and_a_transfer_is_neither() -> None:
    assert counts(cases.submitted().done(c.Refuse(WORDS), WINDOW))["refused"] == 1
    assert "refused" not in counts(cases.submitted().done(c.Refuse(WORDS, "市场监督管理局"), WINDOW))


def test_a_withdrawn_case_breaks_and_keeps_nothing() -> None:
    found = counts(cases.accepted().wait(days=30).done(c.Withdraw(WORDS), APPLICANT))
    assert not {"decide-ended", "decide-kept", "open", "closed"} & set(found)


def test_silence_is_an_acceptance_and_counted_as_one_by_silence() -> None:
    life = cases.submitted().wait(days=8).done(c.Deem(), SYSTEM)
    found = counts(life)
    assert (found["accepted"], found["deemed"]) == (1, 1)
    assert "accept-kept" not in found


def test_a_case_without_a_rating_is_no_good_rating() -> None:
    found = counts(cases.closed())
    assert found["closed"] == 1
    assert not {key for key in found if "rat" in key}


def test_a_bad_rating_makes_remedies_due_and_a_broken_one_is_broken_even_undone() -> None:
    life = cases.delivered().done(c.Rate(5, WORDS), APPLICANT)
    found = counts(life)
    assert (found["rating-5"], found["closed-rated"], found["bad-ratings"]) == (1, 1, 1)
    assert found["remedies-due"] > 0
    assert "remedies-broken" not in found
    later = counts(life.wait(days=20))
    assert later["remedies-broken"] == later["remedies-due"]
    assert "remedies-kept" not in later


def test_an_extended_decision_is_counted_as_extended() -> None:
    life = cases.examined().done(c.AskExtension(WORDS), cases.APPROVER)
    life.done(c.AnswerExtension(True, WORDS), LEADER).done(c.Decide(True, WORDS), cases.APPROVER)
    assert counts(life)["extended"] == 1


def test_each_part_lies_with_the_unit_that_owed_it() -> None:
    parts = list(count(cases.decided().events, View(MARCH, MONDAY, cases.decided().calendar)))
    assert {part.unit for part in parts} == {UNIT}
    assert {part.item for part in parts} == {cases.item().id}
