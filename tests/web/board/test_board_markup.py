"""The pages of the figures in a browser and before the validator: sound, and usable by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from support import axe, validity
from support.actors import Cast
from support.drafts import HOTEL, VEHICLE
from support.fixed_clock import NOW
from support.journeys import does, granted
from support.public_pages import LANGUAGES, Page
from support.visits import signed_in
from support.walks import handed_in, post_everywhere

from yinuo.core.case import commands as c

OF_STAFF = (
    "/board/",
    "/board/?by=person",
    "/board/?by=item&sort=-received",
    "/board/cases/?figure=received",
)
needs_browser = pytest.mark.skipif(not axe.CHROMIUM, reason="no browser: axe looks at no page without one")
needs_validator = pytest.mark.skipif(bool(validity.missing()), reason=validity.missing())


@pytest.fixture
def pages(cast: Cast, clock: Any) -> list[Page]:
    post_everywhere(cast)
    for _ in range(6):
        granted(cast)
    does(handed_in(cast, HOTEL, NOW - timedelta(days=90)), c.Accept(), cast.window)
    does(handed_in(cast, VEHICLE, NOW - timedelta(days=30)), c.Accept(), cast.window)
    clock.move_to(NOW + timedelta(hours=6))
    return list(fetched(cast))


def fetched(cast: Cast) -> Iterator[Page]:
    for language in LANGUAGES:
        staff, anybody = signed_in(cast.supervisor), Client()
        for client, addresses in ((staff, OF_STAFF), (anybody, ("/figures/",))):
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            for address in addresses:
                yield Page(address, language, client.get(address).content.decode())


@needs_validator
def test_every_page_of_figures_is_valid_html(pages: list[Page], tmp_path: Path) -> None:
    named = [Page(f"/{n}/", page.language, page.html) for n, page in enumerate(pages)]
    assert validity.invalid(named, tmp_path) == []


@pytest.mark.browser
@needs_browser
def test_axe_finds_nothing_serious_on_a_page_of_figures(pages: list[Page]) -> None:
    assert axe.findings(pages) == []


def test_no_page_of_figures_has_a_script_or_a_style_of_its_own(pages: list[Page]) -> None:
    for page in pages:
        assert "<script" not in page.html, page
        assert " style=" not in page.html, page
        assert "<style" not in page.html, page
