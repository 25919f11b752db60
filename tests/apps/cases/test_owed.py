"""What is still owed beside the queue, and by whom it is seen."""

from __future__ import annotations

from support.actors import Cast
from support.fixed_clock import at
from support.journeys import does, submitted
from support.upkeep import badly_rated, drawn, offered, urged

from yinuo.apps.cases.owed import owed
from yinuo.apps.people.models import Person
from yinuo.core.case import commands as c

LATER = at("10-12 18:00")


def keys(person: Person, at_: object = LATER) -> list[str]:
    return [one.row.key for one in owed(person, at_)]  # type: ignore[arg-type]


def test_the_service_itself_stays_in_the_queue(cast: Cast) -> None:
    submitted(cast)
    assert keys(cast.window) == []


def test_an_urging_is_owed_by_the_unit_and_by_nobody_else(cast: Cast) -> None:
    urged(cast)
    assert keys(cast.window) == ["urge"]
    assert keys(cast.supervisor) == ["urge"]
    assert keys(cast.elsewhere) == []


def test_an_offered_case_is_owed_by_the_unit_that_was_asked(cast: Cast) -> None:
    offered(cast)
    assert keys(cast.elsewhere) == ["hand-over"]
    assert keys(cast.window) == []


def test_a_bad_rating_in_a_closed_case_is_owed_and_told_to_its_clerk_a_day_later(cast: Cast) -> None:
    case = badly_rated(cast)
    assert case.stage == "closed"
    assert keys(cast.approver) == ["verify", "answer"]
    assert keys(cast.window) == []
    assert keys(cast.window, at("10-13 09:00")) == ["verify", "answer"]


def test_the_next_due_comes_first_and_what_is_done_goes(cast: Cast) -> None:
    case = badly_rated(cast)
    urged(cast)
    assert keys(cast.approver) == ["verify", "urge", "answer"]
    case = does(case, c.VerifyRating(0, "确实没有说清楚"), cast.approver)
    assert sorted(keys(cast.approver)) == ["answer", "put-right", "urge"]
    does(case, c.AnswerRating(0, "对不起"), cast.approver)
    assert sorted(keys(cast.approver)) == ["put-right", "urge"]


def test_a_drawn_case_is_owed_by_whoever_calls(cast: Cast) -> None:
    drawn(cast)
    assert keys(cast.supervisor) == ["follow-up"]
    assert keys(cast.window) == []
