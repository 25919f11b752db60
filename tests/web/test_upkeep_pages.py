"""The pages of supervision and ratings: valid HTML, usable by everybody, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from support import axe, validity
from support.actors import Cast
from support.fixed_clock import NOW, at
from support.journeys import does, granted
from support.public_pages import Page
from support.upkeep import badly_rated, drawn, offered, urged
from support.visits import signed_in

from yinuo.apps.cases.rating_links import address
from yinuo.core.case import commands as c

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")


@pytest.fixture
def pages(cast: Cast, clock: Any) -> list[Page]:
    """Every page of it, as each person sees it who has most to do there."""
    bad, slow, moved, lot, good = badly_rated(cast), urged(cast), offered(cast), drawn(cast), granted(cast)
    bad = does(bad, c.AppealRating(0, "baicheng-bureau", "不是我们办的"), cast.approver)
    slow = does(slow, c.Card("red", "decide", reason="没有动"), cast.supervisor)
    slow = does(slow, c.Supervise("为什么"), cast.supervisor)
    clock.move_to(at("10-12 18:00"))
    link = urlsplit(address(good.number, NOW.date())).path
    wanted = [
        (cast.approver, f"/desk/cases/{bad.number}/"), (cast.supervisor, f"/desk/cases/{bad.number}/"),
        (cast.approver, f"/desk/cases/{slow.number}/"), (cast.supervisor, f"/desk/cases/{slow.number}/"),
        (cast.elsewhere, f"/desk/cases/{moved.number}/"), (cast.supervisor, "/desk/owed/"),
        (cast.window, f"/desk/cases/{good.number}/rating-code/"), (cast.supervisor, "/desk/calls/"),
        (cast.supervisor, f"/desk/calls/{lot.number}/"), (cast.citizen, f"/cases/{bad.number}/"),
        (cast.citizen, f"/cases/{slow.number}/"), (cast.citizen, f"/cases/{moved.number}/"),
        (cast.citizen, f"/cases/{good.number}/"), (None, link), (None, "/rate/no.such.link/"),
    ]  # fmt: skip
    return [_page(person, path, lang) for lang in ("zh-hans", "en") for person, path in wanted]


def _page(person: Any, path: str, language: str) -> Page:
    client: Client = signed_in(person)
    client.post("/preferences/", {"language": language})
    return Page(path, language, client.get(path).content.decode())


# Matters of taste: boxes of one name, meters and codes as a picture with a name, a named part of a page.
TASTE = ("form-dup-name", "prefer-native-element", "aria-label-misuse")


@pytest.mark.skipif(bool(validity.missing()), reason=validity.missing())
def test_they_are_valid_html(pages: list[Page], tmp_path: Path) -> None:
    found = validity.invalid(pages, tmp_path)
    assert [line for line in found if not any(f": {rule}: " in line for rule in TASTE)] == []


@pytest.mark.browser
@pytest.mark.skipif(not axe.CHROMIUM, reason="no browser: axe looks at no page without Debian's chromium")
def test_axe_finds_nothing_serious(pages: list[Page]) -> None:
    assert axe.findings(pages) == []
