"""In a real browser: staff open a case, and the citizen sees when, which unit and post, and for what."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.drafts import complete

from e2e.conftest import WIDTHS
from e2e.pages import Visitor
from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.core.clock import SHANGHAI
from yinuo.demo.people import citizen, holder

CITIZEN, STRANGER, SUPERVISOR = "13800000001", "13800000002", "supervisor"
UNIT = "taobei-traffic"
WHY = "窗口同事请我核对登记证书"
SHOTS = os.environ.get("YINUO_SHOTS", "")


def handed_in() -> Case:
    now, person = datetime.now(UTC), citizen(CITIZEN)
    made = submit(complete(person, unit=UNIT, at=now), person=person, now=now)
    assert isinstance(made, Case), made
    return made


def opens(visitor: Visitor, person: Person, case: Case) -> None:
    visitor.sign_in(str(person.login))
    visitor.go(f"/desk/cases/{case.number}/")


def opens_a_file(visitor: Visitor) -> None:
    """As it is shown in the browser: a picture, so there is no page to look at."""
    with visitor.page.expect_response(re.compile("/files/")) as got:
        visitor.page.locator("a[href*='/files/']").first.click()
    assert got.value.status == 200
    assert got.value.headers["content-type"] == "image/png"


def says_why(visitor: Visitor) -> None:
    assert "为什么要看这件事" in visitor.reads()
    visitor.press("记下理由，打开")
    assert "还不能打开" in visitor.reads(), "without a reason it stays shut"
    visitor.page.check("#key-colleague-asks")
    visitor.page.fill("#words", WHY)
    visitor.press("记下理由，打开")


def rows(visitor: Visitor) -> list[str]:
    return [" ".join(one.split()) for one in visitor.page.locator(".yn-log > li").all_inner_texts()]


def row(visitor: Visitor, person: Person) -> str:
    """The one row of whoever has this work number."""
    (found,) = [one for one in rows(visitor) if f"工号 {person.login}" in one]
    return found


def shot(visitor: Visitor, name: str, width: int) -> None:
    if SHOTS:
        visitor.page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)


@pytest.mark.parametrize(
    ("width", "scripts"),
    [(WIDTHS["phone"], True), (WIDTHS["desktop"], True), (WIDTHS["phone"], False)],
    ids=["phone", "desktop", "phone without scripts"],
)
def test_the_citizen_sees_who_looked_when_and_for_what(
    deployment: str, chromium: Any, width: int, scripts: bool
) -> None:
    case, unit = handed_in(), catalogue().city.units[UNIT].name.zh
    clerk, colleague = holder(UNIT, "window"), holder(UNIT, "reviewer")
    supervisor = Person.objects.get(login=SUPERVISOR)
    by = [Visitor(chromium, deployment, width=width, scripts=scripts) for _ in range(5)]

    opens(by[0], clerk, case)
    opens_a_file(by[0])
    opens(by[1], colleague, case)
    says_why(by[1])
    assert case.applicant.name in by[1].reads()
    opens(by[2], supervisor, case)

    me = by[3]
    me.sign_in(CITIZEN)
    me.go(f"/cases/{case.number}/")
    assert "谁看过这件事" in me.reads()
    shot(me, "looks-case", width)
    me.follow("谁看过我的信息")
    assert me.page.url.endswith("/looks/")
    shot(me, "looks", width)
    told = [next(one for one in (clerk, colleague, supervisor) if one.login in row) for row in rows(me)]
    assert told == [supervisor, colleague, clerk], "the newest first"
    own = row(me, clerk)
    assert f"{unit} · 窗口岗" in own
    assert "经办这件事：" in own
    assert "申请内容和经过" in own
    assert "交的材料" in own
    assert f"{datetime.now(SHANGHAI):%Y-%m-%d}" in str(
        me.page.locator(".yn-log time").first.get_attribute("datetime")
    )
    other = row(me, colleague)
    assert f"{unit} · 审核岗" in other
    assert f"同事请我一起看：{WHY}" in other
    assert "负责人或者督办查看" in row(me, supervisor)
    for person in (clerk, colleague, supervisor):
        assert person.name not in me.reads(), "a work number, no name"
    me.page.locator(".yn-log a").first.click()
    me.look()
    assert case.number in me.page.url

    stranger = by[4]
    stranger.sign_in(STRANGER)
    stranger.go("/looks/")
    assert "还没有工作人员打开过您的办件" in stranger.reads()
    for one in by:
        one.close()
