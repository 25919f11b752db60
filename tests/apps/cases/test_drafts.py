"""Beginning, keeping and throwing away an application."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.actors import Cast, make_cast
from support.drafts import HOTEL, VEHICLE, begun, complete, uploaded
from support.fixed_clock import NOW
from support.journeys import submitted
from support.races import at_once

from yinuo.apps.cases.actions.discard_draft import discard_draft
from yinuo.apps.cases.actions.save_draft import LONGEST, save_draft
from yinuo.apps.cases.actions.start import MOST_DRAFTS, start
from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.cases.queries import drafts_of
from yinuo.apps.documents.models import Upload
from yinuo.apps.items.queries import catalogue
from yinuo.core.errors import Refusal

LATER = NOW + timedelta(minutes=5)


def kept(draft: Draft) -> Draft:
    return Draft.objects.get(pk=draft.pk)


def test_beginning_makes_an_empty_draft_of_the_item_in_service(cast: Cast) -> None:
    draft = begun(cast.citizen)
    item = catalogue().items[VEHICLE]
    assert (draft.item, draft.item_version, draft.answers) == (item.id, item.version, {})
    assert list(drafts_of(cast.citizen, NOW.date())) == [draft]


def test_beginning_again_gives_the_draft_that_is_there(cast: Cast) -> None:
    first = begun(cast.citizen)
    save_draft(first, now=NOW, answers={"plate": "吉G12345"})
    again = begun(cast.citizen)
    assert (again.pk, again.answers) == (first.pk, {"plate": "吉G12345"})
    assert begun(cast.citizen, HOTEL).pk != first.pk
    assert begun(cast.stranger).pk != first.pk


def test_after_the_submission_a_new_one_can_be_begun(cast: Cast) -> None:
    submitted(cast)
    assert begun(cast.citizen).answers == {}


def test_staff_cannot_apply_with_their_staff_account(cast: Cast) -> None:
    result = start(catalogue().items[VEHICLE], person=cast.window, now=NOW)
    assert result == Refusal("only-an-applicant")
    assert not Draft.objects.exists()


def test_nobody_can_fill_the_database_with_drafts(cast: Cast) -> None:
    item = catalogue().items[VEHICLE]
    Draft.objects.bulk_create(
        Draft(person=cast.citizen, item=f"i-{n}", item_version="", started_at=NOW, changed_at=NOW)
        for n in range(MOST_DRAFTS)
    )
    result = start(item, person=cast.citizen, now=NOW)
    assert isinstance(result, Refusal)
    assert (result.code, result.facts["most"]) == ("too-many-drafts", MOST_DRAFTS)


def test_saving_keeps_right_and_wrong_answers_alike(cast: Cast) -> None:
    draft = begun(cast.citizen)
    save_draft(draft, now=LATER, answers={"plate": "吉G12345", "idcard": "not a number", "has_agent": False})
    assert kept(draft).answers == {"plate": "吉G12345", "idcard": "not a number", "has_agent": False}
    assert kept(draft).changed_at == LATER


def test_saving_touches_only_what_it_is_given(cast: Cast) -> None:
    draft = complete(cast.citizen)
    before = dict(draft.answers), dict(draft.provided)
    save_draft(draft, now=LATER, answers={"seller_name": "王建设"})
    assert kept(draft).answers == before[0] | {"seller_name": "王建设"}
    assert kept(draft).provided == before[1]
    assert kept(draft).unit == "taobei-traffic"


def test_an_answer_that_was_taken_out_is_gone(cast: Cast) -> None:
    draft = complete(cast.citizen)
    save_draft(draft, now=LATER, answers={"invoice_no": None})
    assert "invoice_no" not in kept(draft).answers


def test_a_material_without_a_file_left_is_gone(cast: Cast) -> None:
    draft = begun(cast.citizen)
    key = str(uploaded(cast.citizen).pk)
    save_draft(draft, now=NOW, provided={"ownership": [key], "vehicle-licence": [key]})
    save_draft(draft, now=NOW, provided={"ownership": []})
    assert kept(draft).provided == {"vehicle-licence": [key]}


def test_a_file_that_was_taken_out_everywhere_is_deleted(cast: Cast) -> None:
    draft = begun(cast.citizen)
    key = str(uploaded(cast.citizen).pk)
    save_draft(draft, now=NOW, provided={"ownership": [key], "vehicle-licence": [key]})
    save_draft(draft, now=NOW, provided={"ownership": []})
    assert Upload.objects.filter(pk=key).exists()
    save_draft(draft, now=NOW, provided={"vehicle-licence": []})
    assert not Upload.objects.filter(pk=key).exists()


def test_a_book_in_one_field_is_cut_far_beyond_every_limit(cast: Cast) -> None:
    draft = begun(cast.citizen)
    save_draft(draft, now=NOW, answers={"seller_name": "长" * (LONGEST + 1)})
    assert len(kept(draft).answers["seller_name"]) == LONGEST


def test_two_pages_that_are_saved_at_once_are_both_kept(committed: None) -> None:
    cast = make_cast()
    draft = begun(cast.citizen)
    at_once(
        lambda: save_draft(draft, now=NOW, answers={"plate": "吉G12345"}),
        lambda: save_draft(draft, now=NOW, answers={"seller_name": "王建国"}),
    )
    assert kept(draft).answers == {"plate": "吉G12345", "seller_name": "王建国"}


def test_what_was_handed_in_cannot_be_changed_as_a_draft(cast: Cast) -> None:
    draft = complete(cast.citizen)
    submit(draft, person=cast.citizen, now=NOW)
    assert save_draft(draft, now=LATER, answers={"seller_name": "别人"}) == Refusal("already-submitted")
    assert kept(draft).answers["seller_name"] == "王建国"


def test_throwing_a_draft_away_takes_it_off_the_list(cast: Cast) -> None:
    draft = begun(cast.citizen)
    assert discard_draft(draft) is None
    assert not drafts_of(cast.citizen, NOW.date()).exists()


@pytest.mark.parametrize("times", [1, 2])
def test_what_was_handed_in_cannot_be_thrown_away(cast: Cast, times: int) -> None:
    draft = complete(cast.citizen)
    submit(draft, person=cast.citizen, now=NOW)
    for _ in range(times):
        assert discard_draft(draft) == Refusal("already-submitted")
    assert Case.objects.count() == 1
    assert kept(draft).case is not None


def test_throwing_away_twice_says_that_it_is_gone(cast: Cast) -> None:
    draft = begun(cast.citizen)
    gone = Draft.objects.get(pk=draft.pk)
    assert discard_draft(draft) is None
    assert discard_draft(gone) == Refusal("already-submitted")
