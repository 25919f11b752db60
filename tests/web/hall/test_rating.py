"""Rating on the page of one's own case: levels, reasons, visits, and what follows a bad one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.actors import Cast
from support.drafts import VEHICLE
from support.fixed_clock import at
from support.journeys import accepted, delivered, does
from support.upkeep import WHY, badly_rated
from support.visits import shown, signed_in

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.items.queries import catalogue
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal
from yinuo.web import sentences

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")


@pytest.fixture(autouse=True)
def _later(clock: Any) -> None:
    clock.move_to(at("10-12 18:00"))


def page(cast: Cast, case: Case) -> Any:
    return signed_in(cast.citizen).get(f"/cases/{case.number}/")


def post(cast: Cast, case: Case, **facts: Any) -> Any:
    return signed_in(cast.citizen).post(f"/cases/{case.number}/rate/", facts)


def rating(case: Case, visit: int = 0) -> Any:
    return opened(Case.objects.get(pk=case.pk)).state.ratings[visit]


def test_no_level_is_chosen_beforehand_and_every_reason_can_be_ticked(cast: Cast) -> None:
    body = page(cast, delivered(cast)).content.decode()
    assert len(re.findall(r'name="level"', body)) == 5 * (1 + catalogue().items[VEHICLE].visits)
    assert " checked" not in body
    for reason in catalogue().rules.reasons:
        assert f'name="reason" id="r-0-{reason.key}" value="{reason.key}"' in body


def test_reasons_and_words_are_kept_as_far_as_they_fit(cast: Cast) -> None:
    case = delivered(cast)
    assert post(cast, case, level="4", visit="0", reason=["slow", "fast", "x"], words=WHY).status_code == 302
    assert rating(case) | {"promises": []} == {
        "level": 4, "reasons": ["slow"], "words": WHY, "visit": 0, "channel": "page", "promises": [],
    }  # fmt: skip
    assert "不满意 ：等得太久" in shown(page(cast, case))


def test_a_form_without_a_level_is_sent_back_with_what_was_typed(cast: Cast) -> None:
    response = post(cast, delivered(cast), reason=["kind"], words="慢慢写的话")
    assert response.status_code == 422
    assert sentences.refusal(Refusal("unknown-level")) in shown(response)
    assert "慢慢写的话" in shown(response)
    assert 'value="kind" checked' in response.content.decode()


def test_each_visit_is_rated_for_itself_once(cast: Cast) -> None:
    visits = catalogue().items[VEHICLE].visits
    assert visits >= 1
    case = accepted(cast)
    assert 'name="visit" value="1"' in page(cast, case).content.decode()
    assert 'name="visit" value="0"' not in page(cast, case).content.decode()
    assert post(cast, case, level="5", visit="1", words="排队两小时").status_code == 302
    assert rating(case, 1)["words"] == "排队两小时"
    assert post(cast, case, level="1", visit="1").status_code == 422
    for visit in (str(visits + 1), "999"):
        assert post(cast, case, level="1", visit=visit).status_code == 422
    assert 'name="visit" value="1"' not in page(cast, case).content.decode()
    assert "第 1 次到场" in shown(page(cast, case))


def test_what_follows_a_bad_rating_is_said_with_days_and_then_shown(cast: Cast) -> None:
    case = badly_rated(cast)
    words = shown(page(cast, case))
    for said in ("接下来怎么办", "核实差评", "最迟 10月13日", "答复差评", "最迟 10月19日"):
        assert said in words
    case = does(case, c.VerifyRating(0, "窗口新人不熟"), cast.approver)
    case = does(case, c.AnswerRating(0, "对不起，已经说明"), cast.approver)
    case = does(case, c.PutRight(0, "窗口贴了说明"), cast.approver)
    words = shown(page(cast, case))
    for said in ("对不起，已经说明", "窗口贴了说明", "回访差评", "最迟 10月15日"):
        assert said in words
    assert "窗口新人不熟" not in words


def test_an_appeal_and_its_outcome_are_told(cast: Cast) -> None:
    case = does(badly_rated(cast), c.AppealRating(0, "baicheng-bureau", "不是我们办的"), cast.approver)
    words = shown(page(cast, case))
    assert "提出了申诉" in words
    assert "不是我们办的" in words
    case = does(case, c.DecideAppeal(0, False, "查过，是本单位办的"), cast.supervisor)
    assert "申诉不成立，您的评价照样计入" in shown(page(cast, case))


def test_a_good_rating_sets_nothing_going(cast: Cast) -> None:
    case = does(delivered(cast), c.Rate(2, "", ("kind",)), cast.citizen)
    words = shown(page(cast, case))
    assert "态度好" in words
    assert "接下来怎么办" not in words
