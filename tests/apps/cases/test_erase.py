"""A case that is erased: the person is gone from everywhere, and no number and no proof changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.storage import default_storage
from support.actors import Cast
from support.calendars import announced
from support.drafts import uploaded
from support.fixed_clock import NOW, at
from support.journeys import accepted, asked, closed, does
from support.ledger import AFTER, bundle_of, lines, sealed_cases
from support.two_counts import plain, same_from_events

from yinuo.apps.cases.actions.erase import erase
from yinuo.apps.cases.actions.rebuild import rebuild
from yinuo.apps.cases.calls import closed_in
from yinuo.apps.cases.figures import everything, forget, seen_by, tallies, view_of
from yinuo.apps.cases.models import Case, CaseEvent, Draft
from yinuo.apps.cases.queries import by_number, opened, progress, visible_to
from yinuo.apps.documents.models import Document, Upload
from yinuo.apps.documents.queries import standing
from yinuo.apps.documents.seal_code import SealCode
from yinuo.apps.items.queries import catalogue
from yinuo.apps.ledger.queries import keys
from yinuo.apps.ledger.signatures import read_keys
from yinuo.apps.ledger.verification import verify_bundle
from yinuo.apps.mandates.models import Attempt
from yinuo.apps.notices.models import Notice
from yinuo.apps.people.queries import anonymous
from yinuo.apps.promises.models import PromiseRow
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal
from yinuo.core.figures import Period

YEARS_LATER = date(2058, 1, 1)
RULE = "licence-granted"


@pytest.fixture
def gone(cast: Cast, quick_papers: None) -> Case:
    """Closed, sealed and erased; a second case goes on."""
    sealed = sealed_cases(cast)
    erased = erase(sealed.closed, RULE, today=YEARS_LATER)
    assert isinstance(erased, Case)
    return erased


def numbers(scope: Any) -> dict[str, Any]:
    forget()
    view = view_of(Period(date(2026, 1, 1), date(2026, 12, 31)), AFTER)
    return {by: plain(tallies(scope, by, view)) for by in ("all", "unit", "item", "person")}


def test_no_figure_changes(cast: Cast, quick_papers: None) -> None:
    sealed = sealed_cases(cast)
    today = AFTER.date()
    before = numbers(everything()), numbers(seen_by(cast.supervisor, today))
    rows = list(
        PromiseRow.objects.order_by("case", "place").values_list("case", "key", "due_on", "ended_at", "used")
    )
    assert isinstance(erase(sealed.closed, RULE, today=today), Case)
    assert (numbers(everything()), numbers(seen_by(cast.supervisor, today))) == before
    assert rows == list(
        PromiseRow.objects.order_by("case", "place").values_list("case", "key", "due_on", "ended_at", "used")
    )
    forget()
    same_from_events(catalogue().city.units, AFTER)
    assert closed_in(date(2026, 10, 1)) == [sealed.closed.number]


def test_nothing_personal_is_left_of_it(cast: Cast, gone: Case) -> None:
    state = opened(gone).state
    assert (state.answers, state.provided, state.principal) == ({}, {}, "")
    assert gone.applicant == anonymous()
    said = [f"{row.actor} {row.payload}" for row in CaseEvent.objects.filter(case=gone)]
    for personal in (str(cast.citizen.pk), "半天就办好了", "王淑兰"):
        assert not [line for line in said if personal in line], personal
    assert not Notice.objects.filter(case=gone.number).exists()
    assert not Draft.objects.filter(case=gone).exists()
    assert (gone.erased_on, gone.erased_by) == (YEARS_LATER, RULE)


def test_its_files_are_gone_and_those_of_the_other_case_are_not(cast: Cast, quick_papers: None) -> None:
    sealed = sealed_cases(cast)
    mine = {one for ids in opened(sealed.closed).state.provided.values() for one in ids}
    paths = list(Upload.objects.filter(pk__in=mine).values_list("path", flat=True))
    paths += list(Document.objects.filter(case=sealed.closed.number).values_list("path", flat=True))
    others = Upload.objects.exclude(pk__in=mine).count()
    assert len(mine) > 1
    assert all(map(default_storage.exists, paths))
    erase(sealed.closed, RULE, today=YEARS_LATER)
    assert not [path for path in paths if default_storage.exists(path)]
    assert Upload.objects.count() == others > 0


def test_what_was_uploaded_and_not_asked_for_goes_too(cast: Cast, quick_papers: None) -> None:
    case = closed(cast)
    extra = uploaded(cast.citizen)
    draft = Draft.objects.get(case=case)
    draft.provided = {**draft.provided, "not-asked": [str(extra.pk)]}
    draft.save()
    erase(case, RULE, today=YEARS_LATER)
    assert not Upload.objects.exists()


def test_it_is_at_no_address_any_more(cast: Cast, gone: Case) -> None:
    today = AFTER.date()
    for person in (cast.citizen, cast.window, cast.supervisor):
        assert gone not in visible_to(person, today)
    assert progress(gone.query_code, AFTER) is None
    assert by_number(gone.number, AFTER) is None


def test_the_audit_and_the_sealed_days_hold(gone: Case) -> None:
    assert lines() == []


def test_a_rebuild_leaves_it_erased(gone: Case) -> None:
    assert len(list(rebuild(catalogue().calendar))) == 2
    again = Case.objects.get(pk=gone.pk)
    assert (again.applicant, again.erased_by) == (anonymous(), RULE)
    assert lines() == []


def test_what_comes_back_into_an_erased_case_is_found(gone: Case) -> None:
    row = gone.events.get(seq=2)
    row.payload = {**row.payload, "words": "王淑兰"}
    row.save()
    assert lines() == [f"{gone.number}: it was erased, and event 2 still tells of somebody"]


def test_a_missing_event_of_an_erased_case_is_found(gone: Case) -> None:
    gone.events.get(seq=4).delete()
    assert f"{gone.number}: an event of the erased case is gone" in lines()


def test_another_hash_in_an_erased_case_is_found(gone: Case) -> None:
    gone.events.filter(seq=3).update(hash="0" * 64)
    assert lines() == [f"{gone.number}: event 3 is not the one that was sealed on 2026-10-12"]


def test_a_bundle_that_was_taken_along_still_holds(cast: Cast, quick_papers: None) -> None:
    case = sealed_cases(cast).closed
    taken = bundle_of(case)
    erase(case, RULE, today=YEARS_LATER)
    found = verify_bundle(taken, announced(), read_keys(keys()))
    assert (found.faults, found.open) == ([], [])


def test_a_paper_can_still_be_checked(cast: Cast, quick_papers: None) -> None:
    case = closed(cast)
    code = Document.objects.get(case=case.number).seal
    erase(case, RULE, today=YEARS_LATER)
    found = standing(code)
    assert not isinstance(found, Refusal)
    assert isinstance(found.seal, SealCode)
    assert found.revoked_at is None


def test_what_goes_on_is_not_erased(cast: Cast, quick_papers: None) -> None:
    case = accepted(cast)
    assert erase(case, RULE, today=YEARS_LATER) == Refusal("still-open")
    assert opened(case).state.answers


def test_what_is_still_owed_is_done_first(cast: Cast, quick_papers: None) -> None:
    case = does(asked(cast), c.Withdraw(), cast.citizen)
    assert isinstance(erase(case, RULE, today=YEARS_LATER), Case)
    bad = does(closed(cast, at=at("10-14 10:00")), c.Card("yellow", "decide", reason="慢"), cast.supervisor)
    assert erase(bad, RULE, today=YEARS_LATER) == Refusal("still-owed")


def test_erasing_twice_changes_nothing(cast: Cast, gone: Case) -> None:
    again = erase(gone, "another-rule", today=date(2059, 1, 1))
    assert isinstance(again, Case)
    assert (again.erased_on, again.erased_by) == (YEARS_LATER, RULE)


def test_what_an_agent_tried_goes_with_it(cast: Cast, quick_papers: None) -> None:
    from support.mandates import mandated

    case = closed(cast)
    Attempt.objects.create(
        mandate=mandated(cast.citizen, cast.stranger), item=case.item, case=case.number, at=NOW
    )
    erase(case, RULE, today=YEARS_LATER)
    assert not Attempt.objects.exists()
