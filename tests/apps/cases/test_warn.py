"""Warnings: each rung once, to the right links of the chain, with its card, whatever happens in between."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.actors import Cast, make_cast
from support.drafts import HOTEL
from support.fixed_clock import at
from support.journeys import accepted, does, submitted
from support.races import at_once

from yinuo.apps.cases.actions.pass_time import pass_time
from yinuo.apps.cases.actions.warn import warn
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.notices.models import Notice
from yinuo.apps.promises.models import RungReached
from yinuo.core.case import commands as c

# The hotel is accepted on Monday 12 October; its steps have four working days, the decision twelve.


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast("taobei-public-order", "zhenlai-public-order")


@pytest.fixture
def hotel(people: Cast) -> Case:
    return accepted(people, HOTEL)


def reached(key: str) -> list[str]:
    places = {promise.key: n for n, promise in enumerate(opened(Case.objects.get()).state.promises)}
    return list(RungReached.objects.filter(place=places[key]).order_by("pk").values_list("rung", flat=True))


def told(template: str) -> set[str]:
    return {notice.person.login for notice in Notice.objects.filter(template=template)}


def test_each_rung_comes_on_its_day_and_once(hotel: Case) -> None:
    first_seen: dict[str, str] = {}
    for days in range(32):
        morning = at("10-12 09:00") + timedelta(days=days)
        warn(morning)
        warn(morning)
        for rung in reached("decide"):
            first_seen.setdefault(rung, f"{morning:%m-%d}")
    assert first_seen == {
        "half": "10-20",  # six of the twelve working days
        "yellow": "10-22",  # a third is left: four
        "last-day": "10-28",
        "broken": "10-29",
        "broken-3": "11-02",
        "broken-10": "11-11",
    }
    assert RungReached.objects.count() == len(set(RungReached.objects.values_list("place", "rung")))


def test_the_nearest_is_told_first_and_those_above_when_it_breaks(hotel: Case, people: Cast) -> None:
    warn(at("10-20 09:00"))
    assert told("rung-half") == {"window-1"}
    warn(at("10-28 09:00"))
    assert told("rung-last-day") == {"window-1", "approver-1"}
    warn(at("10-29 09:00"))
    assert {"window-1", "approver-1", "supervisor-1"} <= told("rung-broken")


def test_of_several_rungs_at_once_only_the_last_is_told(hotel: Case) -> None:
    warn(at("11-02 09:00"))
    assert reached("decide") == ["half", "yellow", "last-day", "broken", "broken-3"]
    decide = Notice.objects.filter(key__contains=":p1:")
    assert {notice.template for notice in decide} == {"rung-broken-more"}


def test_a_broken_promise_gets_its_card_and_the_leader_owes_an_answer(hotel: Case, people: Cast) -> None:
    warn(at("10-29 09:00"))
    state = opened(Case.objects.get()).state
    assert {(card["card"], card["key"]) for card in state.cards} == {
        ("yellow", "step"),
        ("red", "step"),
        ("red", "decide"),
    }
    answer = state.owes("card", "red")
    assert answer is not None
    assert (answer.owner, answer.post) == ("taobei-public-order", "leader")
    assert told("card") == {"window-1", "approver-1"}
    does(Case.objects.get(), c.AnswerCard("red", "人手不够，已经调整"), people.approver, at("10-29 10:00"))
    warn(at("10-29 11:00"))
    assert opened(Case.objects.get()).state.owes("card", "red") is None


def test_a_clock_that_stands_still_comes_to_no_rung(hotel: Case, people: Cast) -> None:
    does(hotel, c.Suspend("hearing", "邻居要求听证"), people.window, at("10-12 11:00"))
    assert warn(at("10-29 09:00")) == 0
    assert reached("decide") == []


def test_what_broke_while_no_clock_ticked_is_warned_of_afterwards(people: Cast) -> None:
    case = submitted(people, HOTEL)
    pass_time(case.pk, at("10-26 09:00"))  # accepted by silence, five working days too late
    assert opened(Case.objects.get()).state.deemed
    warn(at("10-26 09:01"))
    assert "broken" in reached("accept")
    assert warn(at("10-26 09:02")) == 0


def test_two_workers_at_once_give_each_warning_once(committed: None) -> None:
    accepted(make_cast("taobei-public-order", "zhenlai-public-order"), HOTEL)
    counts = at_once(lambda: warn(at("10-29 09:00")), lambda: warn(at("10-29 09:00")))
    assert sum(counts) == RungReached.objects.count()
    keys = list(Notice.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    cards = opened(Case.objects.get()).state.cards
    assert len(cards) == len({(card["card"], card["key"], card["about"]) for card in cards})
