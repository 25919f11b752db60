"""Giving a case to a colleague, and taking it."""

from __future__ import annotations

import pytest
from support.actors import Cast
from support.journeys import MINUTE, accepted, closed, does, submitted

from yinuo.apps.cases.actions.hand_over import hand_over
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened, opened
from yinuo.apps.people.models import Person
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal

pytestmark = pytest.mark.usefixtures("quick_papers")


def given(case: Case, to: Person | None, person: Person, seen: int | None = None) -> Opened | Refusal:
    return hand_over(case, to, "下周休假", person=person, now=case.changed_at + MINUTE, seen=seen)


def test_the_colleague_owns_it_and_the_chain_says_since_when(cast: Cast) -> None:
    case = accepted(cast)
    result = given(case, cast.reviewer, cast.window)
    assert isinstance(result, Opened)
    assert result.case.owner == str(cast.reviewer.pk)
    last = opened(case).state.chain[-1]
    assert (last.person, last.duty, last.since) == (
        str(cast.reviewer.pk), "handed-over", case.changed_at + MINUTE,
    )  # fmt: skip


def test_the_leader_may_give_what_somebody_else_has(cast: Cast) -> None:
    result = given(accepted(cast), cast.reviewer, cast.approver)
    assert isinstance(result, Opened)


@pytest.mark.parametrize("who", ["reviewer", "citizen", "stranger", "elsewhere", "supervisor"])
def test_nobody_gives_away_what_is_anothers(cast: Cast, who: str) -> None:
    case = accepted(cast)
    result = given(case, cast.reviewer, getattr(cast, who))
    assert isinstance(result, Refusal)
    assert result.code == "without-the-post"
    assert opened(case).state.owner.person == str(cast.window.pk)


@pytest.mark.parametrize("to", ["elsewhere", "citizen"])
def test_only_somebody_of_the_unit_can_be_given_it(cast: Cast, to: str) -> None:
    assert given(accepted(cast), getattr(cast, to), cast.window) == Refusal("not-in-this-unit")


def test_it_has_to_be_somebody(cast: Cast) -> None:
    assert given(accepted(cast), None, cast.window) == Refusal("choose-a-person", {"to": "required"})


def test_what_has_ended_is_not_given_to_anybody(cast: Cast) -> None:
    result = given(closed(cast), cast.reviewer, cast.window)
    assert isinstance(result, Refusal)
    assert result.code == "wrong-stage"


def test_once_given_it_is_not_ones_own_to_give(cast: Cast) -> None:
    case = accepted(cast)
    given(case, cast.reviewer, cast.window)
    case.refresh_from_db()
    result = given(case, cast.approver, cast.window)
    assert isinstance(result, Refusal)
    assert result.code == "without-the-post"


def test_whoever_looked_before_somebody_else_took_it_is_told(cast: Cast) -> None:
    case = accepted(cast)
    seen = case.seq
    taken = does(case, c.Take(), cast.reviewer)
    result = given(taken, cast.approver, cast.window, seen=seen)
    assert isinstance(result, Refusal)
    assert result.code == "changed-meanwhile"


def test_taking_it_moves_it_and_taking_it_twice_is_refused(cast: Cast) -> None:
    case = does(submitted(cast), c.Take(), cast.window)
    assert case.owner == str(cast.window.pk)
    with pytest.raises(AssertionError, match="already-yours"):
        does(case, c.Take(), cast.window)
