"""An account that its owner closes: what goes at once, what stays, and what has to end first."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.files.storage import default_storage
from support.actors import PASSWORD, Cast
from support.drafts import HOTEL, complete, uploaded
from support.fixed_clock import NOW
from support.journeys import accepted, closed
from support.mandates import mandated, offered, organisation, ward
from support.retention import keep_by, rule

from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.cases.queries import audit, opened
from yinuo.apps.documents.models import Upload
from yinuo.apps.items.queries import catalogue
from yinuo.apps.mandates.models import Mandate, Organisation, Ward
from yinuo.apps.notices.models import Notice, Preference
from yinuo.apps.people.models import Person
from yinuo.apps.rights.actions.close_own_account import close_own_account
from yinuo.apps.rights.closing import closing
from yinuo.apps.rights.models import ClosedAccount
from yinuo.core.errors import Refusal

pytestmark = pytest.mark.usefixtures("quick_papers")


def close(person: Person) -> ClosedAccount | Refusal:
    return close_own_account(person, reason="账号注销了", now=NOW)


def test_nothing_of_the_person_is_left_and_nobody_signs_in(cast: Cast) -> None:
    assert isinstance(close(cast.citizen), ClosedAccount)
    gone = Person.objects.get(pk=cast.citizen.pk)
    assert (gone.name, gone.phone, gone.identity, gone.identity_index, gone.level) == (
        "已注销",
        "",
        "",
        None,
        0,
    )
    assert not gone.is_active
    assert Person.objects.by_login("13800000001") is None
    assert authenticate(username="13800000001", password=PASSWORD) is None


def test_the_phone_is_free_for_a_new_account(cast: Cast) -> None:
    close(cast.citizen)
    again = Person.objects.create_citizen("13800000001", "王淑兰", PASSWORD)
    assert Person.objects.by_login("13800000001") == again


def test_drafts_and_their_files_go_at_once(cast: Cast) -> None:
    complete(cast.citizen)
    paths = list(Upload.objects.filter(person=cast.citizen).values_list("path", flat=True))
    assert paths
    close(cast.citizen)
    assert not Draft.objects.exists()
    assert not Upload.objects.exists()
    assert not [path for path in paths if default_storage.exists(path)]


def test_a_file_that_was_never_handed_in_goes_and_those_of_a_kept_case_stay(cast: Cast) -> None:
    case = closed(cast)
    stray = uploaded(cast.citizen)
    close(cast.citizen)
    assert not Upload.objects.filter(pk=stray.pk).exists()
    held = {one for ids in opened(Case.objects.get(pk=case.pk)).state.provided.values() for one in ids}
    assert {str(one.pk) for one in Upload.objects.filter(person=cast.citizen)} == held


def test_while_a_case_goes_on_nothing_happens(cast: Cast) -> None:
    accepted(cast)
    assert close(cast.citizen) == Refusal("cases-go-on", facts={"n": 1})
    assert Person.objects.get(pk=cast.citizen.pk).is_active


def test_a_case_that_an_agent_handed_in_for_somebody_else_holds_nobody_back(cast: Cast) -> None:
    case = accepted(cast)
    Case.objects.filter(pk=case.pk).update(principal=f"person:{cast.stranger.pk}")
    assert close(cast.stranger) == Refusal("cases-go-on", facts={"n": 1})
    assert isinstance(close(cast.citizen), ClosedAccount)


def test_the_case_of_a_child_or_a_company_holds_it_back(cast: Cast) -> None:
    case = accepted(cast)
    for principal in (organisation(cast.citizen).key, ward(cast.citizen).key):
        Case.objects.filter(pk=case.pk).update(principal=principal)
        assert [one.number for one in closing(cast.citizen, NOW).open] == [case.number]


def test_ended_cases_stay_with_their_day_and_their_law(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_by(monkeypatch, rule("rest", "case", "2y"))
    case = closed(cast)
    (kept,) = closing(cast.citizen, NOW).stays
    assert kept.case == case
    assert kept.keeping.rule is not None
    assert (str(kept.keeping.last_day), str(kept.keeping.rule.ground)) == (
        "2028-10-12",
        "archives-law 第十三条",
    )
    close(cast.citizen)
    assert opened(Case.objects.get(pk=case.pk)).state.answers
    faults: list[Any] = [fault for _, found in audit(catalogue().calendar) for fault in found]
    assert faults == []


def test_mandates_companies_and_children_end_and_the_others_are_told(cast: Cast) -> None:
    company = organisation(cast.citizen)
    ward(cast.citizen)
    mandated(company, cast.stranger)
    offered(cast.citizen, cast.stranger, [HOTEL])
    close(cast.citizen)
    assert not Mandate.objects.filter(revoked_at__isnull=True).exists()
    assert not Organisation.objects.filter(ended_at__isnull=True).exists()
    assert not Ward.objects.filter(ended_at__isnull=True).exists()
    assert Notice.objects.filter(person=cast.stranger, template="mandate-ended").exists()


def test_notices_go(cast: Cast) -> None:
    closed(cast)
    Preference.objects.create(person=cast.citizen, channel="email", email="a@example.org")
    close(cast.citizen)
    assert not Notice.objects.filter(person=cast.citizen).exists()
    assert not Preference.objects.exists()


def test_staff_close_no_account_here(cast: Cast) -> None:
    assert close(cast.window) == Refusal("only-an-applicant")
