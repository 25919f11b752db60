"""A citizen sees what is held, takes it along, has a decision explained, and closes the account."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from support.drafts import complete
from support.papers import be_quick

from e2e.conftest import WIDTHS
from e2e.pages import Visitor
from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case
from yinuo.apps.people.models import Person
from yinuo.apps.rights.actions.place_hold import place_hold
from yinuo.apps.rights.models import Hold
from yinuo.core.case.commands import Withdraw
from yinuo.core.errors import Refusal
from yinuo.demo.people import PASSWORD

CITIZEN, SUPERVISOR = "13800000001", "supervisor"
SHOTS = os.environ.get("YINUO_SHOTS", "")


def handed_in(person: Person, at: datetime) -> Case:
    made = submit(complete(person, at=at), person=person, now=at)
    assert isinstance(made, Case)
    return made


def ended_and_silent(now: datetime) -> tuple[Case, Case]:
    """One that was withdrawn, and one that nobody answered."""
    person = Person.objects.by_login(CITIZEN)
    assert person is not None
    withdrawn = handed_in(person, now - timedelta(days=40))
    done = act(withdrawn, Withdraw("不办了"), person=person, now=now - timedelta(days=39))
    assert not isinstance(done, Refusal)
    return done.case, handed_in(person, now - timedelta(days=30))


def shot(visitor: Visitor, name: str, width: str) -> None:
    if SHOTS:
        visitor.page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_from_seeing_to_closing(
    deployment: str, chromium: Any, width: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    be_quick(monkeypatch)
    now = datetime.now(UTC)
    ended, silent = ended_and_silent(now)
    supervisor = Person.objects.get(login=SUPERVISOR)
    held = place_hold(
        ended.number, "行政诉讼没有审完", f"{now:%Y}-12-31", is_told=True, person=supervisor, now=now
    )
    assert isinstance(held, Hold), held

    citizen = Visitor(chromium, deployment, width=WIDTHS[width])
    citizen.sign_in(CITIZEN)
    citizen.go("/account/")
    citizen.follow("看、带走、更正和删除")
    assert "保全到" in citizen.reads()
    assert "行政诉讼没有审完" in citizen.reads()
    shot(citizen, "overview", width)

    with citizen.page.expect_download() as packet:
        citizen.page.get_by_role("button", name="做好并下载").click()
    packet.value.save_as(tmp_path / "mine.zip")
    with ZipFile(tmp_path / "mine.zip") as archive:
        archive.extractall(tmp_path / "mine")
    mine = json.loads((tmp_path / "mine" / "data.json").read_text())
    assert [one["number"] for one in mine["cases"]] == [silent.number, ended.number]
    offline = Visitor(chromium, f"file://{tmp_path}/mine", width=WIDTHS[width])
    offline.go("/index.html")
    assert mine["account"]["phone"] in offline.reads()
    shot(offline, "offline", width)

    citizen.go("/my-data/decisions/")
    assert "日子怎么数的" in citizen.reads()
    shot(citizen, "decisions", width)
    for page in ("consent", "delete", "close"):
        citizen.go(f"/my-data/{page}/")
        shot(citizen, page, width)
    assert "还不能注销" in citizen.reads()

    silent.refresh_from_db()
    act(silent, Withdraw(), person=Person.objects.by_login(CITIZEN), now=datetime.now(UTC))
    citizen.go("/my-data/close/")
    shot(citizen, "close-2", width)
    citizen.page.check("#understood")
    citizen.press("下一步：再确认一次")
    citizen.page.fill("#old_password", PASSWORD)
    citizen.press("注销账号")
    assert "账号已经注销" in citizen.reads()
    assert Person.objects.by_login(CITIZEN) is None

    office = Visitor(chromium, deployment, width=WIDTHS[width])
    office.sign_in(SUPERVISOR)
    office.go("/desk/holds/")
    assert "行政诉讼没有审完" in office.reads()
    shot(office, "holds", width)
    office.go("/desk/retention/")
    shot(office, "retention", width)
