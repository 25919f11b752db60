"""Around a case at the desk: taking over, urging, supervision, cards, ratings and their remedy."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.actors import ELSEWHERE, Cast, make_cast
from support.drafts import HOTEL
from support.fixed_clock import at
from support.journeys import accepted, delivered, does, submitted
from support.looking import says_why
from support.upkeep import WHY, badly_rated, offered, urged
from support.visits import shown, signed_in

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal
from yinuo.web import sentences

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")
STAFF = ("window", "reviewer", "approver", "supervisor")


@pytest.fixture(autouse=True)
def _later(clock: Any) -> None:
    clock.move_to(at("10-12 18:00"))


def page(person: Any, case: Case, path: str = "") -> Any:
    return signed_in(person).get(f"/desk/cases/{case.number}/{path}")


def forms(person: Any, case: Case) -> set[str]:
    """The verbs that the page offers."""
    found = re.findall(rf'action="/desk/cases/{case.number}/([a-z-]+)/"', page(person, case).content.decode())
    return set(found)


def post(person: Any, case: Case, verb: str, **facts: Any) -> Any:
    return signed_in(person).post(f"/desk/cases/{case.number}/{verb}/", facts | {"seen": str(case.seq)})


def done(person: Any, case: Case, verb: str, **facts: Any) -> Case:
    response = post(person, case, verb, **facts)
    assert response.status_code == 302, shown(response)
    return Case.objects.get(pk=case.pk)


def last(case: Case) -> Any:
    return opened(case).events[-1]


def test_the_unit_that_was_asked_reads_whose_it_still_is_and_takes_it_over(cast: Cast) -> None:
    case = offered(cast)
    assert {"take-over", "decline-forward"} <= forms(cast.elsewhere, case)
    assert not {"take-over", "decline-forward", "forward"} & forms(cast.window, case)
    words = shown(page(cast.elsewhere, case))
    assert "这件事还是" in words
    assert "民警 approver-1" in words  # who has it until then
    case = done(cast.elsewhere, case, "take-over")
    assert (case.unit, case.owner) == (ELSEWHERE, str(cast.elsewhere.pk))
    assert "这件事还是" not in shown(page(cast.elsewhere, case))


def test_declining_needs_a_reason_and_leaves_it_where_it_is(cast: Cast) -> None:
    case = offered(cast)
    assert post(cast.elsewhere, case, "decline-forward").status_code == 422
    response = post(cast.elsewhere, case, "decline-forward", words="车主住在洮北")
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert "没有接手，仍由首办单位办：车主住在洮北" in shown(page(cast.window, case))


def test_an_urging_is_answered(cast: Cast) -> None:
    case = urged(cast)
    assert "什么时候能好" in shown(page(cast.window, case))
    case = done(cast.window, case, "answer-urge", words="明天就好")
    assert last(case).kind == "urge-answered"
    assert "answer-urge" not in forms(cast.window, case)


@pytest.mark.parametrize("who", ["supervisor", "approver"])
def test_whoever_supervises_or_leads_asks_and_the_unit_answers(cast: Cast, who: str) -> None:
    case = accepted(cast)
    assert "supervise" not in forms(cast.window, case)
    case = done(getattr(cast, who), case, "supervise", words="为什么还没有动")
    assert "supervise" not in forms(cast.supervisor, case)
    assert "为什么还没有动" in shown(page(cast.window, case))
    case = done(cast.window, case, "answer-supervision", words="在等核查")
    assert last(case).payload == {"words": "在等核查"}


def test_a_supervisor_gives_a_card_and_the_leader_answers_it(cast: Cast) -> None:
    case = accepted(cast)
    assert "card" not in forms(cast.approver, case)
    assert post(cast.supervisor, case, "card", card="yellow|decide|").status_code == 422
    case = done(cast.supervisor, case, "card", card="yellow|decide|", words="一周没有动")
    words = shown(page(cast.supervisor, case))
    assert "等书面答复" in words
    assert "一周没有动" in words
    assert 'value="yellow|decide|"' not in page(cast.supervisor, case).content.decode()
    assert "answer-card" not in forms(cast.window, case)
    case = done(cast.approver, case, "answer-card", card="yellow", words="已经安排")
    assert "已经安排" in shown(page(cast.window, case))
    assert "等书面答复" not in shown(page(cast.supervisor, case))


@pytest.mark.parametrize("value", ["", "green|decide|", "yellow|no-such|", "yellow|decide|x", "yellow"])
def test_a_card_for_nothing_is_refused_in_words(cast: Cast, value: str) -> None:
    response = post(cast.supervisor, accepted(cast), "card", card=value, words="x")
    assert response.status_code == 422
    codes = ("no-such-card", "no-such-promise")
    assert any(sentences.refusal(Refusal(code)) in shown(response) for code in codes)


def test_a_supervisor_moves_a_case_that_is_stuck(cast: Cast) -> None:
    case = accepted(cast)
    assert "reassign" not in forms(cast.approver, case)
    body = page(cast.supervisor, case).content.decode()
    choice = f"{ELSEWHERE}|{cast.elsewhere.pk}"
    assert f'value="{choice}"' in body
    assert f"|{cast.window.pk}" not in body  # who has it now
    case = done(cast.supervisor, case, "reassign", to=choice, words="没有人办")
    assert (case.unit, case.owner) == (ELSEWHERE, str(cast.elsewhere.pk))
    odd = post(cast.supervisor, case, "reassign", to="nobody", words="x")
    assert odd.status_code == 422


def test_the_whole_remedy_of_a_bad_rating(cast: Cast) -> None:
    case = badly_rated(cast)
    assert {"verify-rating", "answer-rating", "appeal-rating"} <= forms(cast.approver, case)
    case = done(cast.approver, case, "verify-rating", visit="0", words="确实没有说清楚", complex="yes")
    assert last(case).payload["complex"] is True
    case = done(cast.approver, case, "answer-rating", visit="0", words="对不起")
    case = done(cast.approver, case, "put-right", visit="0", words="窗口贴了说明")
    words = shown(page(cast.supervisor, case))
    for said in (WHY, "确实没有说清楚", "情况复杂", "对不起", "窗口贴了说明", "去打差评回访的电话"):
        assert said in words
    assert "去打差评回访的电话" not in shown(page(cast.approver, case))  # who decided it


def test_an_appeal_is_decided_by_the_supervisor_and_the_rating_stays(cast: Cast) -> None:
    case = done(cast.approver, badly_rated(cast), "appeal-rating", visit="0", words="不是我们办的")
    assert "decide-appeal" not in forms(cast.approver, case)
    case = done(cast.supervisor, case, "decide-appeal", visit="0", words="查实", outcome="grant")
    words = shown(page(cast.supervisor, case))
    assert "申诉成立，不再计入" in words
    assert WHY in words
    assert "verify-rating" not in forms(cast.approver, case)


@pytest.mark.parametrize(
    "verb", ["verify-rating", "answer-rating", "put-right", "appeal-rating", "decide-appeal"]
)
def test_a_rating_that_does_not_exist_is_refused(cast: Cast, verb: str) -> None:
    case = badly_rated(cast)
    for visit in ("", "7", "-1", "x", "9" * 400, "²"):
        assert post(cast.approver, case, verb, visit=visit, words="x").status_code == 422


def test_nobody_who_had_the_case_reads_its_rating_before_the_next_day(cast: Cast, clock: Any) -> None:
    case = does(delivered(cast), c.Rate(3, "还可以吧"), cast.citizen)
    bad = badly_rated(cast)
    for person in (cast.window, cast.reviewer):
        for one, words in ((case, "还可以吧"), (bad, WHY)):
            told = shown(page(person, one))
            assert words not in told
            assert "基本满意" not in told
            assert "差评" not in told
        assert "差评" not in shown(signed_in(person).get("/desk/", {"stage": "ended"}))
        assert "核实差评" not in shown(signed_in(person).get("/desk/owed/"))
    assert "还可以吧" not in shown(page(cast.approver, case))
    assert "还可以吧" in shown(page(cast.supervisor, case))
    assert WHY in shown(page(cast.approver, bad))
    clock.move_to(at("10-13 08:00"))
    for person in (cast.window, cast.reviewer, cast.approver):
        assert "还可以吧" in shown(page(person, case))
        assert WHY in shown(page(person, bad))


def test_whoever_is_overtaken_by_a_hidden_rating_is_not_told_what_it_was(cast: Cast) -> None:
    case = delivered(cast)
    seen = case.seq
    does(case, c.Rate(5, WHY), cast.citizen)
    case.seq = seen
    response = post(cast.window, case, "say", words="请来领")
    assert response.status_code == 409
    assert "评价了" not in shown(response)
    assert "有了新的变化" in shown(response)


def test_every_promise_shows_its_chain_of_owners(cast: Cast) -> None:
    words = shown(page(cast.supervisor, accepted(cast)))
    assert "民警 window-1 → " in words
    assert "→ 民警 approver-1" in words
    assert "督办：民警 supervisor-1" in words


def test_a_stopped_clock_shows_its_ground_and_how_long_at_most(db: None) -> None:
    cast = make_cast("taobei-public-order", "zhenlai-public-order")
    case = accepted(cast, HOTEL)
    case = does(case, c.Suspend("hearing", "邻居要求听证"), cast.window)
    words = shown(page(cast.window, case))
    procedure = opened(case).item.procedure("hearing")
    assert procedure is not None
    assert f"停表：{procedure.name.zh}" in words
    longest = "最长" if procedure.longest else "没有规定最长多久"
    assert longest in words


def test_the_window_shows_and_prints_a_code_while_the_case_can_be_rated(cast: Cast) -> None:
    case = delivered(cast)
    assert f"/desk/cases/{case.number}/rating-code/?visit=0" in page(cast.window, case).content.decode()
    response = page(cast.window, case, "rating-code/")
    assert response.status_code == 200
    assert "<svg" in response.content.decode()
    assert "自愿" in shown(response)
    assert "王淑兰" not in shown(response).replace("民警", "")
    assert page(cast.window, case, "rating-code/?visit=9").status_code == 404
    assert page(cast.elsewhere, case, "rating-code/").status_code == 404
    case = does(case, c.Rate(1), cast.citizen)
    assert page(cast.window, case, "rating-code/").status_code == 404
    assert page(cast.window, submitted(cast), "rating-code/").status_code == 404


@pytest.mark.parametrize("who", STAFF)
def test_pages_hold_in_english(cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    client.post("/preferences/", {"language": "en"})
    for case in (badly_rated(cast), urged(cast), offered(cast)):
        says_why(getattr(cast, who), case)
        assert client.get(f"/desk/cases/{case.number}/").status_code == 200
