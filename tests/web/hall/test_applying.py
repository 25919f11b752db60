"""Applying page by page: nothing that was typed is lost, and it is handed in once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from support.actors import Cast
from support.drafts import HOTEL, VEHICLE, begun, complete, happy_answers, photo, picture
from support.fixed_clock import NOW
from support.journeys import submitted
from support.visits import shown, signed_in, value_of

from yinuo.apps.cases.actions.save_draft import save_draft
from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.documents.models import Upload
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Post
from yinuo.core.errors import Refusal
from yinuo.web import sentences

pytestmark = pytest.mark.usefixtures("clock")
VEHICLE_PAGE = {"plate": "吉G12345", "vin": "LSVAA4182E2184847", "acquired_by": "purchase",
                "invoice_no": "00123456", "delivered_on": "2026-10-09"}  # fmt: skip
BUYER = {"applicant_kind": "person", "name": "李秀英", "idcard": "220802198503121220",
         "phone": "13904361234", "has_agent": "no"}  # fmt: skip


def stored(draft: Draft) -> Draft:
    return Draft.objects.get(pk=draft.pk)


def at_page(draft: Draft, key: str) -> str:
    return f"/apply/{draft.pk}/form/{key}/"


def answered(cast: Cast, **answers: Any) -> Draft:
    """A draft with these answers; the vehicle is said to be bought unless they say otherwise."""
    draft = begun(cast.citizen)
    saved = save_draft(draft, now=NOW, answers={"acquired_by": "purchase", **answers})
    assert isinstance(saved, Draft)
    return saved


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
    draft = answered(cast)
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
    draft = answered(cast, applicant_kind="person", has_agent=False)
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
    draft = answered(cast)
    typed = VEHICLE_PAGE | {"delivered_on": "2026-10-13"}
    response = signed_in(cast.citizen).post(at_page(draft, "vehicle"), typed)
    assert response.status_code == 422
    assert sentences.field("date-in-future") in shown(response)
    assert value_of(response, "delivered_on") == "2026-10-13"


@pytest.mark.parametrize("typed", ["2026-13-40", "明天", "2026-02-30", "10/09/2026"])
def test_a_day_that_is_none_stays_where_it_was_typed(cast: Cast, typed: str) -> None:
    draft = answered(cast)
    response = signed_in(cast.citizen).post(at_page(draft, "vehicle"), VEHICLE_PAGE | {"delivered_on": typed})
    assert response.status_code == 422
    assert sentences.field("bad-date") in shown(response)
    assert stored(draft).answers["delivered_on"] == typed


def test_a_value_that_no_choice_has_is_refused(cast: Cast) -> None:
    draft = answered(cast)
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
    draft = answered(cast)
    typed = VEHICLE_PAGE | {"acquired_by": "gift", "invoice_no": "far too long for a number of any invoice"}
    response = signed_in(cast.citizen).post(at_page(draft, "vehicle"), typed)
    assert response.status_code == 302
    page = signed_in(cast.citizen).get(at_page(draft, "vehicle"))
    assert value_of(page, "invoice_no") is None
    back = signed_in(cast.citizen).post(at_page(draft, "vehicle"), typed | {"acquired_by": "purchase"})
    assert back.status_code == 200
    assert value_of(back, "invoice_no") == typed["invoice_no"]


def test_later_keeps_the_draft_whatever_is_wrong(cast: Cast) -> None:
    draft = answered(cast)
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
    draft = answered(cast, **{k: v for k, v in happy_answers().items() if k in VEHICLE_PAGE})
    response = signed_in(cast.citizen).get(f"/apply/{draft.pk}/")
    assert response["Location"] == at_page(draft, "state")
    done = complete(cast.stranger)
    response = signed_in(cast.stranger).get(f"/apply/{done.pk}/")
    assert response["Location"] == f"/apply/{done.pk}/check/"


STOPS = ["", "form/vehicle/", "materials/", "where/", "check/"]


@pytest.mark.parametrize("stop", STOPS)
@pytest.mark.parametrize("who", ["stranger", "window", "supervisor"])
def test_somebody_elses_draft_looks_as_if_it_did_not_exist(cast: Cast, stop: str, who: str) -> None:
    draft = complete(cast.citizen)
    client = signed_in(getattr(cast, who))
    theirs = client.get(f"/apply/{draft.pk}/{stop}")
    nobodys = client.get(f"/apply/00000000-0000-4000-8000-000000000000/{stop}")
    assert theirs.status_code == nobodys.status_code == 404
    assert client.post(f"/apply/{draft.pk}/{stop}", VEHICLE_PAGE | {"true": "yes"}).status_code == 404
    assert stored(draft).case is None


@pytest.mark.parametrize("stop", [*STOPS, "discard/"])
def test_whoever_is_not_signed_in_is_asked_to(cast: Cast, stop: str) -> None:
    draft = complete(cast.citizen)
    response = Client().post(f"/apply/{draft.pk}/{stop}", VEHICLE_PAGE)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
    assert stored(draft).answers == draft.answers


def materials(draft: Draft) -> str:
    return f"/apply/{draft.pk}/materials/"


def test_a_file_is_taken_and_can_be_looked_at(cast: Cast) -> None:
    draft = answered(cast)
    client = signed_in(cast.citizen)
    response = client.post(materials(draft), {"vehicle-licence": photo("行驶证.png"), "stay": "1"})
    assert response.status_code == 200
    assert "行驶证.png" in shown(response)
    (key,) = stored(draft).provided["vehicle-licence"]
    file = client.get(f"/files/{key}/")
    assert (file["Content-Type"], file.content) == ("image/png", picture())


def test_a_bad_file_does_not_lose_the_good_ones(cast: Cast) -> None:
    draft = answered(cast)
    files = {
        "vehicle-licence": photo("行驶证.png"),
        "ownership": SimpleUploadedFile("发票.jpg", b"MZ\x90\x00 a program"),
        "registration-certificate": photo("登记证书.png"),
        "next": "1",
    }
    response = signed_in(cast.citizen).post(materials(draft), files)
    assert response.status_code == 422
    words = shown(response)
    assert f"发票.jpg：{sentences.refusal(Refusal('wrong-type'))}" in words
    assert "行驶证.png" in words
    assert "登记证书.png" in words
    assert set(stored(draft).provided) == {"vehicle-licence", "registration-certificate"}


def test_a_good_file_after_a_bad_one_of_the_same_material_is_kept(cast: Cast) -> None:
    draft = answered(cast)
    files = [SimpleUploadedFile("坏.jpg", b""), photo("好.png")]
    response = signed_in(cast.citizen).post(materials(draft), {"ownership": files, "stay": "1"})
    assert response.status_code == 422
    assert "坏.jpg" in shown(response)
    assert "好.png" in shown(response)
    assert len(stored(draft).provided["ownership"]) == 1


def test_a_missing_material_is_named_and_the_others_stay(cast: Cast) -> None:
    draft = complete(cast.citizen)
    save_draft(draft, now=NOW, provided={"ownership": []})
    response = signed_in(cast.citizen).post(materials(draft), {"next": "1"})
    assert response.status_code == 422
    assert "所有权转让凭证" in shown(response)
    assert len(stored(draft).provided) == 2


def test_with_everything_there_it_goes_on(cast: Cast) -> None:
    draft = complete(cast.citizen)
    response = signed_in(cast.citizen).post(materials(draft), {"next": "1"})
    assert (response.status_code, response["Location"]) == (302, f"/apply/{draft.pk}/where/")


def test_a_file_can_be_taken_out(cast: Cast) -> None:
    draft = complete(cast.citizen)
    (key,) = draft.provided["ownership"]
    signed_in(cast.citizen).post(materials(draft), {"remove": key})
    assert "ownership" not in stored(draft).provided
    assert "vehicle-licence" in stored(draft).provided


def test_a_file_for_a_material_that_the_item_does_not_have_is_not_kept(cast: Cast) -> None:
    draft = answered(cast)
    signed_in(cast.citizen).post(materials(draft), {"anything": photo(), "stay": "1"})
    assert stored(draft).provided == {}


def test_there_is_a_most_of_files_for_one_material(cast: Cast) -> None:
    draft = answered(cast)
    files = [photo(f"{n}.png") for n in range(7)]
    response = signed_in(cast.citizen).post(materials(draft), {"ownership": files, "stay": "1"})
    assert response.status_code == 422
    assert len(stored(draft).provided["ownership"]) == 6


def test_the_place_is_chosen_among_those_that_are_competent(cast: Cast) -> None:
    draft = complete(cast.citizen, unit="")
    client = signed_in(cast.citizen)
    place = f"/apply/{draft.pk}/where/"
    assert "洮北" in shown(client.get(place))
    for wrong in ("", "taobei-window", "nowhere"):
        response = client.post(place, {"unit": wrong})
        assert response.status_code == 422
        assert stored(draft).unit == ""
    response = client.post(place, {"unit": "taobei-traffic"})
    assert (response.status_code, response["Location"]) == (302, f"/apply/{draft.pk}/check/")
    assert stored(draft).unit == "taobei-traffic"


def test_the_check_shows_every_answer_in_words(cast: Cast) -> None:
    words = shown(signed_in(cast.citizen).get(f"/apply/{complete(cast.citizen).pk}/check/"))
    for answer in ("吉G12345", "购买", "李秀英", "220802198503121220", "照片.png", "随机选号"):
        assert answer in words


def test_it_is_handed_in_and_the_receipt_is_there_at_once(cast: Cast) -> None:
    draft = complete(cast.citizen)
    client = signed_in(cast.citizen)
    response = client.post(f"/apply/{draft.pk}/check/", {"true": "yes"}, follow=True)
    case = Case.objects.get()
    assert response.redirect_chain[-1][0] == f"/cases/{case.number}/submitted/"
    words = shown(response)
    assert case.number in words
    assert case.query_code[:4] in words
    assert "10月12日" in words


def test_pressed_again_it_is_the_same_case(cast: Cast) -> None:
    draft = complete(cast.citizen)
    client = signed_in(cast.citizen)
    first = client.post(f"/apply/{draft.pk}/check/", {"true": "yes"})
    again = client.post(f"/apply/{draft.pk}/check/", {"true": "yes"})
    assert first["Location"] == again["Location"]
    assert Case.objects.count() == 1
    for stop in STOPS:
        assert client.get(f"/apply/{draft.pk}/{stop}")["Location"] == first["Location"]


def test_it_has_to_be_declared_to_be_true(cast: Cast) -> None:
    draft = complete(cast.citizen)
    response = signed_in(cast.citizen).post(f"/apply/{draft.pk}/check/")
    assert response.status_code == 422
    assert sentences.refusal(Refusal("declare-truth")) in shown(response)
    assert not Case.objects.exists()


def test_what_is_still_open_is_linked(cast: Cast) -> None:
    draft = complete(cast.citizen, answers={"idcard": "220802198503121221"})
    response = signed_in(cast.citizen).post(f"/apply/{draft.pk}/check/", {"true": "yes"})
    assert response.status_code == 422
    assert f'href="{at_page(draft, "buyer")}"' in response.content.decode()
    assert not Case.objects.exists()


def test_where_nobody_would_take_it_it_is_said_and_kept(cast: Cast) -> None:
    draft = complete(cast.citizen)
    Post.objects.all().delete()
    response = signed_in(cast.citizen).post(f"/apply/{draft.pk}/check/", {"true": "yes"})
    assert response.status_code == 422
    assert stored(draft).answers == draft.answers


def test_a_draft_can_be_thrown_away_by_a_post_of_its_owner_only(cast: Cast) -> None:
    draft = complete(cast.citizen)
    away = f"/apply/{draft.pk}/discard/"
    assert signed_in(cast.stranger).post(away).status_code == 404
    assert signed_in(cast.citizen).get(away).status_code == 405
    assert Draft.objects.filter(pk=draft.pk).exists()
    signed_in(cast.citizen).post(away)
    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert not Upload.objects.exists()


def test_what_was_handed_in_is_not_thrown_away(cast: Cast) -> None:
    case = submitted(cast)
    response = signed_in(cast.citizen).post(f"/apply/{case.draft.pk}/discard/", follow=True)
    assert sentences.refusal(Refusal("already-submitted")) in shown(response)
    assert Case.objects.filter(pk=case.pk).exists()


def test_a_page_that_lay_open_too_long_says_what_to_do(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.citizen)
    draft = answered(cast)
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
