"""Limits: how many, how long, for whom; the same for an account that does not exist; nobody for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.fixed_clock import NOW
from support.races import at_once

from yinuo.apps.limits import figures
from yinuo.apps.limits.actions.clean import clean
from yinuo.apps.limits.actions.count import count
from yinuo.apps.limits.actions.forget import forget
from yinuo.apps.limits.digests import network
from yinuo.apps.limits.figures import LIMITS, Pauses, Window
from yinuo.apps.limits.models import Count

HERE, THERE = "192.0.2.1", "192.0.2.2"
WHO = "13800000001"


def after(seconds: float) -> object:
    return NOW + timedelta(seconds=seconds)


def tried(times: int, at: float = 0, *, who: str = WHO, address: str | None = None) -> list[int]:
    """The seconds to wait of each attempt to sign in, 0 where it was let in."""
    made = [count("sign-in", person=who, address=address, now=after(at)) for _ in range(times)]  # type: ignore[arg-type]
    return [0 if no is None else int(str(no.facts["seconds"])) for no in made]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A door that lets in two in ten seconds."""
    door = {"search": (Window("address", 2, 10, "for a test"),)}
    monkeypatch.setattr("yinuo.apps.limits.actions.count.LIMITS", dict(LIMITS) | door)


def searched(at: float, address: str = HERE) -> int:
    no = count("search", address=address, now=after(at))  # type: ignore[arg-type]
    return 0 if no is None else int(str(no.facts["seconds"]))


@pytest.mark.usefixtures("db", "narrow")
def test_so_many_in_so_long_and_then_when_to_come_back() -> None:
    assert [searched(at) for at in (0, 1, 2, 9)] == [0, 0, 8, 1]
    assert [searched(at) for at in (10, 11, 12)] == [0, 0, 8]


@pytest.mark.usefixtures("db", "narrow")
def test_addresses_are_counted_apart_and_doors_too() -> None:
    assert [searched(0), searched(0), searched(0)] == [0, 0, 10]
    assert searched(0, THERE) == 0
    assert count("progress", address=HERE, now=NOW) is None


@pytest.mark.usefixtures("db")
def test_pauses_grow_after_the_free_attempts() -> None:
    assert tried(6) == [0, 0, 0, 0, 0, 0]
    assert tried(1) == [30]
    assert [tried(2, at) for at in (30, 90, 210, 450, 930)] == [[0, n] for n in (60, 120, 240, 480, 900)]
    assert tried(2, 1830) == [0, 900]


@pytest.mark.usefixtures("db")
def test_what_comes_to_a_shut_door_keeps_it_shut_no_longer() -> None:
    tried(6)
    assert tried(200, 15) == [15] * 200
    assert tried(1, 30) == [0]


@pytest.mark.usefixtures("db")
def test_a_day_without_an_attempt_and_all_is_forgotten() -> None:
    tried(6)
    assert tried(6, 86_400) == [0] * 6


@pytest.mark.usefixtures("db")
def test_whoever_gets_in_starts_anew() -> None:
    tried(5)
    forget("sign-in", person=WHO)
    assert tried(7) == [0] * 6 + [30]


@pytest.mark.usefixtures("db")
def test_success_at_ones_own_account_buys_no_guesses_at_others() -> None:
    """One address signs in to its own account after each guess at somebody else's."""
    let_in = 0
    for n in range(80):
        let_in += tried(1, who=f"victim-{n}", address=HERE)[0] == 0
        if tried(1, who="own", address=HERE) == [0]:
            forget("sign-in", person="own", address=HERE)
    assert let_in == 51


@pytest.mark.usefixtures("db")
def test_an_address_that_is_shut_out_counts_against_nobodys_account() -> None:
    for n in range(51):
        tried(1, who=f"victim-{n}", address=HERE)
    assert tried(9, address=HERE) == [30] * 9
    assert tried(6, address=THERE) == [0] * 6


@pytest.mark.usefixtures("db")
def test_the_table_names_nobody() -> None:
    tried(3, address=HERE)
    (one, two) = Count.objects.order_by("digest")
    for row in (one, two):
        assert WHO not in row.digest
        assert HERE not in row.digest
        assert len(row.digest) == 43


@pytest.mark.usefixtures("db", "narrow")
def test_counts_that_are_over_are_thrown_away_and_only_those() -> None:
    searched(0)
    tried(1)
    assert clean(after(10 + 3600)) == 0  # type: ignore[arg-type]
    assert clean(after(11 + 3600)) == 1  # type: ignore[arg-type]
    assert Count.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_nobody_slips_through_between_two_that_come_at_once() -> None:
    let_in = at_once(*[lambda: count("sign-in", person=WHO, now=NOW)] * 12)
    assert let_in.count(None) == 6
    sent = at_once(*[lambda: count("code-send", person=WHO, now=NOW)] * 8)
    assert sent.count(None) == 5


@pytest.mark.parametrize(
    ("address", "stands_for"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_a_household_has_one_address(address: str, stands_for: str) -> None:
    assert network(address) == stands_for


def test_every_figure_has_its_reason_and_is_one() -> None:
    for door, limits in LIMITS.items():
        assert limits, door
        for one in limits:
            assert len(one.why) > 15, door
            assert one.within > 0 and one.most > 0 if isinstance(one, Window) else one.free > 0, door
        assert [one.per for one in limits] == sorted(one.per for one in limits), "address, code, person"


def test_nobody_is_shut_out_for_good() -> None:
    for limits in LIMITS.values():
        for one in limits:
            longest = one.within if isinstance(one, Window) else max(one.pauses)
            assert longest <= figures.DAY
            if isinstance(one, Pauses):
                assert longest <= 15 * figures.MINUTE


def test_pauses_that_do_not_grow_are_none() -> None:
    sound = Pauses("person", 5, (1, 2), 10, "for a test")
    for wrong in ({"pauses": ()}, {"pauses": (2, 1)}, {"memory": 2}):
        with pytest.raises(ValueError, match="pauses grow"):
            replace(sound, **wrong)  # type: ignore[arg-type]
