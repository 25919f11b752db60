"""Entries of who came and who was turned away: what they say, what they never hold, how long they stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from support.actors import Cast
from support.fixed_clock import NOW, at
from support.races import at_once
from support.retention import keep_by, rule

from yinuo.apps.entries.actions.enter import enter
from yinuo.apps.entries.actions.tally import tally
from yinuo.apps.entries.models import Entry, Forged, Kind, Outcome, Tally, Way
from yinuo.apps.entries.queries import days, failures_since, last_visit, recent
from yinuo.apps.people.models import Person
from yinuo.apps.rights.actions.erase_due import erase_due
from yinuo.core.clock import SHANGHAI, day_of

HOME, AWAY = "192.0.2.7", "2001:db8:7:1::5"


def came(person: Person | None, outcome: Outcome = Outcome.WORKED, **more: Any) -> Entry | None:
    facts = {"kind": Kind.SIGN_IN, "way": Way.PASSWORD, "address": HOME, "now": NOW} | more
    return enter(facts.pop("kind"), facts.pop("way"), outcome, person=person, **facts)


def test_an_address_stands_nowhere_and_the_same_place_is_known_again(cast: Cast) -> None:
    for address in (HOME, AWAY, "2001:db8:7:1:ffff::9", "198.51.100.3"):
        came(cast.citizen, address=address)
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, way, kind FROM entries_entry ORDER BY id")
        rows = cursor.fetchall()
    assert not any(part in str(rows) for part in (HOME, "2001", "198.51"))
    first, second, neighbour, third = [row[0] for row in rows]
    assert second == neighbour, "one household of IPv6"
    assert len({first, second, third}) == 3


def test_the_last_attempts_come_first_and_only_ones_own(cast: Cast) -> None:
    came(cast.citizen)
    came(cast.stranger, Outcome.FAILED)
    came(None, Outcome.FAILED)
    came(cast.citizen, Outcome.FAILED, now=NOW + timedelta(minutes=1))
    came(cast.citizen, Outcome.FAILED, kind=Kind.REFUSED, way="desk")
    assert [one.outcome for one in recent(cast.citizen, 20)] == [Outcome.FAILED, Outcome.WORKED]
    assert len(recent(cast.citizen, 1)) == 1


def test_failures_are_counted_from_the_last_visit(cast: Cast) -> None:
    came(cast.citizen, Outcome.FAILED, now=NOW - timedelta(days=2))
    assert failures_since(cast.citizen, last_visit(cast.citizen)) == 1
    came(cast.citizen, now=NOW - timedelta(days=1))
    assert failures_since(cast.citizen, last_visit(cast.citizen)) == 0
    for way in (Way.PASSWORD, Way.CODE):
        came(cast.citizen, Outcome.FAILED, way=way)
    came(cast.citizen, Outcome.HALF)
    assert failures_since(cast.citizen, last_visit(cast.citizen)) == 2


def test_the_same_page_refused_again_and_again_fills_no_table(cast: Cast) -> None:
    refused = {"kind": Kind.REFUSED, "way": "desk-people"}
    assert came(cast.window, Outcome.FAILED, **refused) is not None
    assert came(cast.window, Outcome.FAILED, now=NOW + timedelta(minutes=9), **refused) is None
    assert came(cast.reviewer, Outcome.FAILED, **refused) is not None
    assert came(cast.window, Outcome.FAILED, kind=Kind.REFUSED, way="board") is not None
    assert came(cast.window, Outcome.FAILED, now=NOW + timedelta(minutes=11), **refused) is not None


def test_a_failed_sign_in_is_never_left_out(cast: Cast) -> None:
    assert all(came(cast.citizen, Outcome.FAILED) for _ in range(5))


def test_days_count_kinds_places_and_what_was_forged_by_the_day_of_the_office(cast: Cast) -> None:
    late, early = at("10-12 23:59"), at("10-13 00:01")
    for address in (HOME, HOME, AWAY):
        came(None, Outcome.FAILED, now=late, address=address)
    came(cast.citizen, Outcome.WORKED, now=late)
    came(cast.window, Outcome.FAILED, now=early, way=Way.RECOVERY)
    came(cast.window, Outcome.FAILED, now=early, kind=Kind.REFUSED, way="desk-people")
    for moment in (late, early, early):
        tally(Forged.FORM, moment)
    today, before, empty = days(day_of(early), 3)
    assert (before.failed, before.places, before.forged) == (
        {("sign-in", "password"): 3},
        2,
        {"form": 1},
    )
    assert today.failed == {("sign-in", "recovery-code"): 1, ("refused", ""): 1}
    assert today.forged == {"form": 2}
    assert (empty.failed, empty.places, empty.forged) == ({}, 0, {})


def test_two_at_once_are_both_counted(committed: None) -> None:
    at_once(*[lambda: tally(Forged.TOKEN, NOW)] * 6)
    assert Tally.objects.get().count == 6


def test_entries_go_after_six_months_and_not_before(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_by(monkeypatch, rule("entry", "entry", "6mo"))
    came(cast.citizen, now=at("10-12 09:00"))
    assert erase_due(datetime(2027, 4, 12, 2, tzinfo=SHANGHAI)) == 0
    assert erase_due(datetime(2027, 4, 13, 2, tzinfo=SHANGHAI)) == 1
    assert not Entry.objects.exists()


def test_a_person_who_is_gone_leaves_the_entry_behind_without_a_name(cast: Cast) -> None:
    came(cast.stranger, Outcome.FAILED)
    cast.stranger.delete()
    assert Entry.objects.get().person is None
