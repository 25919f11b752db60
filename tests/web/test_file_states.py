"""What citizens and staff see of files that wait for the scanner, are infected or were never scanned."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.actors import Cast
from support.drafts import complete, photo, stored
from support.fixed_clock import NOW
from support.journeys import submitted
from support.visits import shown, signed_in

from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.cases.queries import opened
from yinuo.apps.documents.models import Check, Upload
from yinuo.core.errors import Refusal

pytestmark = pytest.mark.usefixtures("clock")


def mark(case_or_draft: Case | Draft, state: Check) -> Upload:
    """The first file, as the scanner would have marked it."""
    found = case_or_draft
    provided = found.provided if isinstance(found, Draft) else opened(found, NOW).state.provided
    file = Upload.objects.get(pk=next(one for ids in provided.values() for one in ids))
    file.state = state
    file.save()
    return file


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Check.WAITING, ("正在查毒", "1 个文件还在查毒")),
        (Check.INFECTED, ("有病毒", "1 个文件里查出病毒")),
        (Check.UNSCANNED, ("没有查毒", "没有查过毒")),
        (Check.CLEAN, ()),
    ],
)
def test_the_clerk_sees_how_a_file_stands(cast: Cast, state: Check, words: tuple[str, ...]) -> None:
    case = submitted(cast)
    Upload.objects.update(state=Check.CLEAN)
    file = mark(case, state)
    clerk = signed_in(cast.window)
    address, page = f"/desk/cases/{case.number}/files/{file.pk}/", clerk.get(f"/desk/cases/{case.number}/")
    assert all(one in shown(page) for one in words)
    assert (address in page.content.decode()) == file.is_open
    assert clerk.get(address).status_code == (200 if file.is_open else 409)
    others = {"正在查毒", "有病毒", "没有查毒", "没有查过毒"} - set(words)
    assert not [one for one in others if one in shown(page)]


@pytest.mark.parametrize("state", [Check.WAITING, Check.INFECTED])
def test_the_applicant_sees_it_too_and_cannot_open_it(cast: Cast, state: Check) -> None:
    case = submitted(cast)
    file = mark(case, state)
    citizen = signed_in(cast.citizen)
    said = "正在查毒" if state == Check.WAITING else "查出病毒"
    assert said in shown(citizen.get(f"/cases/{case.number}/"))
    response = citizen.get(f"/files/{file.pk}/")
    assert response.status_code == 409
    assert response["Content-Type"].startswith("text/html")
    assert said in shown(response) or "查出了病毒" in shown(response)


def test_an_application_goes_ahead_while_a_file_waits(cast: Cast) -> None:
    draft = complete(cast.citizen)
    file = mark(draft, Check.WAITING)
    page = signed_in(cast.citizen).get(f"/apply/{draft.pk}/materials/")
    assert "正在查毒" in shown(page)
    assert f"/files/{file.pk}/" not in page.content.decode()
    assert isinstance(submit(draft, person=cast.citizen, now=NOW), Case)


def test_an_infected_file_counts_as_missing(cast: Cast) -> None:
    draft = complete(cast.citizen)
    file = mark(draft, Check.INFECTED)
    citizen, address = signed_in(cast.citizen), f"/apply/{draft.pk}/materials/"
    assert citizen.post(address, {"next": "1"}).status_code == 422
    refused = submit(draft, person=cast.citizen, now=NOW)
    assert isinstance(refused, Refusal)
    assert refused.code == "missing-materials"
    key = next(key for key, ids in draft.provided.items() if str(file.pk) in ids)
    assert citizen.post(address, {"next": "1", key: photo(), "remove": str(file.pk)}).status_code == 302
    assert isinstance(submit(stored(draft), person=cast.citizen, now=NOW), Case)


def test_what_is_infected_is_left_out_of_the_case(cast: Cast) -> None:
    """Beside a good file of the same material."""
    draft = complete(cast.citizen)
    file = mark(draft, Check.INFECTED)
    key = next(key for key, ids in draft.provided.items() if str(file.pk) in ids)
    signed_in(cast.citizen).post(f"/apply/{draft.pk}/materials/", {"next": "1", key: photo()})
    case = submit(stored(draft), person=cast.citizen, now=NOW)
    assert isinstance(case, Case)
    assert str(file.pk) not in opened(case, NOW + timedelta(hours=1)).state.provided[key]


def test_a_file_leaves_with_the_headers_that_keep_it_harmless(cast: Cast) -> None:
    case = submitted(cast)
    file = mark(case, Check.CLEAN)
    Upload.objects.filter(pk=file.pk).update(name="照片 (1).png")
    for person, address in (
        (cast.citizen, f"/files/{file.pk}/"),
        (cast.window, f"/desk/cases/{case.number}/files/{file.pk}/"),
    ):
        response = signed_in(person).get(address)
        assert response["Content-Disposition"] == "inline; filename*=utf-8''%E7%85%A7%E7%89%87%20%281%29.png"
        assert response["Content-Type"] == "image/png"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
