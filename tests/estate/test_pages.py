"""Every guide and every list of the city in both languages: small, valid HTML, usable by everybody."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils.html import escape
from support import axe, validity
from support.catalogues import ROOT
from support.fixed_clock import NOW
from support.public_pages import LANGUAGES, Page, public_pages
from support.shapes import of_new_parts

from yinuo.apps.items.actions.publish import publish
from yinuo.apps.items.queries import catalogue, forget
from yinuo.core.form import Text

# A page has to arrive within a few seconds on a slow phone connection in a village.
LARGEST = 60_000

pytestmark = pytest.mark.django_db
needs_browser = pytest.mark.skipif(
    not axe.CHROMIUM, reason="no browser: axe looks at no page without Debian's chromium"
)
needs_validator = pytest.mark.skipif(bool(validity.missing()), reason=validity.missing())


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> list[Page]:
    """Rendered once for all tests; the database is left as it was."""
    with django_db_blocker.unblock(), _whole_city(), time_machine.travel(NOW, tick=False):
        made = [page for language in LANGUAGES for page in public_pages(language)]
        names = {f"/items/{one.id}/": one.name for one in catalogue().items.values()}
    guides = [page for page in made if page.address.startswith("/items/")]
    assert {page.address for page in guides} == names.keys()
    assert [str(page) for page in guides if not _names_its_item(page, names[page.address])] == []
    return made


def _names_its_item(page: Page, name: Text) -> bool:
    return escape(name.en if page.language == "en" else name.zh) in page.html


@contextmanager
def _whole_city() -> Iterator[None]:
    """The catalogue of the repository in service; a log of every request would bury what a test says."""
    logging.disable(logging.INFO)
    try:
        with transaction.atomic():
            report = publish(ROOT, NOW)
            assert not report.findings, [str(finding) for finding in report.findings]
            yield
            transaction.set_rollback(True)
    finally:
        logging.disable(logging.NOTSET)
        forget()


def too_large(pages: Sequence[Page]) -> list[str]:
    return [f"{page}: {page.size:,} bytes, {LARGEST:,} at most" for page in pages if page.size > LARGEST]


def test_no_page_is_large(pages: list[Page]) -> None:
    assert too_large(pages) == []


@needs_validator
def test_every_page_is_valid_html(pages: list[Page], tmp_path: Path) -> None:
    assert validity.invalid(pages, tmp_path) == []


@pytest.mark.browser
@needs_browser
def test_axe_finds_nothing_serious_and_no_page_is_too_wide(pages: list[Page]) -> None:
    """What axe says of a page it says of all that are built of the same parts; words make a page wide."""
    assert axe.findings(pages, thorough=set(of_new_parts(pages))) == []


def test_a_page_has_something_new_by_an_element_an_attribute_or_a_repetition(sound: Page) -> None:
    part = '<p class="yn-x"><b>x</b></p>'
    once = spoilt(sound, part)
    assert of_new_parts([sound, sound, replace(sound, html=sound.html.replace("养犬", "养猫"))]) == [sound]
    assert of_new_parts([sound, once, spoilt(sound, part.replace("x</b>", "other</b>"))]) == [
        sound,
        once,
    ]
    for new in (
        part * 2,
        part.replace("<b>", "<b hidden>"),
        part.replace("x</b>", "</b>"),
        part.replace("<b>x</b>", "<i>x</i>"),
    ):
        assert of_new_parts([sound, once, spoilt(sound, new)])[2:] == [spoilt(sound, new)], new
    assert of_new_parts([sound, replace(sound, language="en")])[1:] == [replace(sound, language="en")]


@pytest.fixture
def sound(clock: Any) -> Page:
    """A guide in which nothing is wrong, to be spoilt."""
    return Page("/items/za-dog-person/", "zh-hans", Client().get("/items/za-dog-person/").content.decode())


def spoilt(page: Page, markup: str) -> Page:
    """The page with something more at the end of its main part."""
    return replace(page, html=page.html.replace("</main>", f"{markup}</main>"))


NO_LABEL = '<input name="x" type="text">'


def test_a_page_over_the_limit_is_found(sound: Page) -> None:
    room = LARGEST - sound.size
    assert too_large([sound, spoilt(sound, "x" * room)]) == []
    (found,) = too_large([spoilt(sound, "一" * (room // 3 + 1))])
    assert found.startswith("/items/za-dog-person/ (zh-hans): 60,0")


def spoilt_by(page: Page, wrong: dict[str, str]) -> list[Page]:
    """One page for each key of `wrong`, with addresses that tell them apart."""
    return [replace(spoilt(page, markup), address=f"/{n}/") for n, markup in enumerate(wrong)]


@needs_validator
def test_what_is_not_valid_is_found_and_on_which_page(sound: Page, tmp_path: Path) -> None:
    wrong = {
        NO_LABEL: "input-missing-label",
        '<p id="main">x</p>': "no-dup-id",
        "<div><p>x</p>": "close-order",
        "<ul><p>x</p></ul>": "element-permitted-content",
        "<p>1 & 2 < 3</p>": "no-raw-characters",
        '<p align="center">x</p>': "no-deprecated-attr",
    }
    pages = spoilt_by(sound, wrong)
    found = validity.invalid([sound, *pages], tmp_path)
    assert not [line for line in found if line.startswith(str(sound))]
    for page, rule in zip(pages, wrong.values(), strict=True):
        assert any(line.startswith(str(page)) and f" {rule}: " in line for line in found), (rule, found)


@pytest.mark.browser
@needs_browser
def test_axe_finds_what_is_wrong_and_on_which_page(sound: Page) -> None:
    # These words are meant for the dark masthead: only with the style sheets are they too light here.
    wrong = {
        NO_LABEL: "label",
        '<p class="yn-brand__owner">很难看清</p>': "color-contrast",
        '<a href="/"><svg></svg></a>': "link-name",
        '<svg width="600" height="9"></svg>': "px too wide",
    }
    pages = spoilt_by(sound, wrong)
    found = axe.findings([sound, *pages])
    assert len(found) == len(wrong), found
    for page, words in zip(pages, wrong.values(), strict=True):
        assert any(line.startswith(str(page)) and words in line for line in found), (words, found)


def test_the_list_of_the_validators_packages_holds_hashes_and_no_address() -> None:
    locked = (validity.VALIDATOR / "package-lock.json").read_text()
    assert '"resolved"' not in locked
    assert "://" not in locked
    assert locked.count('"integrity": "sha512-') == locked.count('"node_modules/')
