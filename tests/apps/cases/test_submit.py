"""Handing in: what becomes a case, what is told to be missing, and that it becomes one case only."""

from __future__ import annotations

from datetime import date

import pytest
from support.actors import Cast, make_cast
from support.drafts import VEHICLE, complete
from support.fixed_clock import NOW, at
from support.races import at_once

from yinuo.apps.cases.actions.save_draft import save_draft
from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case, CaseEvent, Draft
from yinuo.apps.cases.queries import opened
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Post
from yinuo.apps.promises.queries import of_case
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import check_case_number, check_query_code


def handed_in(cast: Cast, draft: Draft | None = None) -> Case | Refusal:
    return submit(draft or complete(cast.citizen), person=cast.citizen, now=NOW)


def refused(cast: Cast, draft: Draft) -> Refusal:
    """The refusal, after which nothing exists and the draft is as it was."""
    before = Draft.objects.values().get(pk=draft.pk)
    result = handed_in(cast, draft)
    assert isinstance(result, Refusal)
    assert not Case.objects.exists()
    assert Draft.objects.values().get(pk=draft.pk) == before
    return result


def test_a_complete_draft_becomes_a_case_at_the_chosen_unit(cast: Cast) -> None:
    case = handed_in(cast)
    assert isinstance(case, Case)
    assert (case.stage, case.unit, case.applicant) == ("submitted", "taobei-traffic", cast.citizen)
    assert case.item_version == catalogue().items[VEHICLE].version
    assert case.received_at == NOW
    assert check_case_number(case.number) is None
    assert check_query_code(case.query_code) is None


def test_the_leader_of_the_unit_owns_it_from_the_first_moment(cast: Cast) -> None:
    case = handed_in(cast)
    assert isinstance(case, Case)
    assert case.owner == str(cast.approver.pk)
    assert [holder.person for holder in opened(case).state.chain] == [str(cast.approver.pk)]


def test_the_promise_to_answer_runs_from_the_first_moment(cast: Cast) -> None:
    case = handed_in(cast)
    assert isinstance(case, Case)
    (promise,) = of_case(case.number)
    assert (promise.key, promise.unit, promise.due_on) == ("accept", "taobei-traffic", date(2026, 10, 12))
    assert case.due_on == date(2026, 10, 12)


def test_every_case_of_a_day_has_a_number_of_its_own(cast: Cast) -> None:
    cases = [handed_in(cast) for _ in range(3)]
    numbers = [case.number for case in cases if isinstance(case, Case)]
    assert len(set(numbers)) == 3
    assert all("20261012" in number for number in numbers)


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ({"idcard": "220802198503121221"}, {"idcard": "bad-check-digit"}),
        ({"delivered_on": "2026-10-13"}, {"delivered_on": "date-in-future"}),
        ({"plate": ""}, {"plate": "required"}),
        ({"encumbrance": "mortgage"}, {"creditor": "required"}),
        ({"delivery": "courier"}, {"delivery_address": "required"}),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_lost(
    cast: Cast, answer: dict[str, str], wrong: dict[str, str]
) -> None:
    no = refused(cast, complete(cast.citizen, answers=answer))
    assert no == Refusal("invalid-answers", wrong)


def test_a_missing_material_is_named(cast: Cast) -> None:
    draft = complete(cast.citizen)
    save_draft(draft, now=NOW, provided={"vehicle-licence": []})
    no = refused(cast, Draft.objects.get(pk=draft.pk))
    assert no == Refusal("missing-materials", {"vehicle-licence": "required"})


@pytest.mark.parametrize("unit", ["", "taobei-window", "no-such-unit"])
def test_only_a_unit_that_is_competent_takes_it(cast: Cast, unit: str) -> None:
    no = refused(cast, complete(cast.citizen, unit=unit))
    assert no == Refusal("choose-a-unit", {"unit": "required"})


def test_where_nobody_would_own_it_it_is_not_taken(cast: Cast) -> None:
    draft = complete(cast.citizen)
    Post.objects.all().delete()
    assert refused(cast, draft).code == "choose-a-unit"


def test_an_answer_to_a_question_that_is_not_asked_any_more_is_left_out(cast: Cast) -> None:
    case = handed_in(cast, complete(cast.citizen, answers={"acquired_by": "gift"}))
    assert isinstance(case, Case)
    assert "invoice_no" not in opened(case).state.answers
    assert case.draft.answers["invoice_no"] == "00123456"


def test_somebody_elses_draft_cannot_be_handed_in(cast: Cast) -> None:
    draft = complete(cast.citizen)
    result = submit(draft, person=cast.stranger, now=NOW)
    assert result == Refusal("not-your-case")
    assert not Case.objects.exists()


def test_staff_cannot_hand_in_for_anybody(cast: Cast) -> None:
    draft = complete(cast.citizen)
    Draft.objects.filter(pk=draft.pk).update(person=cast.window)
    result = submit(Draft.objects.get(pk=draft.pk), person=cast.window, now=NOW)
    assert result == Refusal("only-an-applicant")
    assert not Case.objects.exists()


def test_a_refused_submission_uses_up_no_number(cast: Cast) -> None:
    refused(cast, complete(cast.citizen, answers={"plate": ""}))
    case = handed_in(cast)
    assert isinstance(case, Case)
    assert case.number[-6:-1] == "00001"


def test_handing_in_again_gives_the_same_case(cast: Cast) -> None:
    draft = complete(cast.citizen)
    stale = Draft.objects.get(pk=draft.pk)
    first, second = handed_in(cast, draft), handed_in(cast, stale)
    third = submit(Draft.objects.get(pk=draft.pk), person=cast.citizen, now=at("10-13 10:00"))
    assert first == second == third
    assert Case.objects.count() == 1
    assert CaseEvent.objects.count() == 1


def test_pressed_twice_at_once_it_becomes_one_case(committed: None) -> None:
    cast = make_cast()
    draft = complete(cast.citizen)
    copies = [Draft.objects.get(pk=draft.pk) for _ in range(4)]
    results = at_once(*[lambda one=one: handed_in(cast, one) for one in copies])
    assert len({case.number for case in results if isinstance(case, Case)}) == 1
    assert not [one for one in results if isinstance(one, Refusal)]
    assert (Case.objects.count(), CaseEvent.objects.count()) == (1, 1)


def test_two_citizens_at_once_get_two_numbers(committed: None) -> None:
    cast = make_cast()
    first, second = complete(cast.citizen), complete(cast.stranger)
    results = at_once(
        lambda: submit(first, person=cast.citizen, now=NOW),
        lambda: submit(second, person=cast.stranger, now=NOW),
    )
    assert len({case.number for case in results if isinstance(case, Case)}) == 2
