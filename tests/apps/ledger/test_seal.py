"""Sealing: every finished day once, empty ones too, each chained to the day before and signed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from support.actors import Cast
from support.fixed_clock import at
from support.journeys import submitted
from support.ledger import AFTER, Sealed

from yinuo.apps.cases.models import CaseEvent
from yinuo.apps.ledger.actions.seal import seal_until
from yinuo.apps.ledger.models import DayRoot
from yinuo.apps.ledger.queries import keys, root_of, statement
from yinuo.apps.ledger.signatures import is_signed, read_keys
from yinuo.core import sealing
from yinuo.core.merkle import root


def test_every_finished_day_is_sealed_from_the_first_event_on(sealed: Sealed) -> None:
    days = [(row.day, row.size) for row in DayRoot.objects.order_by("day")]
    events = CaseEvent.objects.filter(case=sealed.closed).count()
    assert days == [(date(2026, 10, 12), events), (date(2026, 10, 13), 0), (date(2026, 10, 14), 2)]


def test_the_root_is_over_the_hashes_of_the_day_by_case_and_place(cast: Cast, sealed: Sealed) -> None:
    for moment in ("10-15 10:00", "10-15 11:00"):
        submitted(cast, at=at(moment))
    assert seal_until(at("10-16 09:00")) == 1
    found = CaseEvent.objects.filter(at__gte=at("10-15 00:00")).order_by("case__number", "seq")
    hashes = [event.hash for event in found]
    assert len(hashes) == 2
    assert root_of(date(2026, 10, 15)) == root([one.encode() for one in hashes]).hex()


def test_a_day_without_events_has_the_root_of_nothing(sealed: Sealed) -> None:
    assert root_of(date(2026, 10, 13)) == sealing.root_of([])


def test_each_day_names_the_one_before_and_is_signed(sealed: Sealed) -> None:
    before, trusted = sealing.FIRST, read_keys(keys())
    for row in DayRoot.objects.order_by("day"):
        said = statement(row)
        assert said.before == before
        assert is_signed(said.text, row.signature, trusted)
        before = said.hash


def test_sealing_twice_changes_nothing_and_costs_one_look(sealed: Sealed) -> None:
    before = list(DayRoot.objects.order_by("day").values())
    with CaptureQueriesContext(connection) as asked:
        assert seal_until(AFTER) == 0
    assert len(asked) == 1
    assert list(DayRoot.objects.order_by("day").values()) == before


@pytest.mark.parametrize(
    ("moment", "days"),
    [("10-12 23:59", 0), ("10-13 00:09", 0), ("10-13 00:10", 1), ("10-14 00:09", 1), ("10-14 00:10", 2)],
)
def test_a_day_is_sealed_when_it_has_settled(cast: Cast, moment: str, days: int) -> None:
    submitted(cast)
    assert seal_until(at(moment)) == days


def test_where_nothing_ever_happened_nothing_is_sealed(db: None) -> None:
    assert seal_until(AFTER) == 0


def test_an_event_of_shanghais_morning_is_of_that_day(cast: Cast) -> None:
    """00:30 in Shanghai is still the day before in Greenwich."""
    submitted(cast, at=at("10-12 00:30"))
    assert seal_until(AFTER) == 3
    assert DayRoot.objects.get(day=date(2026, 10, 12)).size == 1


def test_of_two_who_seal_at_once_one_gives_way(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    submitted(cast)
    assert seal_until(at("10-13 09:00")) == 1
    monkeypatch.setattr("yinuo.apps.ledger.actions.seal.last_sealed", lambda: None)
    assert seal_until(AFTER) == 0
    assert DayRoot.objects.count() == 1
