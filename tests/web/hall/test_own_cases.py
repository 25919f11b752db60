"""A citizen's own cases: what is shown, what can be done, what can be taken home."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.test import Client
from support.actors import Cast
from support.drafts import begun, picture, uploaded
from support.fixed_clock import NOW, at
from support.journeys import STAGES, accepted, closed, delivered, denied, does, granted, issued, submitted
from support.visits import shown, signed_in

from yinuo.apps.cases.actions.revoke import revoke
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.documents.queries import signer
from yinuo.apps.documents.verification import Verdict, verify_pdf
from yinuo.apps.items.queries import catalogue
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal
from yinuo.core.receipt import Receipt, verify
from yinuo.web import sentences

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")

OWN = ["", "submitted/", "supplement/", "receipts/accept.json", "receipts/accept.pdf", "result.pdf"]
VERBS = ["withdraw", "urge", "say", "rate"]


def page(cast: Cast, case: Case, path: str = "") -> Any:
    return signed_in(cast.citizen).get(f"/cases/{case.number}/{path}")


def post(cast: Cast, case: Case, verb: str, **facts: str) -> Any:
    return signed_in(cast.citizen).post(f"/cases/{case.number}/{verb}/", facts)


def stage_of(case: Case) -> str:
    return Case.objects.get(pk=case.pk).stage


def test_the_list_has_cases_and_drafts_with_the_next_date(cast: Cast) -> None:
    case = submitted(cast)
    begun(cast.citizen, "za-hotel-license")
    words = shown(signed_in(cast.citizen).get("/cases/"))
    assert "机动车转让登记（本地）" in words
    assert "旅馆业特种行业许可证核发" in words or catalogue().items["za-hotel-license"].name.zh in words
    assert "10月12日" in words
    assert case.query_code[:4] in words
    assert "机动车转让登记（本地）" not in shown(signed_in(cast.stranger).get("/cases/"))


@pytest.mark.parametrize("stage", STAGES)
def test_a_case_can_be_looked_at_in_every_stage(cast: Cast, clock: Any, stage: str) -> None:
    case = STAGES[stage](cast)
    clock.move_to(at("10-14 10:00"))
    client, name = signed_in(cast.citizen), opened(case).item.name
    for lang, words in (("en", name.en), ("zh-hans", name.zh)):
        client.post("/preferences/", {"language": lang})
        response = client.get(f"/cases/{case.number}/")
        assert response.status_code == 200
        assert words in shown(response)
        assert client.get("/cases/").status_code == 200
        assert client.get("/progress/", {"code": case.query_code}).status_code == 200


def test_the_page_names_who_has_it_and_what_is_owed(cast: Cast) -> None:
    words = shown(page(cast, accepted(cast)))
    for said in ("民警 window-1", "洮北", "10月13日", "机动车登记规定"):
        assert said in words


def test_a_no_tells_its_reasons_and_the_ways_to_appeal(cast: Cast) -> None:
    words = shown(page(cast, denied(cast)))
    for said in ("车辆被查封", "行政复议", "行政诉讼"):
        assert said in words


def test_a_revoked_result_says_so(cast: Cast) -> None:
    case = issued(cast)
    revoke(case, "证明不真实", person=cast.approver, now=at("10-13 10:00"))
    words = shown(page(cast, case))
    assert "已经撤销" in words
    assert "证明不真实" in words


@pytest.mark.parametrize("who", ["stranger", "window", "elsewhere"])
def test_somebody_elses_case_looks_as_if_it_did_not_exist(cast: Cast, who: str) -> None:
    case = issued(cast)
    client = signed_in(getattr(cast, who))
    for path in OWN:
        theirs = client.get(f"/cases/{case.number}/{path}")
        nobodys = client.get(f"/cases/YN2026101299999X/{path}")
        assert theirs.status_code == nobodys.status_code == 404
        assert shown(theirs) == shown(nobodys)


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_acts_on_somebody_elses_case(cast: Cast, verb: str) -> None:
    case = accepted(cast)
    response = signed_in(cast.stranger).post(f"/cases/{case.number}/{verb}/", {"words": "x", "level": "1"})
    assert response.status_code == 404
    assert Case.objects.get().seq == case.seq


def test_whoever_is_not_signed_in_is_asked_to(cast: Cast) -> None:
    case = submitted(cast)
    for path in OWN:
        response = Client().get(f"/cases/{case.number}/{path}")
        assert response.status_code == 302
        assert response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("verb", VERBS)
def test_acting_needs_a_post(cast: Cast, verb: str) -> None:
    case = accepted(cast)
    assert page(cast, case, f"{verb}/").status_code == 405
    assert Case.objects.get().seq == case.seq


def test_a_verb_that_does_not_exist_is_not_found(cast: Cast) -> None:
    case = submitted(cast)
    for verb in ("accept", "decide", "explode"):
        assert post(cast, case, verb).status_code == 404


def test_it_can_be_withdrawn_until_it_is_decided(cast: Cast, clock: Any) -> None:
    case = accepted(cast)
    clock.move_to(at("10-12 11:00"))
    assert post(cast, case, "withdraw", words="先不办了").status_code == 302
    assert stage_of(case) == "withdrawn"
    again = post(cast, case, "withdraw")
    assert again.status_code == 422
    assert sentences.refusal(Refusal("wrong-stage")) in shown(again)


def test_it_can_be_urged_once_a_day(cast: Cast, clock: Any) -> None:
    case = accepted(cast)
    clock.move_to(at("10-12 11:00"))
    assert post(cast, case, "urge").status_code == 302
    again = post(cast, case, "urge")
    assert again.status_code == 422
    assert sentences.refusal(Refusal("urged-today")) in shown(again)
    clock.move_to(at("10-13 09:00"))
    assert post(cast, case, "urge").status_code == 302


def test_a_message_is_shown_and_an_empty_one_is_not_sent(cast: Cast, clock: Any) -> None:
    case = accepted(cast)
    clock.move_to(at("10-12 11:00"))
    assert post(cast, case, "say", words="<b>什么时候能取？</b>").status_code == 302
    response = page(cast, case)
    assert "<b>什么时候" not in response.content.decode()
    assert "什么时候能取？" in shown(response)
    empty = post(cast, case, "say", words="  ")
    assert empty.status_code == 422
    assert sentences.refusal(Refusal("words-needed")) in shown(empty)


def test_a_message_that_is_too_long_is_kept_in_the_page(cast: Cast, clock: Any) -> None:
    case = accepted(cast)
    clock.move_to(at("10-12 11:00"))
    response = post(cast, case, "say", words="长" * 5001)
    assert response.status_code == 422
    assert "长" * 5001 in response.content.decode()


@pytest.mark.parametrize("level", ["1", "5"])
def test_it_is_rated_once(cast: Cast, clock: Any, level: str) -> None:
    case = delivered(cast)
    clock.move_to(at("10-13 20:00"))
    assert post(cast, case, "rate", level=level, words="谢谢").status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.rating) == ("closed", int(level))
    assert post(cast, case, "rate", level="1").status_code == 422
    assert Case.objects.get().rating == int(level)


def test_a_level_that_does_not_exist_is_said_and_the_words_are_kept(cast: Cast, clock: Any) -> None:
    case = granted(cast)
    clock.move_to(at("10-13 20:00"))
    for level in ("", "0", "6", "-1", "²", "٣", "1.5", "99", "good"):
        response = post(cast, case, "rate", level=level, words="窗口等得有点久")
        assert response.status_code == 422
        assert sentences.refusal(Refusal("unknown-level")) in shown(response)
        assert "窗口等得有点久" in shown(response)


def test_the_receipt_as_data_can_be_recomputed_by_anybody(cast: Cast) -> None:
    case = submitted(cast)
    response = page(cast, case, "receipts/accept.json")
    assert response["Content-Type"] == "application/json"
    receipt = verify(json.loads(response.content), catalogue().calendar)
    assert isinstance(receipt, Receipt)
    assert str(receipt.due) == "2026-10-12"


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_receipt_as_a_paper_is_signed(cast: Cast, lang: str) -> None:
    case = submitted(cast)
    client = signed_in(cast.citizen)
    client.post("/preferences/", {"language": lang})
    response = client.get(f"/cases/{case.number}/receipts/accept.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert isinstance(verify_pdf(response.content, trust=signer().authority_pem), Verdict)


def test_the_result_that_is_downloaded_is_the_one_that_was_issued(cast: Cast) -> None:
    case = issued(cast)
    response = page(cast, case, "result.pdf")
    document = opened(case).state.document
    assert document is not None
    assert hashlib.sha256(response.content).hexdigest() == document["sha256"]


@pytest.mark.parametrize(
    "path", ["receipts/decide.json", "receipts/nothing.json", "receipts/x.pdf", "result.pdf"]
)
def test_what_is_not_there_yet_is_not_found(cast: Cast, path: str) -> None:
    assert page(cast, submitted(cast), path).status_code == 404


def test_what_is_downloaded_can_do_no_harm_and_is_kept_by_nobody_between(cast: Cast) -> None:
    client, case = signed_in(cast.citizen), issued(cast)
    stored = uploaded(cast.citizen, name='我的 "照片".png')
    own = f"/cases/{case.number}"
    for path, how in (
        (f"{own}/receipts/accept.json", "attachment"),
        (f"{own}/receipts/accept.pdf", "attachment"),
        (f"{own}/result.pdf", "attachment"),
        (f"/files/{stored.pk}/", "inline"),
    ):
        response = client.get(path)
        assert response.status_code == 200
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["Content-Disposition"].startswith(how)


def test_a_file_is_only_for_who_handed_it_in(cast: Cast) -> None:
    stored = uploaded(cast.citizen)
    assert signed_in(cast.citizen).get(f"/files/{stored.pk}/").content == picture()
    for person in (cast.stranger, cast.window, cast.supervisor):
        assert signed_in(person).get(f"/files/{stored.pk}/").status_code == 404
    assert signed_in(cast.citizen).get("/files/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert Client().get(f"/files/{stored.pk}/").status_code == 302


def test_what_came_later_is_on_the_page_the_newest_first(cast: Cast) -> None:
    case = does(accepted(cast), c.Say("请把车开到现场"), cast.window)
    words = shown(page(cast, case))
    assert words.index("请把车开到现场") < words.index("提交申请")


def test_a_closed_case_can_still_be_read(cast: Cast) -> None:
    case = closed(cast)
    assert page(cast, case).status_code == 200
    assert "半天就办好了" in shown(page(cast, case))


def test_staff_have_no_own_cases_here(cast: Cast) -> None:
    submitted(cast, at=NOW)
    response = signed_in(cast.window).get("/cases/")
    assert response.status_code == 200
    assert "机动车转让登记（本地）" not in shown(response)
