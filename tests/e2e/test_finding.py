"""From the home page to the right guide by questions, in a real browser: on a phone, and without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest

from e2e.conftest import WIDTHS
from e2e.pages import Visitor

MOST_CLICKS = 4  # from the home page
NEW_PARENT = ("一步一步找", "有孩子了", "在国内出生")


@pytest.mark.parametrize(("width", "scripts"), [("phone", True), ("desktop", True), ("phone", False)])
def test_a_new_parent_finds_the_registration_of_the_birth_and_the_way_back(
    deployment: str, chromium: Any, width: str, scripts: bool
) -> None:
    visitor = Visitor(chromium, deployment, width=WIDTHS[width], scripts=scripts)
    visitor.go("/")
    for words in NEW_PARENT:
        visitor.follow(words)
    assert len(NEW_PARENT) <= MOST_CLICKS
    assert visitor.page.url.endswith("/items/hz-birth-registration/")
    assert "出生登记（在国内出生）" in visitor.page.inner_text("h1")

    visitor.page.go_back()
    assert visitor.page.url.endswith("/start/child/")
    trail = visitor.page.locator("nav.govuk-breadcrumbs")
    assert re.findall(r"\S+", trail.inner_text()) == ["首页", "遇到什么事", "有孩子了"]
    trail.get_by_role("link", name="遇到什么事").click()
    visitor.look()
    assert "您遇到什么事了？" in visitor.page.inner_text("h1")
    visitor.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_who_does_not_know_which_chooses_among_several_and_can_always_search(
    deployment: str, chromium: Any, scripts: bool
) -> None:
    visitor = Visitor(chromium, deployment, width=WIDTHS["phone"], scripts=scripts)
    visitor.go("/start/")
    visitor.follow("搬家或落户")
    visitor.follow("分户、并户、换户主")
    assert "承诺" in visitor.page.inner_text("main li:has(a[href*='hz-household-merge'])")
    visitor.follow("回上一步")
    assert visitor.page.url.endswith("/start/moving/")
    visitor.page.fill("main [name=q]", "过户")
    visitor.press("搜索")
    assert "机动车转让登记（本地）" in visitor.reads()
    visitor.close()


def test_the_lists_by_audience_and_letter_can_be_walked_through(deployment: str, chromium: Any) -> None:
    visitor = Visitor(chromium, deployment, width=WIDTHS["phone"])
    visitor.go("/branches/")
    visitor.follow("企业能办的事")
    visitor.follow("治安")
    visitor.follow("下一页")
    assert "branch=zhian&page=2" in visitor.page.url
    visitor.go("/branches/")
    visitor.follow("按字母找")
    visitor.page.get_by_role("link", name="J", exact=True).click()
    visitor.look()
    visitor.follow("机动车转让登记（本地）")
    assert visitor.page.url.endswith("/items/jg-vehicle-transfer/")
    visitor.close()
