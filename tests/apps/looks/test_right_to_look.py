"""By what right staff look at a case."""

from __future__ import annotations

from support.actors import Cast, as_actor, member
from support.fixed_clock import NOW
from support.journeys import accepted, examined, granted, submitted

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.people.models import Person
from yinuo.core.case.looking import Purpose, Right, right_to_look


def right(person: Person, case: Case) -> Right | None:
    found = opened(case)
    acted = {event.actor for event in found.events}
    return right_to_look(found.state, found.item.route, acted, as_actor(person, NOW.date()))


def test_the_post_that_is_asked_now_has_the_case(cast: Cast) -> None:
    assert right(cast.window, submitted(cast)) == (Purpose.CASE, "window")
    assert right(cast.reviewer, submitted(cast)) is None
    assert right(cast.reviewer, accepted(cast)) == (Purpose.CASE, "reviewer")
    assert right(cast.approver, examined(cast)) == (Purpose.CASE, "approver")


def test_whoever_has_acted_keeps_it_as_their_own(cast: Cast) -> None:
    case = granted(cast)
    assert right(cast.reviewer, case) == (Purpose.CASE, "reviewer")
    colleague = member("reviewer-2", case.unit, "reviewer")
    assert right(colleague, case) is None


def test_whoever_leads_or_supervises_answers_for_it(cast: Cast) -> None:
    case = submitted(cast)
    assert right(cast.supervisor, case) == (Purpose.OVERSIGHT, "supervisor")
    assert right(member("leader-2", "baicheng-bureau", "leader"), case) == (Purpose.OVERSIGHT, "leader")


def test_somebody_from_elsewhere_has_no_right_at_all(cast: Cast) -> None:
    assert right(cast.elsewhere, submitted(cast)) is None
