"""In the browser: off to the provider by a button, searches that no address tells, files too large."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.utils import timezone
from support.drafts import complete
from support.provider import provider_of

from e2e.conftest import WIDTHS
from e2e.pages import Visitor
from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case
from yinuo.demo.people import citizen
from yinuo.demo.provider import people

CITIZEN, NAME, UNIT = "13800000001", "王淑兰", "taobei-traffic"
SHOTS = os.environ.get("YINUO_SHOTS", "")


def shot(visitor: Visitor, name: str) -> None:
    if SHOTS:
        visitor.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def test_the_button_leads_to_the_provider_and_back_though_a_form_may_lead_nowhere_else(
    deployment: str, chromium: Any
) -> None:
    """Without scripts the policy of the page is not switched off for axe: a redirect after the form would be
    stopped here."""
    visitor = Visitor(chromium, deployment, width=WIDTHS["phone"], scripts=False)
    with provider_of(*people(), origin=deployment):
        visitor.go("/sign-in/?next=/account/")
        shot(visitor, "sign-in")
        visitor.page.get_by_role("button", name="用统一身份认证登录").click()
        visitor.page.get_by_role("button", name=NAME, exact=True).click()
        visitor.page.wait_for_url(deployment + "/account/")
        assert "已经核实" in visitor.reads()
    visitor.close()


def test_the_page_that_leads_on_can_be_read_where_nothing_happens_by_itself(
    deployment: str, chromium: Any
) -> None:
    visitor = Visitor(chromium, deployment, width=WIDTHS["phone"])
    with provider_of(*people(), origin=deployment):
        visitor.go("/sign-in/")
        visitor.page.route("**/oauth2/**", lambda route: route.fulfill(status=204))  # the browser stays
        visitor.press("用统一身份认证登录")
        shot(visitor, "leaving")
        assert "您正在离开本站" in visitor.reads()
    visitor.close()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_search_at_the_desk_stands_in_no_address(deployment: str, chromium: Any, size: str) -> None:
    now, person = timezone.now(), citizen(CITIZEN)
    case = submit(complete(person, unit=UNIT, at=now), person=person, now=now)
    assert isinstance(case, Case), case
    visitor = Visitor(chromium, deployment, width=WIDTHS[size])
    visitor.sign_in(f"{UNIT}-1")
    look_for(visitor, NAME)
    shot(visitor, f"found-{size}")
    assert rows(visitor) == 1
    look_for(visitor, "查无此人")
    assert rows(visitor) == 0
    visitor.page.go_back()
    assert rows(visitor) == 1
    visitor.page.reload()
    assert rows(visitor) == 1
    visitor.close()


def look_for(visitor: Visitor, words: str) -> None:
    visitor.page.fill("#f-q", words)
    visitor.press("筛选")
    assert words not in unquote(visitor.page.url)


def rows(visitor: Visitor) -> int:
    return int(visitor.page.locator(".yn-queue tbody tr").count())


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_files_that_are_too_large_together_end_at_a_page_that_says_so(
    deployment: str, chromium: Any, settings: Any, tmp_path: Path, size: str
) -> None:
    settings.LARGEST_REQUEST = 3 * 1024 * 1024
    large = tmp_path / "large.pdf"
    large.write_bytes(b"%PDF-1.7" + b"x" * 5 * 1024 * 1024)
    visitor = Visitor(chromium, deployment, width=WIDTHS[size])
    draft = complete(citizen(CITIZEN), unit=UNIT, at=timezone.now())
    visitor.sign_in(CITIZEN)
    visitor.go(f"/apply/{draft.pk}/materials/")
    visitor.page.locator("input[type=file]").first.set_input_files(large)
    visitor.press("保存，下一步")
    shot(visitor, f"too-large-{size}")
    assert "一次最多 3 MB" in visitor.reads()
    visitor.page.go_back()
    assert "保存，下一步" in visitor.reads()
    visitor.close()
