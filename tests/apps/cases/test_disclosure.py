"""Who sees a rating when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from support.actors import Cast, as_actor, member
from support.fixed_clock import NOW, at
from support.journeys import delivered, does
from support.upkeep import badly_rated

from yinuo.apps.cases.disclosure import hidden_visits, is_shown, is_told, unread_by
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.people.models import Person
from yinuo.core.case import commands as c

TODAY = NOW.date()
NEXT_DAY = at("10-13 00:00")
LATE = at("10-12 23:59")


def hidden(case: Case, person: Person, moment: Any) -> frozenset[int]:
    return hidden_visits(opened(case), as_actor(person, TODAY), moment)


@pytest.mark.parametrize("who", ["window", "reviewer"])
def test_whoever_had_the_case_sees_its_rating_from_the_next_day(cast: Cast, who: str) -> None:
    case = badly_rated(cast)
    assert hidden(case, getattr(cast, who), LATE) == {0}
    assert hidden(case, getattr(cast, who), NEXT_DAY) == frozenset()


def test_a_colleague_who_never_had_it_waits_as_well(cast: Cast) -> None:
    colleague = member("window-2", "taobei-traffic", "window")
    assert hidden(badly_rated(cast), colleague, LATE) == {0}


def test_whoever_supervises_and_never_had_it_sees_it_at_once(cast: Cast) -> None:
    assert hidden(badly_rated(cast), cast.supervisor, LATE) == frozenset()


def test_a_leader_who_decided_it_sees_a_bad_one_for_which_something_is_owed(cast: Cast) -> None:
    assert hidden(badly_rated(cast), cast.approver, LATE) == frozenset()
    good = does(delivered(cast), c.Rate(1), cast.citizen)
    assert hidden(good, cast.approver, LATE) == {0}
    assert hidden(good, cast.approver, NEXT_DAY) == frozenset()


def test_what_is_owed_for_a_hidden_rating_is_hidden_with_it(cast: Cast) -> None:
    found = opened(badly_rated(cast))
    owed = [promise for promise in found.state.open_promises if promise.key in ("verify", "answer")]
    assert len(owed) == 2
    assert not any(is_shown(promise, {0}) for promise in owed)
    assert all(is_shown(promise, {1}) for promise in owed)
    told = [event.kind for event in found.events if is_told(event, {0})]
    assert "rated" not in told
    assert "closed" in told


def test_a_list_that_would_tell_of_it_leaves_it_out_until_it_counts(cast: Cast) -> None:
    case = does(delivered(cast), c.Rate(1), cast.citizen)

    def left_out(person: Person, now: datetime) -> list[Case]:
        return list(Case.objects.filter(unread_by(str(person.pk), now)))

    assert left_out(cast.approver, LATE) == [case]
    assert left_out(cast.supervisor, LATE) == []
    assert left_out(cast.approver, NEXT_DAY) == []
