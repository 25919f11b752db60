"""An anonymous report keeps nothing that leads back to its sender; only the query code finds it."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from support.actors import Cast
from support.drafts import complete, happy_answers, uploaded
from support.fixed_clock import NOW
from support.visits import come_in

from yinuo.apps.cases.actions.save_draft import save_draft
from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case, CaseEvent, Draft
from yinuo.apps.documents.models import Upload
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person

TIP = "jd-drug-tip"


@pytest.fixture
def draft(cast: Cast) -> Draft:
    """A tip with a picture, whose sender wishes to stay unnamed."""
    named = {"name", "phone"}
    answers = {key: value for key, value in happy_answers(TIP).items() if key not in named}
    units = catalogue().city.competent(catalogue().items[TIP].jurisdiction, "jindu")
    made = complete(cast.citizen, TIP, unit=units[0].id, answers=answers | {"anonymous": True})
    material = catalogue().items[TIP].materials[0].key
    picture = str(uploaded(cast.citizen, name="王淑兰的手机照片.png").pk)
    saved = save_draft(made, now=NOW, provided={material: [picture]})
    assert isinstance(saved, Draft)
    return saved


def handed_in(draft: Draft, cast: Cast) -> Case:
    case = submit(draft, person=cast.citizen, now=NOW)
    assert isinstance(case, Case), case
    return case


def test_neither_case_nor_events_nor_files_nor_draft_name_the_sender(cast: Cast, draft: Draft) -> None:
    case = handed_in(draft, cast)
    rows = [
        *Case.objects.values(),
        *CaseEvent.objects.values(),
        *Draft.objects.values(),
        *Upload.objects.values(),
    ]
    kept = json.dumps(rows, default=str, ensure_ascii=False)
    assert str(cast.citizen.pk) not in kept
    assert "王淑兰" not in kept
    assert case.applicant.login == "anonymous"


def test_nobody_can_sign_in_as_the_anonymous_sender(cast: Cast, draft: Draft) -> None:
    handed_in(draft, cast)
    account = Person.objects.get(login="anonymous")
    assert not account.is_active
    assert not account.check_password("")


def test_the_sender_does_not_find_it_among_the_own_cases(cast: Cast, draft: Draft, client: Client) -> None:
    case = handed_in(draft, cast)
    come_in(client, cast.citizen)
    assert case.query_code not in client.get("/cases/").content.decode()
    assert client.get(f"/cases/{case.number}/").status_code == 404


@pytest.mark.usefixtures("clock")
def test_a_second_press_still_leads_to_the_query_code(cast: Cast, draft: Draft, client: Client) -> None:
    come_in(client, cast.citizen)
    page = f"/apply/{draft.pk}/check/"
    first = client.post(page, {"true": "yes"})
    second = client.post(page, {"true": "yes"})
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1
    assert Case.objects.get().query_code[:4] in client.get(first["Location"]).content.decode()


def test_a_stranger_who_does_not_know_the_draft_sees_nothing(
    cast: Cast, draft: Draft, client: Client
) -> None:
    come_in(client, cast.stranger)
    assert client.get(f"/apply/{draft.pk}/").status_code == 404


def test_with_a_name_the_report_stays_with_its_sender(cast: Cast) -> None:
    units = catalogue().city.competent(catalogue().items[TIP].jurisdiction, "jindu")
    named = {"anonymous": False, "name": "王淑兰", "phone": "13800000001", "safe_time": "evening"}
    case = handed_in(complete(cast.citizen, TIP, unit=units[0].id, answers=named), cast)
    assert case.applicant == cast.citizen
