"""The client for Python against a real server, and its example as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.actors import UNIT, Cast, make_cast
from support.drafts import VEHICLE, happy_answers, picture
from support.programs import BACK, registered
from support.visits import signed_in

from yinuo.apps.cases.models import Case

ROOT = Path(__file__).resolve().parents[2] / "clients" / "python"
sys.path.insert(0, str(ROOT / "src"))

from yinuo_client import (  # noqa: E402 - it is not installed with the project
    Challenge,
    Hall,
    ProblemError,
    client_credentials,
    code_for_token,
    refreshed,
)

SCOPES = ("cases", "act", "apply", "papers", "notices")


@pytest.fixture
def cast_there(committed: None) -> Cast:
    return make_cast()


@pytest.fixture
def hall(cast_there: Cast, live_server: Any) -> Iterator[Hall]:
    program = registered("代理公司", agent=cast_there.citizen)
    token = client_credentials(live_server.url, program.client.client_id, program.secret, SCOPES)
    with Hall(live_server.url, token) as found:
        yield found


def applied(hall: Hall) -> str:
    draft = hall.save(hall.begin(VEHICLE)["id"], answers=happy_answers(), unit=UNIT)
    for material in draft["missing"]:
        hall.upload(draft["id"], material, "photo.png", picture())
    number = hall.submit(draft["id"])["number"]
    assert number is not None
    return number


def test_a_program_applies_follows_urges_and_withdraws(hall: Hall) -> None:
    number = applied(hall)
    assert hall.case(number)["stage"] == "submitted"
    assert hall.say(number, "几点上班？")["history"][0]["words"] == "几点上班？"
    assert hall.receipt(number, "accept")["schema"] == "yinuo-receipt/1"
    assert hall.receipt_pdf(number, "accept").startswith(b"%PDF-")
    assert next(hall.notices())["case"] == number
    assert hall.withdraw(number, "不办了")["stage"] == "withdrawn"


def test_a_refusal_tells_its_code_and_fields(hall: Hall) -> None:
    draft = hall.save(hall.begin(VEHICLE)["id"], unit=UNIT)
    with pytest.raises(ProblemError) as no:
        hall.submit(draft["id"])
    assert (no.value.status, no.value.code) == (422, "invalid-answers")
    assert no.value.fields["seller_name"] == "required"
    with pytest.raises(ProblemError) as none:
        hall.case("YN0")
    assert none.value.code == "not-found"


def test_lists_are_fetched_page_by_page(hall: Hall) -> None:
    numbers = [applied(hall) for _ in range(2)]
    pages = Hall(hall._root.removesuffix("/api/v1"), http=_small_pages(hall))
    assert [one["number"] for one in pages.cases()] == numbers[::-1]


def _small_pages(hall: Hall) -> httpx.Client:
    """One entry a page, whatever is asked for."""

    def smaller(request: httpx.Request) -> None:
        if request.url.path.endswith("/cases"):
            request.url = request.url.copy_add_param("size", "1")

    return httpx.Client(headers=hall._head, event_hooks={"request": [smaller]})


def test_an_answer_that_gets_lost_is_asked_for_again_and_nothing_happens_twice(hall: Hall) -> None:
    draft = hall.save(hall.begin(VEHICLE)["id"], answers=happy_answers(), unit=UNIT)
    for material in draft["missing"]:
        hall.upload(draft["id"], material, "photo.png", picture())
    real, lost = hall._http, []

    def losing(request: httpx.Request) -> httpx.Response:
        """The first answer never arrives."""
        answer = real.send(request)
        if not lost:
            lost.append(answer)
            raise httpx.ReadError("cut off", request=request)
        return httpx.Response(
            answer.status_code, content=answer.content, headers={"Content-Type": "application/json"}
        )

    hall._http = httpx.Client(transport=httpx.MockTransport(losing))
    done = hall.submit(draft["id"])
    hall._http = real
    assert lost[0].json() == done
    assert Case.objects.count() == 1


def test_a_person_says_yes_in_the_browser(cast_there: Cast, live_server: Any) -> None:
    program, challenge = registered(), Challenge()
    client = program.client.client_id
    address = challenge.address("", client, BACK, ["cases"])
    browser = signed_in(cast_there.citizen)
    asked = dict(httpx.URL(f"http://x{address}").params)
    assert browser.get("/oauth/authorize/", asked).status_code == 200
    back = httpx.URL(browser.post("/oauth/authorize/", {**asked, "allow": "true"})["Location"])
    assert back.params["state"] == challenge.state
    keys = {"client_id": client, "client_secret": program.secret}
    token = code_for_token(live_server.url, back.params["code"], challenge, redirect_uri=BACK, **keys)
    again = refreshed(live_server.url, token["refresh_token"], **keys)
    with Hall(live_server.url, again["access_token"]) as hall:
        assert list(hall.cases()) == []


def test_everybody_finds_services(db: None, live_server: Any) -> None:
    with Hall(live_server.url) as hall:
        assert VEHICLE in [one["id"] for one in hall.items("机动车转让")]
        assert hall.item(VEHICLE)["units"]
        assert hall.calendar()["days"]


def test_the_example_applies(cast_there: Cast, live_server: Any, tmp_path: Path) -> None:
    program = registered("代理公司", agent=cast_there.citizen)
    wishes = {"item": VEHICLE, "unit": UNIT, "answers": happy_answers()}
    (tmp_path / "answers.json").write_text(json.dumps(wishes), encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(picture())
    files = [str(tmp_path / "answers.json"), str(tmp_path / "photo.png")]
    done = subprocess.run(
        [
            sys.executable,
            str(ROOT / "examples" / "apply.py"),
            live_server.url,
            program.client.client_id,
            *files,
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "YINUO_CLIENT_SECRET": program.secret},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert Case.objects.get().number in done.stdout
    assert "receipt" in done.stdout


def test_the_client_is_typed_throughout() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
