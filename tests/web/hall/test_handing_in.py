"""From the materials to the receipt: files, the place, the check, handing in and throwing away."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from support.actors import Cast
from support.drafts import answered, begun, complete, photo, picture, stored
from support.fixed_clock import NOW
from support.journeys import submitted
from support.visits import asked_to_sign_in, shown, signed_in

from yinuo.apps.cases.actions.save_draft import save_draft
from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.cases.queries import opened
from yinuo.apps.documents.models import Upload
from yinuo.apps.people.models import Post
from yinuo.core.errors import Refusal
from yinuo.web import sentences

pytestmark = pytest.mark.usefixtures("clock")

STOPS = ["", "form/vehicle/", "materials/", "where/", "check/"]


@pytest.mark.parametrize("stop", STOPS)
@pytest.mark.parametrize("who", ["stranger", "window", "supervisor"])
def test_somebody_elses_draft_looks_as_if_it_did_not_exist(cast: Cast, stop: str, who: str) -> None:
    draft = complete(cast.citizen)
    client = signed_in(getattr(cast, who))
    theirs = client.get(f"/apply/{draft.pk}/{stop}")
    nobodys = client.get(f"/apply/00000000-0000-4000-8000-000000000000/{stop}")
    assert theirs.status_code == nobodys.status_code == 404
    assert client.post(f"/apply/{draft.pk}/{stop}", {"plate": "吉A00001", "true": "yes"}).status_code == 404
    assert stored(draft).case is None


@pytest.mark.parametrize("stop", [*STOPS, "discard/"])
def test_whoever_is_not_signed_in_is_asked_to(cast: Cast, stop: str) -> None:
    draft = complete(cast.citizen)
    response = Client().post(f"/apply/{draft.pk}/{stop}", {"plate": "吉A00001"})
    assert asked_to_sign_in(response)
    assert stored(draft).answers == draft.answers


def materials(draft: Draft) -> str:
    return f"/apply/{draft.pk}/materials/"


def test_a_file_is_taken_and_can_be_looked_at(cast: Cast) -> None:
    draft = answered(cast.citizen)
    client = signed_in(cast.citizen)
    response = client.post(materials(draft), {"vehicle-licence": photo("行驶证.png"), "stay": "1"})
    assert response.status_code == 200
    assert "行驶证.png" in shown(response)
    (key,) = stored(draft).provided["vehicle-licence"]
    file = client.get(f"/files/{key}/")
    assert (file["Content-Type"], file.content) == ("image/png", picture())


def test_a_bad_file_does_not_lose_the_good_ones(cast: Cast) -> None:
    draft = answered(cast.citizen)
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
    draft = answered(cast.citizen)
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
    draft = answered(cast.citizen)
    signed_in(cast.citizen).post(materials(draft), {"anything": photo(), "stay": "1"})
    assert stored(draft).provided == {}


def test_there_is_a_most_of_files_for_one_material(cast: Cast) -> None:
    draft = answered(cast.citizen)
    files = [photo(f"{n}.png") for n in range(7)]
    response = signed_in(cast.citizen).post(materials(draft), {"ownership": files, "stay": "1"})
    assert response.status_code == 422
    assert len(stored(draft).provided["ownership"]) == 6


def test_a_material_that_may_be_left_out_can_be_handed_in(cast: Cast) -> None:
    draft = complete(cast.citizen, "za-dog-person", unit="taobei-changqing")
    client = signed_in(cast.citizen)
    assert "狗的来源证明" in shown(client.get(materials(draft)))
    assert client.post(materials(draft), {"next": "1"}).status_code == 302
    client.post(materials(draft), {"dog-origin": photo("来源.png"), "stay": "1"})
    assert client.post(f"/apply/{draft.pk}/check/", {"true": "yes"}).status_code == 302
    assert len(opened(Case.objects.get()).state.provided["dog-origin"]) == 1


def test_a_file_that_is_not_asked_for_any_more_is_not_handed_in(cast: Cast) -> None:
    draft = complete(cast.citizen, answers={"encumbrance": "mortgage", "creditor": "农村商业银行"})
    assert "creditor-consent" in draft.provided
    save_draft(draft, now=NOW, answers={"encumbrance": "none"})
    signed_in(cast.citizen).post(f"/apply/{draft.pk}/check/", {"true": "yes"})
    assert set(opened(Case.objects.get()).state.provided) == {
        "ownership", "registration-certificate", "vehicle-licence",
    }  # fmt: skip


@pytest.mark.parametrize(("item", "stop"), [("hz-id-reissue-lost", "materials/"), ("xf-recheck", "where/")])
def test_a_stop_that_is_not_on_the_way_leads_on(cast: Cast, item: str, stop: str) -> None:
    """Nothing is to be uploaded for the one, and for the other there is one place only."""
    draft = begun(cast.citizen, item)
    response = signed_in(cast.citizen).get(f"/apply/{draft.pk}/{stop}")
    assert (response.status_code, response["Location"]) == (302, f"/apply/{draft.pk}/")


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
    assert f'href="/apply/{draft.pk}/form/buyer/"' in response.content.decode()
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
