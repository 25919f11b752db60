"""A case at the desk: what each person sees, every step, and what is said when it cannot be done."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from support.actors import Cast, make_cast
from support.drafts import HOTEL, picture
from support.fixed_clock import at
from support.journeys import (
    STAGES,
    WORDS,
    accepted,
    asked,
    closed,
    delivered,
    does,
    examined,
    granted,
    issued,
    submitted,
)
from support.looking import says_why
from support.visits import come_in, shown, signed_in, value_of

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.documents.models import Document
from yinuo.apps.promises.queries import of_case
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.desk.verbs import VERBS

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")


@pytest.fixture(autouse=True)
def _an_hour_later(clock: Any) -> None:
    clock.move_to(at("10-12 11:00"))


def page(person: Any, case: Case, path: str = "") -> Any:
    says_why(person, case)
    return signed_in(person).get(f"/desk/cases/{case.number}/{path}")


def post(person: Any, case: Case, verb: str, **facts: Any) -> Any:
    facts.setdefault("seen", str(case.seq))
    says_why(person, case)
    return signed_in(person).post(f"/desk/cases/{case.number}/{verb}/", facts)


def done(person: Any, case: Case, verb: str, **facts: Any) -> Case:
    """The case after a step that went through."""
    response = post(person, case, verb, **facts)
    assert response.status_code == 302, shown(response)
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("stage", STAGES)
def test_a_case_can_be_looked_at_in_every_stage(cast: Cast, stage: str) -> None:
    case = STAGES[stage](cast)
    for person in (cast.window, cast.reviewer, cast.approver, cast.supervisor):
        response = page(person, case)
        assert response.status_code == 200
        assert "王淑兰" in shown(response)


def test_the_page_offers_a_person_what_that_person_may_do(cast: Cast) -> None:
    case = submitted(cast)
    assert f"/desk/cases/{case.number}/accept/" in page(cast.window, case).content.decode()
    assert f"/desk/cases/{case.number}/accept/" not in page(cast.reviewer, case).content.decode()
    case = accepted(cast)
    assert f"/desk/cases/{case.number}/pass/" in page(cast.reviewer, case).content.decode()
    assert f"/desk/cases/{case.number}/decide/" not in page(cast.approver, case).content.decode()


def test_a_case_goes_all_the_way(cast: Cast) -> None:
    case = done(cast.window, submitted(cast), "accept")
    case = done(cast.reviewer, case, "pass", words=WORDS)
    case = done(cast.approver, case, "decide", outcome="grant", words=WORDS)
    case = done(cast.window, case, "issue")
    case = done(cast.window, case, "deliver", method="courier", reference="SF100")
    assert (case.stage, case.granted) == ("delivered", True)
    assert opened(case).events[-1].payload == {"method": "courier", "reference": "SF100"}


def test_the_other_ways_out_of_the_window(cast: Cast) -> None:
    refused = done(cast.window, submitted(cast), "refuse", words="不在本市")
    transferred = done(cast.window, submitted(cast), "refuse", words="不归公安", to="市场监督管理局")
    asked = done(
        cast.window, submitted(cast), "supplement",
        **{"ask": ["material:ownership", "field:plate"], "why-material:ownership": "看不清",
           "why-field:plate": "与行驶证不一致"},
    )  # fmt: skip
    assert [one.stage for one in (refused, transferred, asked)] == ["refused", "transferred", "supplement"]
    notice = opened(asked).state.notice
    assert notice is not None
    assert notice["materials"] == {"ownership": "看不清"}
    assert notice["fields"] == {"plate": "与行驶证不一致"}


def test_a_case_passed_on_to_another_unit_stays_until_it_is_taken_there(cast: Cast) -> None:
    case = submitted(cast)
    response = post(cast.window, case, "forward", unit="zhenlai-traffic", words="车辆在镇赉登记")
    assert (response.status_code, response["Location"]) == (302, f"/desk/cases/{case.number}/")
    assert page(cast.window, case).status_code == 200
    assert page(cast.elsewhere, case).status_code == 200


def test_procedures_that_stop_the_clock_and_more_time(db: None) -> None:
    cast = make_cast("taobei-public-order", "zhenlai-public-order")
    case = done(cast.window, accepted(cast, HOTEL), "suspend", procedure="hearing", words="邻居要求听证")
    assert (case.stage, case.due_on) == ("suspended", None)
    case = done(cast.window, case, "resume", words="听证结束")
    due = of_case(case.number).get(key="decide").due_on
    case = done(cast.window, case, "ask-extension", words="要补充核查")
    case = done(cast.approver, case, "answer-extension", outcome="grant")
    later = of_case(case.number).get(key="decide").due_on
    assert due is not None
    assert later is not None
    assert later > due


def test_returning_handing_over_taking_and_writing(cast: Cast) -> None:
    case = done(cast.approver, examined(cast), "return", words="请再核对车架号")
    assert case.step == 0
    case = done(cast.approver, case, "hand-over", to=str(cast.reviewer.pk), words="你来看")
    assert case.owner == str(cast.reviewer.pk)
    case = done(cast.window, case, "take")
    assert case.owner == str(cast.window.pk)
    case = done(cast.window, case, "say", words="请把车开来")
    assert opened(case).events[-1].payload == {"words": "请把车开来"}


def test_a_second_notice_needs_the_supervisor(cast: Cast) -> None:
    case = asked(cast)
    state = opened(case).state
    case = does(case, c.AnswerSupplement(state.answers, state.provided), cast.citizen, at("10-12 10:30"))
    again = {"ask": "field:plate", "why-field:plate": "与行驶证不一致"}
    response = post(cast.window, case, "supplement", **again)
    assert response.status_code == 422
    assert sentences.refusal(Refusal("second-notice")) in shown(response)
    case = done(cast.supervisor, case, "allow-notice", words="第一次没有写全")
    case = done(cast.window, case, "supplement", **again)
    assert case.stage == "supplement"


def test_what_is_wrong_in_the_record_is_put_right_by_a_further_entry(cast: Cast) -> None:
    case = closed(cast)
    case = done(cast.supervisor, case, "correct", words="号牌应为吉G12346")
    assert (case.stage, opened(case).events[-1].kind) == ("closed", "corrected")
    assert "号牌应为吉G12346" in shown(page(cast.window, case))


def test_a_result_is_revoked(cast: Cast) -> None:
    case = done(cast.approver, issued(cast), "revoke", words="证明不真实")
    assert Document.objects.get().revoked_at is not None
    assert "已经撤销" in shown(page(cast.approver, case))


@pytest.mark.parametrize(
    ("verb", "facts", "code"),
    [
        ("refuse", {"words": "  "}, "reasons-needed"),
        ("supplement", {}, "nothing-asked"),
        ("supplement", {"ask": ["field:plate"]}, "say-what-is-wrong"),
        ("supplement", {"ask": ["field:nothing"], "why-field:nothing": "x"}, "unknown-field"),
        ("supplement", {"ask": ["nonsense"]}, "nothing-asked"),
        ("forward", {"unit": "nowhere", "words": "x"}, "choose-a-unit"),
        ("forward", {"unit": "zhenlai-traffic", "words": ""}, "reasons-needed"),
        ("hand-over", {"to": "nobody"}, "choose-a-person"),
        ("pass", {"words": "可以"}, "wrong-stage"),
        ("decide", {"outcome": "grant", "words": "可以"}, "wrong-stage"),
        ("issue", {}, "wrong-stage"),
        ("deliver", {"method": "pigeon"}, "wrong-stage"),
        ("say", {"words": ""}, "words-needed"),
        ("refuse", {"words": "长" * 5001}, "too-long"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_happens(
    cast: Cast, verb: str, facts: dict[str, Any], code: str
) -> None:
    case = submitted(cast)
    person = cast.approver if verb == "hand-over" else cast.window
    response = post(person, case, verb, **facts)
    assert response.status_code == 422
    assert sentences.refusal(Refusal(code)) in shown(response)
    assert Case.objects.get().seq == case.seq


def test_what_was_typed_is_still_there(cast: Cast) -> None:
    case = submitted(cast)
    why = {"why-material:ownership": "看不清", "why-field:plate": ""}
    response = post(cast.window, case, "supplement", ask=["material:ownership", "field:plate"], **why)
    assert response.status_code == 422
    assert value_of(response, "why-material:ownership") == "看不清"
    body = response.content.decode()
    assert 'value="material:ownership" checked' in body
    assert 'value="field:plate" checked' in body
    assert 'value="field:vin" checked' not in body


def test_a_delivery_without_its_number_keeps_what_was_chosen(cast: Cast) -> None:
    response = post(cast.window, issued(cast), "deliver", method="courier", reference="  ")
    assert response.status_code == 422
    assert sentences.refusal(Refusal("courier-number-needed")) in shown(response)
    assert 'value="courier" selected' in response.content.decode()


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_nobody_without_the_post_does_anything(cast: Cast, verb: str) -> None:
    """The supervisor sees the case and holds no working post in it."""
    case = submitted(cast)
    facts = {"words": "x", "unit": "zhenlai-traffic", "to": str(cast.reviewer.pk), "outcome": "grant"}
    response = post(cast.supervisor, case, verb, **facts)
    if verb in ("take", "say", "correct", "supervise"):
        assert response.status_code == 302
        return
    assert response.status_code == 422
    assert Case.objects.get().seq == case.seq


@pytest.mark.parametrize("who", ["elsewhere", "citizen", "stranger", None])
def test_for_others_the_case_does_not_exist_at_the_desk(cast: Cast, who: str | None) -> None:
    case = issued(cast)
    person = getattr(cast, who) if who else None
    for path in ("", "result.pdf", "files/00000000-0000-4000-8000-000000000000/"):
        response, nobodys = page(person, case, path), signed_in(person).get(f"/desk/cases/YN1/{path}")
        assert response.status_code == nobodys.status_code
        assert response.status_code == {None: 302, "elsewhere": 404}.get(who, 403)
    for verb in VERBS:
        assert post(person, case, verb, words="x").status_code in (302, 403, 404)
    assert Case.objects.get().seq == case.seq


def test_acting_needs_a_post_and_a_verb_that_exists(cast: Cast) -> None:
    case = submitted(cast)
    assert page(cast.window, case, "accept/").status_code == 405
    assert post(cast.window, case, "explode").status_code == 404


def test_whoever_was_overtaken_sees_what_happened_and_what_was_typed(cast: Cast) -> None:
    case = submitted(cast)
    does(case, c.Accept(), cast.window, at("10-12 10:00"))
    response = post(cast.window, case, "refuse", words="不在本市", seen="1")
    assert response.status_code == 409
    words = shown(response)
    assert sentences.refusal(Refusal("changed-meanwhile")) in words
    assert "民警 window-1：受理了" in words
    assert Case.objects.get().stage == "accepted"
    again = page(cast.window, case)
    assert value_of(again, "seen") == "2"


def test_words_that_were_typed_for_a_step_that_is_still_open_survive_being_overtaken(cast: Cast) -> None:
    case = submitted(cast)
    does(case, c.Say("我补交了发票"), cast.citizen, at("10-12 10:00"))
    response = post(cast.window, case, "refuse", words="不在本市", seen="1")
    assert response.status_code == 409
    assert "不在本市" in shown(response)
    assert value_of(response, "seen") == "2"


@pytest.mark.parametrize("seen", ["", "x", "²", "-1", "9" * 40])
def test_a_mark_that_was_tampered_with_is_no_fault_of_the_server(cast: Cast, seen: str) -> None:
    response = post(cast.window, submitted(cast), "accept", seen=seen)
    assert response.status_code in (302, 409)


def test_a_file_is_looked_at_only_through_its_case(cast: Cast) -> None:
    case, other = submitted(cast), submitted(cast)
    (key,) = opened(case).state.provided["ownership"]
    (theirs,) = opened(other).state.provided["ownership"]
    response = page(cast.reviewer, case, f"files/{key}/")
    assert (response.status_code, response.content) == (200, picture())
    assert "sandbox" in response["Content-Security-Policy"]
    assert page(cast.reviewer, case, f"files/{theirs}/").status_code == 404
    assert page(cast.elsewhere, case, f"files/{key}/").status_code == 404


def test_the_result_is_there_once_it_was_issued(cast: Cast) -> None:
    assert page(cast.window, granted(cast), "result.pdf").status_code == 404
    response = page(cast.window, issued(cast), "result.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")


def test_words_of_the_applicant_are_shown_as_words(cast: Cast) -> None:
    case = submitted(cast, answers={"seller_name": "<script>alert(1)</script>"})
    does(case, c.Say("<img src=x onerror=alert(1)>"), cast.citizen, at("10-12 10:00"))
    body = page(cast.window, case).content.decode()
    assert "<script>alert" not in body
    assert "<img src=x" not in body


def test_what_has_ended_offers_nothing_more(cast: Cast) -> None:
    for case in (closed(cast), delivered(cast)):
        assert page(cast.reviewer, case).status_code == 200
        body = page(cast.reviewer, case).content.decode()
        assert "/pass/" not in body
        assert "/decide/" not in body


def test_a_page_that_lay_open_too_long_says_what_to_do(cast: Cast) -> None:
    case = submitted(cast)
    client = Client(enforce_csrf_checks=True)
    come_in(client, cast.window)
    response = client.post(f"/desk/cases/{case.number}/accept/", {"seen": "1"})
    assert response.status_code == 403
    assert "这一页放得太久了" in shown(response)
    assert Case.objects.get().stage == "submitted"
