"""Passing a case on to another unit."""

from __future__ import annotations

import pytest
from support.actors import Cast
from support.journeys import MINUTE, accepted, does, submitted

from yinuo.apps.cases.actions.forward import forward
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened, opened, visible_to
from yinuo.apps.people.models import Person
from yinuo.apps.promises.queries import of_case
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal

WHY = "车辆在镇赉县登记"


def passed_on(
    case: Case, person: Person, unit: str = "zhenlai-traffic", why: str = WHY, seen: int | None = None
) -> Opened | Refusal:
    return forward(case, unit, why, person=person, now=case.changed_at + MINUTE, seen=seen)


def test_the_first_unit_has_it_until_the_other_takes_it(cast: Cast) -> None:
    case = submitted(cast)
    owner, due = case.owner, case.due_on
    assert isinstance(passed_on(case, cast.window), Opened)
    case.refresh_from_db()
    assert (case.unit, case.offered, case.owner) == ("taobei-traffic", "zhenlai-traffic", owner)
    assert visible_to(cast.elsewhere, case.changed_at.date()).get() == case
    does(case, c.TakeOver(), cast.elsewhere)
    case.refresh_from_db()
    assert (case.unit, case.owner, case.offered) == ("zhenlai-traffic", str(cast.elsewhere.pk), "")
    assert case.due_on == due
    accept, passing = of_case(case.number)
    assert (accept.owner, accept.unit, accept.ended_at) == ("zhenlai-traffic", "zhenlai-traffic", None)
    assert (passing.key, passing.ended_at, passing.is_void) == ("hand-over", case.changed_at, False)
    assert not visible_to(cast.window, case.changed_at.date()).exists()


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("reviewer", "without-the-post"),
        ("citizen", "without-the-post"),
        ("elsewhere", "without-the-post"),
    ],
)
def test_only_the_window_that_has_it_passes_it_on(cast: Cast, who: str, code: str) -> None:
    case = submitted(cast)
    result = passed_on(case, getattr(cast, who))
    assert isinstance(result, Refusal)
    assert result.code == code
    assert opened(case).state.unit == "taobei-traffic"


@pytest.mark.parametrize("unit", ["", "no-such-unit", "taobei-window", "baicheng-detention-house"])
def test_a_unit_that_is_not_competent_for_the_item_does_not_get_it(cast: Cast, unit: str) -> None:
    result = passed_on(submitted(cast), cast.window, unit)
    assert result == Refusal("choose-a-unit", {"unit": "not-a-choice"})


def test_a_competent_unit_where_nobody_works_is_answered_for_from_above(cast: Cast) -> None:
    result = passed_on(submitted(cast), cast.window, "tongyu-traffic")
    assert isinstance(result, Opened)
    assert result.state.offered is not None
    assert result.state.offered["owner"] == str(cast.supervisor.pk)


def test_it_is_said_why(cast: Cast) -> None:
    assert passed_on(submitted(cast), cast.window, why=" ") == Refusal("reasons-needed")


def test_it_cannot_be_passed_to_where_it_is(cast: Cast) -> None:
    assert passed_on(submitted(cast), cast.window, "taobei-traffic") == Refusal("same-unit")


def test_once_accepted_it_stays(cast: Cast) -> None:
    result = passed_on(accepted(cast), cast.window)
    assert isinstance(result, Refusal)
    assert result.code == "wrong-stage"


def test_the_first_unit_cannot_pass_it_on_a_second_time(cast: Cast) -> None:
    case = submitted(cast)
    passed_on(case, cast.window)
    case.refresh_from_db()
    again = passed_on(case, cast.window, "tongyu-traffic")
    assert isinstance(again, Refusal)
    assert again.code == "offered-already"


def test_whoever_looked_before_somebody_else_acted_is_told(cast: Cast) -> None:
    case = submitted(cast)
    passed_on(case, cast.window)
    case.refresh_from_db()
    result = passed_on(case, cast.window, "tongyu-traffic", seen=1)
    assert isinstance(result, Refusal)
    assert result.code == "changed-meanwhile"
