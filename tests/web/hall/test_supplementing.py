"""Answering the one notice: only what was asked, and nothing that was sent is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from support.actors import Cast
from support.drafts import photo
from support.fixed_clock import at
from support.journeys import accepted, asked, does, submitted
from support.visits import shown, signed_in

from yinuo.apps.cases.actions.tick import tick
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.documents.models import Upload
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal
from yinuo.web import sentences

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def case(cast: Cast, clock: Any) -> Case:
    made = asked(cast)
    clock.move_to(at("10-12 11:00"))
    return made


def address(case: Case) -> str:
    return f"/cases/{case.number}/supplement/"


def reply(cast: Cast, case: Case, **facts: Any) -> Any:
    given = {"seller_name": "王建设", "vehicle-licence": photo("新照片.png")} | facts
    return signed_in(cast.citizen).post(address(case), given)


def kept_in(response: Any, material: str) -> list[str]:
    """The files of this attempt that the page sends along with the next one."""
    tags = response.content.decode().split("<input")
    return [tag.split('value="')[1].split('"')[0] for tag in tags if f'name="kept-{material}"' in tag]


def test_the_page_shows_what_is_asked_and_why_and_nothing_else(cast: Cast, case: Case) -> None:
    words = shown(signed_in(cast.citizen).get(address(case)))
    for said in ("照片太暗，请重新拍", "与证书上的不一致", "机动车行驶证", "原车主姓名或单位名称"):
        assert said in words
    assert "机动车登记证书" not in words
    assert "身份证" not in words


def test_the_answer_takes_the_place_of_what_was_there(cast: Cast, case: Case) -> None:
    before = opened(case).state
    response = reply(cast, case)
    assert (response.status_code, response["Location"]) == (302, f"/cases/{case.number}/")
    state = opened(Case.objects.get()).state
    assert state.stage == "submitted"
    assert state.answers == {**before.answers, "seller_name": "王建设"}
    (new,) = state.provided["vehicle-licence"]
    assert Upload.objects.get(pk=new).name == "新照片.png"
    assert state.provided["ownership"] == before.provided["ownership"]


@pytest.mark.parametrize("typed", ["", "   "])
def test_an_empty_answer_is_said_and_the_new_file_is_kept(cast: Cast, case: Case, typed: str) -> None:
    response = reply(cast, case, seller_name=typed)
    assert response.status_code == 422
    assert sentences.field("required") in shown(response)
    assert "新照片.png" in shown(response)
    kept = kept_in(response, "vehicle-licence")
    assert len(kept) == 1
    again = signed_in(cast.citizen).post(
        address(case), {"seller_name": "王建设", "kept-vehicle-licence": kept}
    )
    assert again.status_code == 302
    assert opened(Case.objects.get()).state.provided["vehicle-licence"] == tuple(kept)


def test_a_wrong_file_is_said_and_what_was_typed_is_kept(cast: Cast, case: Case) -> None:
    bad = SimpleUploadedFile("照片.jpg", b"MZ a program")
    response = reply(cast, case, **{"vehicle-licence": [bad, photo("好的.png")]})
    assert response.status_code == 422
    assert f"照片.jpg：{sentences.refusal(Refusal('wrong-type'))}" in shown(response)
    assert 'value="王建设"' in response.content.decode()
    assert len(kept_in(response, "vehicle-licence")) == 1
    assert opened(Case.objects.get()).state.stage == "supplement"


def test_without_the_file_that_was_asked_for_it_is_not_taken(cast: Cast, case: Case) -> None:
    response = signed_in(cast.citizen).post(address(case), {"seller_name": "王建设"})
    assert response.status_code == 422
    assert opened(Case.objects.get()).state.stage == "supplement"


def test_files_of_somebody_else_cannot_be_slipped_in(cast: Cast, case: Case) -> None:
    theirs = Upload.objects.create(
        person=cast.stranger, name="x.png", content_type="image/png", size=1, sha256="", path="x",
        uploaded_at=at("10-12 10:00"),
    )  # fmt: skip
    response = signed_in(cast.citizen).post(
        address(case), {"seller_name": "王建设", "kept-vehicle-licence": str(theirs.pk)}
    )
    assert response.status_code == 422
    assert opened(Case.objects.get()).state.stage == "supplement"


def test_an_answer_that_opens_another_question_asks_it_too(cast: Cast, clock: Any) -> None:
    """Otherwise whoever has to say that the vehicle is mortgaged could never answer."""
    notice = c.AskSupplement(fields={"encumbrance": "登记系统显示有抵押"})
    case = does(submitted(cast), notice, cast.window)
    clock.move_to(at("10-12 11:00"))
    client = signed_in(cast.citizen)
    first = client.post(address(case), {"encumbrance": "mortgage"})
    assert first.status_code == 422
    assert "抵押权人或质权人" in shown(first)
    assert "共同申请书" in shown(first)
    second = client.post(
        address(case),
        {"encumbrance": "mortgage", "creditor": "农村商业银行", "creditor-consent": photo("同意书.png")},
    )
    assert second.status_code == 302
    state = opened(Case.objects.get()).state
    assert (state.stage, state.answers["creditor"]) == ("submitted", "农村商业银行")
    assert len(state.provided["creditor-consent"]) == 1


def test_what_was_not_asked_cannot_be_changed_along_with_it(cast: Cast, case: Case) -> None:
    reply(cast, case, name="别人", plate="吉A00001")
    answers = opened(Case.objects.get()).state.answers
    assert (answers["name"], answers["plate"]) == ("李秀英", "吉G12345")


@pytest.mark.parametrize("who", ["stranger", "window", "supervisor"])
def test_for_everybody_else_it_does_not_exist(cast: Cast, case: Case, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(address(case)).status_code == 404
    assert client.post(address(case), {"seller_name": "x"}).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(cast: Cast, case: Case) -> None:
    assert Client().get(address(case))["Location"].startswith("/sign-in/")


def test_where_nothing_is_asked_one_is_led_to_the_case(cast: Cast) -> None:
    case = accepted(cast)
    response = signed_in(cast.citizen).get(address(case))
    assert (response.status_code, response["Location"]) == (302, f"/cases/{case.number}/")


def test_an_answer_after_the_notice_has_lapsed_changes_nothing(cast: Cast, case: Case, clock: Any) -> None:
    clock.move_to(at("12-30 10:00"))
    tick(at("12-30 00:00"))
    response = reply(cast, case)
    assert response.status_code == 302
    assert opened(Case.objects.get()).state.stage == "lapsed"
