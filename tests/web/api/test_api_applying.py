"""Applying through the API, from the form to the receipt, and what it refuses on the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from support.actors import UNIT, Cast
from support.drafts import VEHICLE, happy_answers, photo, picture
from support.fixed_clock import at
from support.papers import be_quick
from support.programs import Asking, let_in, token_for

from yinuo.apps.cases.models import Case
from yinuo.apps.clients.models import Client
from yinuo.apps.documents.scanning import Verdict


@pytest.fixture
def program(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Asking:
    be_quick(monkeypatch)
    return let_in(cast.citizen)


def filled_in(program: Asking) -> dict[str, Any]:
    """A draft that may be handed in, made only by requests."""
    draft = program.send("POST", "/drafts", {"item": VEHICLE}).json()
    path = f"/drafts/{draft['id']}"
    saved = program.send("PATCH", path, {"answers": happy_answers(), "unit": UNIT}).json()
    assert saved["wrong"] == {}
    for material in saved["missing"]:
        assert program.upload(f"{path}/files", photo(), material=material).status_code == 201
    whole: dict[str, Any] = program.get(path).json()
    return whole


@pytest.mark.parametrize(
    ("verdict", "state"), [("clean", "clean"), ("away", "waiting"), ("none", "unscanned")]
)
def test_a_file_says_what_the_scanner_said(
    program: Asking, monkeypatch: pytest.MonkeyPatch, verdict: str, state: str
) -> None:
    monkeypatch.setattr("yinuo.apps.documents.actions.upload.scan", lambda _content: Verdict(verdict))
    draft = program.send("POST", "/drafts", {"item": VEHICLE}).json()
    stored = program.upload(f"/drafts/{draft['id']}/files", photo(), material=draft["missing"][0])
    assert stored.json()["state"] == state


def handed_in(program: Asking) -> str:
    draft = filled_in(program)
    done = program.send("POST", f"/drafts/{draft['id']}/submit", {"truth": True}, key="one")
    assert done.status_code == 201, done.content
    return str(done.json()["number"])


def test_a_program_applies_and_the_case_is_the_persons_own(program: Asking, cast: Cast) -> None:
    draft = filled_in(program)
    assert draft["is_complete"] is True
    number = handed_in(program)
    case = Case.objects.get(number=number)
    assert case.applicant == cast.citizen
    shown = program.get(f"/cases/{number}").json()
    assert shown["stage"] == "submitted"
    assert shown["main"]["key"] == "accept"
    assert shown["main"]["due"] == str(case.due_on)
    assert shown["answers"] == happy_answers()
    assert [line["kind"] for line in shown["history"]] == ["submitted"]
    assert program.get("/cases").json()["entries"][0]["number"] == number
    assert program.get("/drafts").json()["entries"] == []


def test_sent_again_with_the_same_key_it_is_the_same_answer_and_one_case(program: Asking) -> None:
    draft = filled_in(program)
    path = f"/drafts/{draft['id']}/submit"
    first = program.send("POST", path, {"truth": True}, key="k")
    second = program.send("POST", path, {"truth": True}, key="k")
    assert second.status_code == 201
    assert second.json() == first.json()
    assert second["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert Case.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(program: Asking) -> None:
    number = handed_in(program)
    path = f"/cases/{number}/say"
    assert program.send("POST", path, {"words": "几点上班？"}, key="k").status_code == 200
    other = program.send("POST", path, {"words": "在几楼？"}, key="k")
    assert other.status_code == 422
    assert other.json()["code"] == "key-reused"
    assert program.get(f"/cases/{number}").json()["history"][0]["words"] == "几点上班？"


def test_after_a_day_a_key_is_free_again(program: Asking, cast: Cast, clock: Any) -> None:
    number = handed_in(program)
    path, client = f"/cases/{number}/say", Client.objects.get()
    program.send("POST", path, {"words": "一"}, key="k")
    clock.move_to(at("10-13 09:29"))
    within = Asking(token_for(client, cast.citizen))
    assert within.send("POST", path, {"words": "二"}, key="k").json()["code"] == "key-reused"
    clock.move_to(at("10-13 09:31"))
    after = Asking(token_for(client, cast.citizen))
    assert after.send("POST", path, {"words": "二"}, key="k").status_code == 200


def test_the_keys_of_two_programs_do_not_meet(program: Asking, cast: Cast) -> None:
    number = handed_in(program)
    path, other = f"/cases/{number}/say", let_in(cast.citizen)
    answers = [one.send("POST", path, {"words": w}, key="k") for one, w in ((program, "一"), (other, "二"))]
    assert [one.status_code for one in answers] == [200, 200]


def test_a_refusal_is_not_kept(program: Asking) -> None:
    draft = program.send("POST", "/drafts", {"item": VEHICLE}).json()
    path = f"/drafts/{draft['id']}"
    program.send("PATCH", path, {"unit": UNIT})
    early = program.send("POST", f"{path}/submit", {"truth": True}, key="k")
    assert early.status_code == 422
    assert early.json()["code"] == "invalid-answers"
    assert early.json()["fields"]["seller_name"] == {"code": "required", "detail": "请填写这一项"}
    filled_in(program)
    assert program.send("POST", f"{path}/submit", {"truth": True}, key="k").status_code == 201


def test_nothing_is_handed_in_without_a_key_or_untrue(program: Asking) -> None:
    draft = filled_in(program)
    path = f"/drafts/{draft['id']}/submit"
    no_key = program.send("POST", path, {"truth": True})
    assert no_key.status_code == 422
    assert no_key.json()["fields"] == {"header.Idempotency-Key": {"code": "missing", "detail": "缺少这一项"}}
    assert program.send("POST", path, {"truth": False}, key="k").json()["code"] == "declare-truth"
    assert Case.objects.count() == 0


def test_wrong_answers_are_kept_and_named(program: Asking) -> None:
    draft = program.send("POST", "/drafts", {"item": VEHICLE}).json()
    saved = program.send("PATCH", f"/drafts/{draft['id']}", {"answers": {"acquired_by": "theft"}}).json()
    assert saved["answers"] == {"acquired_by": "theft"}
    assert saved["wrong"]["acquired_by"]["code"] == "not-a-choice"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"answers": {"no_such_question": "x"}}, "no_such_question"),
        ({"unit": "no-such-unit"}, "unit"),
        ({"files": {"no-such-material": []}}, "no-such-material"),
    ],
)
def test_what_the_form_does_not_know_is_refused(program: Asking, body: Any, field: str) -> None:
    draft = program.send("POST", "/drafts", {"item": VEHICLE}).json()
    answer = program.send("PATCH", f"/drafts/{draft['id']}", body)
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]


def test_somebody_elses_file_is_not_taken(program: Asking, cast: Cast) -> None:
    stranger = let_in(cast.stranger)
    theirs = stranger.send("POST", "/drafts", {"item": VEHICLE}).json()
    saved = stranger.send("PATCH", f"/drafts/{theirs['id']}", {"answers": happy_answers()}).json()
    material = saved["missing"][0]
    file = stranger.upload(f"/drafts/{theirs['id']}/files", photo(), material=material).json()["id"]
    mine = program.send("POST", "/drafts", {"item": VEHICLE}).json()
    answer = program.send("PATCH", f"/drafts/{mine['id']}", {"files": {material: [file]}})
    assert answer.json()["fields"][material]["code"] == "not-a-choice"
    assert program.get(f"/drafts/{theirs['id']}").status_code == 404


def test_a_file_is_looked_at_by_its_content(program: Asking) -> None:
    draft = program.send("POST", "/drafts", {"item": VEHICLE}).json()
    fake = SimpleUploadedFile("照片.png", b"MZ not a picture" * 9)
    answer = program.upload(f"/drafts/{draft['id']}/files", fake, material="vehicle-licence")
    assert answer.status_code == 422
    assert answer.json()["code"] == "wrong-type"


def test_one_material_takes_six_files(program: Asking) -> None:
    draft = program.send("POST", "/drafts", {"item": VEHICLE}).json()
    path = f"/drafts/{draft['id']}/files"
    answers = [program.upload(path, photo(), material="vehicle-licence").status_code for _ in range(7)]
    assert answers == [201] * 6 + [422]
    refused = program.upload(path, photo(), material="vehicle-licence").json()
    assert refused["detail"] == "一份材料最多传 6 个文件"


def test_a_draft_is_thrown_away_with_its_files(program: Asking) -> None:
    draft = filled_in(program)
    assert program.send("DELETE", f"/drafts/{draft['id']}").status_code == 204
    assert program.get(f"/drafts/{draft['id']}").status_code == 404


def test_what_was_handed_in_is_not_changed_any_more(program: Asking) -> None:
    draft = filled_in(program)
    path = f"/drafts/{draft['id']}"
    program.send("POST", f"{path}/submit", {"truth": True}, key="k")
    answer = program.send("PATCH", path, {"answers": {"acquired_by": "gift"}})
    assert answer.status_code == 409
    assert answer.json()["code"] == "already-submitted"
    assert program.send("DELETE", path).status_code == 409


def test_a_picture_is_as_good_as_on_the_page(program: Asking) -> None:
    draft = program.send("POST", "/drafts", {"item": VEHICLE}).json()
    stored = program.upload(
        f"/drafts/{draft['id']}/files", photo("我的 车.png"), material="vehicle-licence"
    ).json()
    assert stored["content_type"] == "image/png"
    assert stored["name"].endswith(".png")
    assert 0 < stored["size"] < 10 * len(picture())
