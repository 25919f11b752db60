"""Cases for somebody else: who sees them, who goes on with them, and what a mandate that ended leaves."""

from __future__ import annotations

import pytest
from support.actors import UNIT, Cast, citizen
from support.drafts import HOTEL, VEHICLE, complete, happy_answers, photo, stored
from support.fixed_clock import NOW
from support.journeys import MINUTE, does
from support.mandates import mandated, organisation, ward

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.actions.note_refused import note_refused
from yinuo.apps.cases.actions.save_draft import save_draft
from yinuo.apps.cases.actions.start import start
from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.cases.queries import draft_of, drafts_of, opened, speaks_for, visible_to
from yinuo.apps.documents.actions.upload import upload
from yinuo.apps.documents.models import Upload
from yinuo.apps.documents.queries import own_uploads
from yinuo.apps.items.queries import catalogue
from yinuo.apps.mandates.actions.revoke import revoke
from yinuo.apps.mandates.models import Attempt
from yinuo.apps.notices.models import Notice
from yinuo.apps.people.models import Person
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal
from yinuo.core.form import settle

PLACES = {VEHICLE: UNIT, HOTEL: "taobei-public-order"}

pytestmark = pytest.mark.usefixtures("quick_papers")
TODAY = NOW.date()


def begun(person: Person, principal: str, item: str = VEHICLE) -> Draft:
    """A whole draft for somebody else."""
    found = catalogue().items[item]
    draft = start(found, person=person, now=NOW, principal=principal)
    assert isinstance(draft, Draft), draft
    given = happy_answers(item)
    needed = [one for one in found.needed(settle(found.form, given)) if one.is_uploaded]
    provided = {one.key: [str(handed(person, principal, item).pk)] for one in needed}
    saved = save_draft(draft, now=NOW, answers=given, provided=provided, unit=PLACES[item])
    assert isinstance(saved, Draft)
    return saved


def handed(person: Person, principal: str, item: str) -> Upload:
    made = upload(photo(), person=person, now=NOW, principal=principal, item=item)
    assert isinstance(made, Upload)
    return made


def handed_in(person: Person, principal: str) -> Case:
    case = submit(begun(person, principal), person=person, now=NOW)
    assert isinstance(case, Case), case
    return case


def seen_by(person: Person) -> list[Case]:
    return list(visible_to(person, TODAY))


def test_an_agent_hands_in_for_a_company(cast: Cast) -> None:
    firm = organisation(cast.citizen)
    mandate = mandated(firm, cast.stranger, [VEHICLE])
    case = handed_in(cast.stranger, firm.key)
    state = opened(case).state
    assert (case.principal, state.mandate, state.applicant) == (
        firm.key,
        str(mandate.pk),
        str(cast.stranger.pk),
    )
    assert seen_by(cast.stranger) == seen_by(cast.citizen) == [case]


def test_a_parent_hands_in_for_a_child(cast: Cast) -> None:
    case = handed_in(cast.citizen, ward(cast.citizen).key)
    assert opened(case).state.mandate == ""
    assert seen_by(cast.citizen) == [case]
    assert seen_by(cast.stranger) == []


def test_whoever_is_acted_for_sees_it_too(cast: Cast) -> None:
    mandated(cast.citizen, cast.stranger)
    case = handed_in(cast.stranger, f"person:{cast.citizen.pk}")
    assert seen_by(cast.citizen) == [case]


@pytest.mark.parametrize("item", [VEHICLE, HOTEL])
def test_only_in_what_the_mandate_says(cast: Cast, item: str) -> None:
    firm = organisation(cast.citizen)
    mandated(firm, cast.stranger, [HOTEL])
    made = start(catalogue().items[item], person=cast.stranger, now=NOW, principal=firm.key)
    assert isinstance(made, Draft if item == HOTEL else Refusal)


def test_nobody_acts_for_somebody_without_a_mandate(cast: Cast) -> None:
    firm = organisation(cast.citizen)
    made = start(catalogue().items[VEHICLE], person=cast.stranger, now=NOW, principal=firm.key)
    assert made == Refusal("without-a-mandate")


