"""What time does by itself: acceptance by silence, lapse, putting away. Safe to repeat."""

from __future__ import annotations

from datetime import datetime

import pytest
from support.actors import Cast, make_cast
from support.drafts import HOTEL
from support.fixed_clock import at
from support.journeys import accepted, asked, delivered, does, examined, issued, submitted
from support.races import at_once

from yinuo.apps.cases.actions.tick import tick
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.promises.models import RungReached
from yinuo.apps.promises.queries import of_case
from yinuo.core.case import commands as c
from yinuo.core.case.passing import CLOSE_AFTER

pytestmark = pytest.mark.usefixtures("quick_papers")

STATUTORY_LAST_DAY = "10-19"  # five working days after the Monday, the weekend between


def stage_after(case: Case, moment: datetime) -> str:
    tick(moment)
    case.refresh_from_db()
    return case.stage


@pytest.fixture
def hotel(db: None) -> Case:
    """An item whose law gives five working days to answer whether it is accepted."""
    return submitted(make_cast("taobei-public-order", "zhenlai-public-order"), HOTEL)


def test_silence_up_to_the_last_minute_of_the_law_is_no_acceptance(hotel: Case) -> None:
    assert stage_after(hotel, at(f"{STATUTORY_LAST_DAY} 23:59")) == "submitted"
    assert stage_after(hotel, at("10-20 00:00")) == "accepted"


def test_what_is_accepted_by_silence_counts_from_the_day_of_receipt(hotel: Case) -> None:
    tick(at("10-20 00:00"))
    found = opened(Case.objects.get())
    event = found.events[1]
    assert (event.kind, event.actor, event.role, event.payload["deemed"]) == (
        "accepted", "system", "system", True,
    )  # fmt: skip
    decide = found.state.promise("decide")
    assert decide is not None
    assert decide.start == hotel.received_at


def test_the_promise_to_answer_is_late_for_ever(hotel: Case) -> None:
    tick(at("10-20 00:00"))
    accept = of_case(hotel.number)[0]
    assert accept.due_on is not None
    assert accept.ended_at is not None
    assert accept.ended_at > at("10-14 00:00")
    assert accept.due_on == at("10-13 00:00").date()


def test_the_owner_does_not_change_by_silence(hotel: Case) -> None:
    owner = hotel.owner
    tick(at("10-20 00:00"))
    hotel.refresh_from_db()
    assert hotel.owner == owner


def test_without_a_statutory_limit_the_promised_one_decides(cast: Cast) -> None:
    case = submitted(cast)
    assert stage_after(case, at("10-12 23:59")) == "submitted"
    assert stage_after(case, at("10-13 00:00")) == "accepted"


def test_a_notice_that_is_not_answered_in_time_lapses(cast: Cast) -> None:
    case = asked(cast)
    promise = opened(case).state.promise("supplement")
    assert promise is not None
    last = of_case(case.number).get(key="supplement").due_on
    assert last is not None
    assert stage_after(case, datetime.combine(last, at("10-12 23:59").timetz())) == "supplement"
    assert stage_after(case, at("12-30 00:00")) == "lapsed"
    assert case.ended_at == at("12-30 00:00")


def test_a_notice_stops_the_silence(cast: Cast) -> None:
    case = asked(cast)
    assert stage_after(case, at("10-14 00:00")) == "supplement"


def test_what_was_delivered_is_put_away_after_its_time(cast: Cast) -> None:
    case = delivered(cast)
    assert stage_after(case, case.changed_at + CLOSE_AFTER) == "delivered"
    case.refresh_from_db()
    assert stage_after(case, at("10-28 00:00")) == "closed"


@pytest.mark.parametrize("make", [accepted, examined, issued])
def test_what_waits_for_a_person_is_left_alone(cast: Cast, make: object) -> None:
    case = make(cast)  # type: ignore[operator]
    stage, seq = case.stage, case.seq
    assert tick(at("12-30 00:00")).changed == 0
    case.refresh_from_db()
    assert case.stage == stage
    assert {event.kind for event in opened(case).events[seq:]} == {"carded"}


def test_a_second_tick_does_nothing(cast: Cast) -> None:
    submitted(cast)
    asked(cast)
    delivered(cast)
    later = at("12-30 00:00")
    assert tick(later).changed == 3
    again = tick(later)
    assert (again.changed, again.rungs, again.reminders, again.drawn) == (0, 0, 0, 0)
    assert sorted(Case.objects.values_list("stage", flat=True)) == ["accepted", "closed", "lapsed"]


def test_two_workers_at_once_do_each_thing_once(committed: None) -> None:
    cast = make_cast()
    for hour in range(3):
        submitted(cast, at=at(f"10-12 1{hour}:00"))
    changed = at_once(lambda: tick(at("10-14 00:00")), lambda: tick(at("10-14 00:00")))
    assert sum(done.changed for done in changed) == 3
    kinds = [[event.kind for event in opened(case).events] for case in Case.objects.all()]
    assert kinds == [["submitted", "accepted", "carded", "carded"]] * 3
    assert sum(done.rungs for done in changed) == RungReached.objects.count()


def test_a_case_that_was_accepted_in_time_is_no_business_of_the_clock(cast: Cast) -> None:
    case = does(submitted(cast), c.Accept(), cast.window)
    assert tick(at("10-13 00:00")).changed == 0
    assert [event.kind for event in opened(case).events] == ["submitted", "accepted"]
