"""Rating with reasons, appeals to the bureau, moving a stuck case: what the actions add to the rules."""

from __future__ import annotations

import pytest
from support.actors import ELSEWHERE, UNIT, Cast
from support.fixed_clock import at
from support.journeys import accepted, delivered
from support.upkeep import badly_rated

from yinuo.apps.cases.actions.appeal_rating import appeal_rating
from yinuo.apps.cases.actions.rate import rate
from yinuo.apps.cases.actions.reassign import reassign
from yinuo.apps.cases.queries import opened
from yinuo.core.errors import Refusal

LATER = at("10-12 18:00")


@pytest.mark.parametrize(
    ("level", "kept"), [(1, ["fast"]), (3, ["fast"]), (4, ["slow", "manner"]), (5, ["slow", "manner"])]
)
def test_only_reasons_that_fit_the_level_are_kept_once(cast: Cast, level: int, kept: list[str]) -> None:
    ticked = ["slow", "fast", "no-such", "slow", "manner"]
    result = rate(delivered(cast), level, reasons=ticked, words=" 好 ", person=cast.citizen, now=LATER)
    assert not isinstance(result, Refusal)
    rating = result.state.ratings[0]
    assert (rating["reasons"], rating["words"], rating["channel"]) == (kept, "好", "page")


def test_an_appeal_goes_to_the_bureau(cast: Cast) -> None:
    result = appeal_rating(badly_rated(cast), 0, "不是我们办的", person=cast.approver, now=LATER)
    assert not isinstance(result, Refusal)
    promise = result.state.owes("appeal", "0")
    assert promise is not None
    assert (promise.owner, promise.post) == ("baicheng-bureau", "supervisor")


def test_a_case_is_moved_to_a_competent_unit_and_somebody_who_works_there(cast: Cast) -> None:
    case = accepted(cast)
    result = reassign(case, ELSEWHERE, str(cast.elsewhere.pk), "没有人办", person=cast.supervisor, now=LATER)
    assert not isinstance(result, Refusal)
    assert (result.state.unit, result.state.owner.person) == (ELSEWHERE, str(cast.elsewhere.pk))
    assert result.state.owes("hand-over", "person") is not None


def test_nobody_else_can_be_named(cast: Cast) -> None:
    case, someone = accepted(cast), str(cast.elsewhere.pk)
    for unit, to, code in (
        ("taobei-public-order", someone, "choose-a-unit"),
        ("no-such-unit", someone, "choose-a-unit"),
        (UNIT, someone, "choose-a-person"),
        (ELSEWHERE, "x", "choose-a-person"),
    ):
        result = reassign(case, unit, to, "没有人办", person=cast.supervisor, now=LATER)
        assert isinstance(result, Refusal)
        assert result.code == code
    assert opened(case).state.unit == UNIT
