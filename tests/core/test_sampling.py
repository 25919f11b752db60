"""The lot of closed cases: anybody who has the seed and the numbers draws the same."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.core.sampling import sample

NUMBERS = [f"2208-2026-{n:05}" for n in range(1, 401)]
numbers = st.lists(st.text(min_size=1, max_size=12), max_size=30)


def test_the_lot_can_be_drawn_again_with_a_shell() -> None:
    """`printf '%s' "$seed:$number" | sha256sum`, sorted, the first few."""
    lines = sorted((hashlib.sha256(f"2026-03:{one}".encode()).hexdigest(), one) for one in NUMBERS)
    assert sample(NUMBERS, "2026-03", 5) == [one for _, one in lines[:5]]


def test_a_lot_that_was_published_is_drawn_so_for_ever() -> None:
    assert sample("abcdefgh", "2026-03", 3) == PUBLISHED


PUBLISHED = ["a", "c", "e"]


@given(numbers, st.text(max_size=10), st.integers(0, 40), st.randoms())
def test_the_order_in_which_the_numbers_come_does_not_matter(
    given_: list[str], seed: str, size: int, rng: object
) -> None:
    drawn = sample(given_, seed, size)
    assert drawn == sample(reversed(given_), seed, size)
    assert drawn == sample(given_ + given_, seed, size)


@given(numbers, st.text(max_size=10), st.integers(0, 40))
def test_nobody_is_drawn_twice_and_never_more_than_there_are(given_: list[str], seed: str, size: int) -> None:
    drawn = sample(given_, seed, size)
    assert len(drawn) == len(set(drawn)) == min(size, len(set(given_)))
    assert set(drawn) <= set(given_)


@given(numbers, st.text(max_size=10), st.integers(0, 40))
def test_a_bigger_lot_holds_the_smaller_one(given_: list[str], seed: str, size: int) -> None:
    assert sample(given_, seed, size + 1)[:size] == sample(given_, seed, size)


def test_another_seed_is_another_lot() -> None:
    assert len({tuple(sample(NUMBERS, f"2026-{month:02}", 20)) for month in range(1, 13)}) == 12


@pytest.mark.parametrize("size", [0, 1, 400, 1000])
def test_of_no_cases_none_is_drawn(size: int) -> None:
    assert sample([], "seed", size) == []


def test_every_case_has_about_the_same_chance() -> None:
    """A tenth of the cases, a thousand times: nobody is drawn much more often than another."""
    counts = dict.fromkeys(NUMBERS[:40], 0)
    for seed in range(1000):
        for number in sample(counts, str(seed), 4):
            counts[number] += 1
    assert all(60 <= count <= 140 for count in counts.values())  # four standard deviations around 100