def test_another_agent_of_the_same_company_goes_on(cast: Cast) -> None:
    firm, second = organisation(cast.citizen), citizen("13800000003", "赵六")
    mandated(firm, cast.stranger)
    mandated(firm, second, [VEHICLE])
    draft = begun(cast.stranger, firm.key)
    assert draft_of(second, draft.pk, TODAY) == draft
    assert list(drafts_of(second, TODAY)) == [draft]
    case = submit(draft, person=second, now=NOW)
    assert isinstance(case, Case)
    assert case.applicant == second
    files = {one for ids in stored(draft).provided.values() for one in ids}
    assert set(own_uploads(files, second, TODAY)) == set(own_uploads(files, cast.citizen, TODAY)) == files


def test_a_revoked_agent_is_a_stranger(cast: Cast) -> None:
    firm = organisation(cast.citizen)
    mandate = mandated(firm, cast.stranger)
    case, draft = handed_in(cast.stranger, firm.key), begun(cast.stranger, firm.key, HOTEL)
    revoke(mandate, "合同到期", person=cast.citizen, now=NOW + 2 * MINUTE)
    assert seen_by(cast.stranger) == []
    assert list(drafts_of(cast.stranger, TODAY)) == []
    assert draft_of(cast.stranger, draft.pk, TODAY) is None
    files = [one for ids in stored(draft).provided.values() for one in ids]
    assert own_uploads(files, cast.stranger, TODAY) == {}
    assert submit(draft, person=cast.stranger, now=NOW) == Refusal("without-a-mandate")
    assert act(case, c.Withdraw("不办了"), person=cast.stranger, now=case.changed_at + MINUTE) == Refusal(
        "not-your-case"
    )
    assert seen_by(cast.citizen) == [case]
    assert draft_of(cast.citizen, draft.pk, TODAY) == draft


def test_the_company_goes_on_itself_and_is_told(cast: Cast) -> None:
    firm = organisation(cast.citizen)
    mandate = mandated(firm, cast.stranger)
    case = handed_in(cast.stranger, firm.key)
    assert speaks_for(case, TODAY) == cast.stranger
    revoke(mandate, "合同到期", person=cast.citizen, now=NOW + 2 * MINUTE)
    does(case, c.Accept(), cast.window, NOW + 3 * MINUTE)
    assert Notice.objects.filter(case=case.number, template="accepted").get().person == cast.citizen
    assert speaks_for(case, TODAY) == cast.citizen
    does(case, c.Withdraw("不办了"), cast.citizen, NOW + 4 * MINUTE)


def test_a_try_after_the_end_is_told_to_the_company_once(cast: Cast) -> None:
    firm = organisation(cast.citizen)
    mandate = mandated(firm, cast.stranger)
    case = handed_in(cast.stranger, firm.key)
    note_refused(cast.stranger, number=case.number, now=NOW)
    assert not Attempt.objects.exists()  # the mandate still holds
    revoke(mandate, "合同到期", person=cast.citizen, now=NOW + 2 * MINUTE)
    for minute in (1, 2):
        note_refused(cast.stranger, number=case.number, now=NOW + (2 + minute) * MINUTE)
    attempt = Attempt.objects.get()
    assert (attempt.mandate, attempt.item, attempt.case) == (mandate, VEHICLE, case.number)
    notice = Notice.objects.filter(person=cast.citizen, template="mandate-tried").get()
    assert cast.stranger.name in notice.body


def test_a_strangers_knocking_tells_nobody(cast: Cast) -> None:
    case = handed_in(cast.citizen, organisation(cast.citizen).key)
    note_refused(cast.stranger, number=case.number, now=NOW)
    note_refused(cast.stranger, number="no-such-number", now=NOW)
    assert not Attempt.objects.exists()


def test_a_draft_for_oneself_and_one_for_the_company(cast: Cast) -> None:
    firm = organisation(cast.citizen)
    own, theirs = complete(cast.citizen), begun(cast.citizen, firm.key)
    assert own.pk != theirs.pk
    assert {one.principal for one in drafts_of(cast.citizen, TODAY)} == {"", firm.key}
