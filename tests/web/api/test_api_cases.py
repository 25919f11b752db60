"""Own cases through the API: only own ones, page by page, and what their applicant may do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from support.actors import Cast
from support.drafts import photo
from support.journeys import asked, does, granted, issued, submitted
from support.papers import be_quick
from support.programs import Asking, let_in, registered, token_for

from yinuo.apps.cases.queries import opened
from yinuo.apps.clients.scopes import SCOPES
from yinuo.core.case import commands as c


@pytest.fixture
def program(cast: Cast, clock: Any) -> Asking:
    return let_in(cast.citizen)


def test_a_list_goes_page_by_page_however_much_comes_in_meanwhile(program: Asking, cast: Cast) -> None:
    numbers = [submitted(cast).number for _ in range(3)]
    first = program.get("/cases", size=2).json()
    assert [one["number"] for one in first["entries"]] == [numbers[2], numbers[1]]
    submitted(cast)
    second = program.get("/cases", size=2, cursor=first["next"]).json()
    assert [one["number"] for one in second["entries"]] == [numbers[0]]
    assert second["next"] is None


def test_a_cursor_that_somebody_made_up_is_refused(program: Asking) -> None:
    answer = program.get("/cases", cursor="MQ:abc:def")
    assert answer.status_code == 422
    assert answer.json()["fields"] == {"cursor": {"code": "invalid", "detail": "不符合接口说明"}}


def test_somebody_elses_case_does_not_exist(program: Asking, cast: Cast) -> None:
    case, stranger = submitted(cast), let_in(cast.stranger)
    assert stranger.get("/cases").json()["entries"] == []
    for path in ("", "/receipts/accept.json", "/receipts/accept.pdf", "/result.pdf"):
        assert stranger.get(f"/cases/{case.number}{path}").status_code == 404, path
    for verb in ("say", "urge", "withdraw"):
        answer = stranger.send("POST", f"/cases/{case.number}/{verb}", {"words": "x"}, key="k")
        assert answer.status_code == 404, verb
        assert answer.json()["code"] == "not-found"


def test_the_case_is_told_as_its_page_tells_it(program: Asking, cast: Cast) -> None:
    case = granted(cast)
    told = program.get(f"/cases/{case.number}").json()
    assert told["stage"] == "granted"
    assert {one["key"] for one in told["promises"]} >= {"accept", "decide", "deliver"}
    assert all(one["key"] != "hand-over" for one in told["promises"])
    assert [one["state"] for one in told["steps"]].count("now") == 1
    assert told["history"][0]["kind"] == "decided"
    assert told["history"][0]["who"] == cast.approver.name
    assert told["granted"] is True


def test_english_is_told_in_english_and_the_codes_stay(cast: Cast, clock: Any) -> None:
    english = Asking(let_in(cast.citizen).token, "en")
    case = submitted(cast)
    answer = english.send("POST", f"/cases/{case.number}/rate", {"level": 5}, key="k")
    assert answer.status_code == 409
    assert answer.json()["code"] == "wrong-stage"
    assert answer.json()["detail"].isascii()


def test_an_applicant_urges_says_and_withdraws(program: Asking, cast: Cast) -> None:
    case = submitted(cast)
    path = f"/cases/{case.number}"
    said = program.send("POST", f"{path}/say", {"words": "周末开门吗？"}, key="1").json()
    assert said["history"][0]["words"] == "周末开门吗？"
    urged = program.send("POST", f"{path}/urge", {"words": ""}, key="2")
    assert urged.json()["urging"]["why_not"] == "今天已经催过了，明天可以再催"
    again = program.send("POST", f"{path}/urge", {"words": ""}, key="3")
    assert again.status_code == 422
    assert again.json()["code"] == "urged-today"
    assert (
        program.send("POST", f"{path}/withdraw", {"words": "不办了"}, key="4").json()["stage"] == "withdrawn"
    )
    assert program.send("POST", f"{path}/withdraw", {"words": "不办了"}, key="5").status_code == 409


def test_a_supplement_is_answered_with_new_files_and_answers(program: Asking, cast: Cast, clock: Any) -> None:
    case = asked(cast)
    clock.shift(timedelta(minutes=5))
    path = f"/cases/{case.number}"
    assert set(program.get(path).json()["notice"]["materials"]) == {"vehicle-licence"}
    file = program.upload(f"{path}/files", photo()).json()["id"]
    nothing = program.send("POST", f"{path}/supplement", {}, key="1").json()
    assert nothing["fields"] == {"vehicle-licence": {"code": "required", "detail": "请填写这一项"}}
    body = {"answers": {"seller_name": "赵敏"}, "files": {"vehicle-licence": [file]}}
    done = program.send("POST", f"{path}/supplement", body, key="1").json()
    assert done.get("stage") == "submitted", done
    assert done["answers"]["seller_name"] == "赵敏"
    assert done["provided"]["vehicle-licence"] == [file]
    assert done["notice"] is None


def test_a_supplement_changes_nothing_that_was_not_asked(program: Asking, cast: Cast) -> None:
    case = asked(cast)
    file = program.upload(f"/cases/{case.number}/files", photo()).json()["id"]
    body = {"answers": {"acquired_by": "gift"}, "files": {"vehicle-licence": [file]}}
    answer = program.send("POST", f"/cases/{case.number}/supplement", body, key="k")
    assert answer.status_code == 422
    assert answer.json()["fields"]["acquired_by"]["code"] == "unknown-field"


def test_nothing_is_uploaded_to_a_case_that_asks_for_nothing(program: Asking, cast: Cast) -> None:
    case = submitted(cast)
    assert program.upload(f"/cases/{case.number}/files", photo()).status_code == 409
    assert program.send("POST", f"/cases/{case.number}/supplement", {}, key="k").status_code == 409


def test_papers_come_as_they_were_signed(
    program: Asking, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    be_quick(monkeypatch)
    case = issued(cast)
    path = f"/cases/{case.number}"
    receipt = program.get(f"{path}/receipts/decide.json").json()
    assert receipt["schema"] == "yinuo-receipt/1"
    for paper in ("receipts/decide.pdf", "result.pdf"):
        answer = program.get(f"{path}/{paper}")
        assert answer.content.startswith(b"%PDF-"), paper
        assert answer["Cache-Control"] == "private, no-store"
    assert program.get(f"{path}/receipts/hand-over.json").status_code == 404


def test_a_delivered_case_is_rated_by_the_program(
    program: Asking, cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    be_quick(monkeypatch)
    case = does(issued(cast), c.Deliver("online"), cast.window)
    clock.shift(timedelta(minutes=12))
    told = program.get(f"/cases/{case.number}").json()
    assert 0 in told["rateable"]
    done = program.send("POST", f"/cases/{case.number}/rate", {"level": 5, "words": "很快"}, key="k").json()
    assert 0 not in done["rateable"]
    assert "rated" in [line["kind"] for line in done["history"]]
    assert opened(case).state.ratings[0]["channel"] == "api", "not the page's"


@pytest.mark.parametrize("scope", list(SCOPES))
def test_a_token_opens_only_what_its_scope_names(cast: Cast, clock: Any, scope: str) -> None:
    case = submitted(cast)
    program = Asking(token_for(registered().client, cast.citizen, scope))
    doors = {
        "cases": program.get("/cases"),
        "act": program.send("POST", f"/cases/{case.number}/say", {"words": "x"}, key="k"),
        "apply": program.get("/drafts"),
        "papers": program.get(f"/cases/{case.number}/receipts/accept.json"),
        "notices": program.get("/notices"),
    }
    for key, answer in doors.items():
        assert answer.status_code == (200 if key == scope else 403), key
        if key != scope:
            assert answer.json()["code"] == "not-allowed-to"
            assert f'scope="{key}"' in answer["WWW-Authenticate"]


def test_notices_are_read_and_marked(program: Asking, cast: Cast) -> None:
    granted(cast)
    found = program.get("/notices").json()["entries"]
    assert found
    assert all(one["read_at"] is None for one in found)
    assert program.send("POST", f"/notices/{found[0]['id']}/read").status_code == 204
    assert program.get("/notices").json()["entries"][0]["read_at"] is not None
    assert let_in(cast.stranger).send("POST", f"/notices/{found[0]['id']}/read").status_code == 404
