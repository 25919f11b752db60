"""Applying page by page: nothing that was typed is lost, and it is handed in once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from support.actors import Cast
from support.drafts import HOTEL, VEHICLE, answered, begun, complete, happy_answers, stored
from support.visits import come_in, shown, signed_in, value_of

from yinuo.apps.cases.models import Draft
from yinuo.apps.items.queries import catalogue
from yinuo.core.errors import Refusal
from yinuo.web import sentences

pytestmark = pytest.mark.usefixtures("clock")
VEHICLE_PAGE = {"plate": "吉G12345", "vin": "LSVAA4182E2184847", "acquired_by": "purchase",
                "invoice_no": "00123456", "delivered_on": "2026-10-09"}  # fmt: skip
BUYER = {"applicant_kind": "person", "name": "李秀英", "idcard": "220802198503121220",
         "phone": "13904361234", "has_agent": "no"}  # fmt: skip


def at_page(draft: Draft, key: str) -> str:
    return f"/apply/{draft.pk}/form/{key}/"


def test_whoever_begins_comes_to_the_first_page(cast: Cast) -> None:
    client = signed_in(cast.citizen)
    response = client.post(f"/items/{VEHICLE}/apply/", follow=True)
    draft = Draft.objects.get()
    assert response.redirect_chain[-1][0] == at_page(draft, "vehicle")
    assert "号牌号码" in shown(response)
    client.post(f"/items/{VEHICLE}/apply/")
    assert Draft.objects.count() == 1


def test_whoever_is_not_signed_in_signs_in_and_is_not_met_by_an_error(cast: Cast) -> None:
    client = Client()
    guide = f"/items/{VEHICLE}/"
    response = client.post(f"{guide}apply/", headers={"referer": f"http://testserver{guide}"})
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
    signing_in = client.get(response["Location"])
    credentials = {"login": "13800000001", "password": "a long enough word"}
    back = client.post("/sign-in/", credentials | {"next": value_of(signing_in, "next") or ""}, follow=True)
    assert back.status_code == 200
    assert "机动车转让登记（本地）" in shown(back)


def test_staff_are_told_that_they_cannot_apply(cast: Cast) -> None:
    response = signed_in(cast.window).post(f"/items/{VEHICLE}/apply/", follow=True)
    assert sentences.refusal(Refusal("only-an-applicant")) in shown(response)
    assert not Draft.objects.exists()


def test_an_item_that_does_not_exist_cannot_be_applied_for(cast: Cast) -> None:
    assert signed_in(cast.citizen).post("/items/no-such-item/apply/").status_code == 404


def test_beginning_needs_a_post(cast: Cast) -> None:
    assert signed_in(cast.citizen).get(f"/items/{VEHICLE}/apply/").status_code == 405
    assert not Draft.objects.exists()


def test_a_right_page_leads_to_the_next(cast: Cast) -> None:
    draft = answered(cast.citizen)
    response = signed_in(cast.citizen).post(at_page(draft, "vehicle"), VEHICLE_PAGE)
    assert (response.status_code, response["Location"]) == (302, at_page(draft, "state"))
    assert stored(draft).answers == VEHICLE_PAGE


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"idcard": "220802198503121221"}, "bad-check-digit"),
        ({"idcard": "22080219850312122"}, "bad-length"),
        ({"phone": "139043612"}, "bad-length"),
        ({"name": ""}, "required"),
        ({"name": "名" * 300}, "too-long"),
    ],
)
def test_a_wrong_answer_is_said_beside_it_and_everything_typed_is_kept(
    cast: Cast, typed: dict[str, str], code: str
) -> None:
    draft = answered(cast.citizen, applicant_kind="person", has_agent=False)
    response = signed_in(cast.citizen).post(at_page(draft, "buyer"), BUYER | typed)
    assert response.status_code == 422
    words = sentences.field(code)
    ((key, value),) = typed.items()
    assert shown(response).count(words) >= 2, "above the form and at the field"
    assert f'id="f-{key}-error"' in response.content.decode()
    for name, given in (BUYER | typed).items():
        if name not in ("applicant_kind", "has_agent"):
            assert value_of(response, name) == given
    assert stored(draft).answers.get(key, "") == value
    assert stored(draft).answers["idcard"] == (BUYER | typed)["idcard"]


def test_a_day_that_has_not_come_yet_is_refused_with_a_reason(cast: Cast) -> None:
    draft = answered(cast.citizen)
    typed = VEHICLE_PAGE | {"delivered_on": "2026-10-13"}
    response = signed_in(cast.citizen).post(at_page(draft, "vehicle"), typed)
    assert response.status_code == 422
    assert sentences.field("date-in-future") in shown(response)
    assert value_of(response, "delivered_on") == "2026-10-13"


@pytest.mark.parametrize("typed", ["2026-13-40", "明天", "2026-02-30", "10/09/2026"])
def test_a_day_that_is_none_stays_where_it_was_typed(cast: Cast, typed: str) -> None:
    draft = answered(cast.citizen)
    response = signed_in(cast.citizen).post(at_page(draft, "vehicle"), VEHICLE_PAGE | {"delivered_on": typed})
    assert response.status_code == 422
    assert sentences.field("bad-date") in shown(response)
    assert stored(draft).answers["delivered_on"] == typed


def test_a_value_that_no_choice_has_is_refused(cast: Cast) -> None:
    draft = answered(cast.citizen)
    response = signed_in(cast.citizen).post(
        at_page(draft, "vehicle"), VEHICLE_PAGE | {"acquired_by": "stolen"}
    )
    assert response.status_code == 422
    assert sentences.field("not-a-choice") in shown(response)


def test_an_answer_that_opens_a_question_asks_it_next_without_a_scolding(cast: Cast) -> None:
    draft = begun(cast.citizen)
    typed = {key: value for key, value in VEHICLE_PAGE.items() if key != "invoice_no"}
    response = signed_in(cast.citizen).post(at_page(draft, "vehicle"), typed)
    assert response.status_code == 200
    assert "二手车销售统一发票号码" in shown(response)
    assert sentences.field("required") not in shown(response)
    assert value_of(response, "plate") == "吉G12345"


def test_an_answer_that_closes_a_question_does_not_ask_it_any_more(cast: Cast) -> None:
    draft = answered(cast.citizen)
    typed = VEHICLE_PAGE | {"acquired_by": "gift", "invoice_no": "far too long for a number of any invoice"}
    response = signed_in(cast.citizen).post(at_page(draft, "vehicle"), typed)
    assert response.status_code == 302
    page = signed_in(cast.citizen).get(at_page(draft, "vehicle"))
    assert value_of(page, "invoice_no") is None
    back = signed_in(cast.citizen).post(at_page(draft, "vehicle"), typed | {"acquired_by": "purchase"})
    assert back.status_code == 200
    assert value_of(back, "invoice_no") == typed["invoice_no"]


def test_later_keeps_the_draft_whatever_is_wrong(cast: Cast) -> None:
    draft = answered(cast.citizen)
    client = signed_in(cast.citizen)
    response = client.post(at_page(draft, "vehicle"), {"plate": "写到一半", "later": "1"}, follow=True)
    assert response.redirect_chain[-1][0] == "/cases/"
    assert "机动车转让登记（本地）" in shown(response)
    assert stored(draft).answers["plate"] == "写到一半"
    again = client.get(f"/apply/{draft.pk}/", follow=True)
    assert value_of(again, "plate") == "写到一半"


@pytest.mark.parametrize("key", ["no-such-page", "check"])
def test_a_page_that_the_form_does_not_have_does_not_exist(cast: Cast, key: str) -> None:
    assert signed_in(cast.citizen).get(at_page(begun(cast.citizen), key)).status_code == 404


def test_an_unfinished_draft_goes_on_where_it_was_left(cast: Cast) -> None:
    draft = answered(cast.citizen, **{k: v for k, v in happy_answers().items() if k in VEHICLE_PAGE})
    response = signed_in(cast.citizen).get(f"/apply/{draft.pk}/")
    assert response["Location"] == at_page(draft, "state")
    done = complete(cast.stranger)
    response = signed_in(cast.stranger).get(f"/apply/{done.pk}/")
    assert response["Location"] == f"/apply/{done.pk}/check/"


def test_a_page_that_lay_open_too_long_says_what_to_do(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    come_in(client, cast.citizen)
    draft = answered(cast.citizen)
    response = client.post(at_page(draft, "vehicle"), VEHICLE_PAGE)
    assert response.status_code == 403
    assert "这一页放得太久了" in shown(response)
    assert stored(draft).answers == {"acquired_by": "purchase"}


@pytest.mark.parametrize("item", [HOTEL, "hz-id-reissue-lost", "za-dog-person", "xf-recheck", "wa-pii-tip"])
def test_other_items_can_be_walked_through_from_page_to_page(cast: Cast, item: str) -> None:
    """The happy answers of the item, posted page by page as a browser would."""
    client = signed_in(cast.citizen)
    answers = happy_answers(item)
    client.post(f"/items/{item}/apply/")
    draft = Draft.objects.get(item=item)
    for _ in range(30):
        here = client.get(f"/apply/{draft.pk}/")["Location"]
        if "/form/" not in here:
            break
        page = next(p for p in catalogue().items[item].form.pages if f"/{p.key}/" in here)
        typed = {f.key: as_typed(answers[f.key]) for f in page.fields if f.key in answers}
        assert client.post(here, typed).status_code in (200, 302)
    assert "/form/" not in here, here


def as_typed(answer: Any) -> Any:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer if isinstance(answer, list) else str(answer)
