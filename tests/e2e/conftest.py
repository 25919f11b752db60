"""A real browser, the demo's people, and axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = os.environ.get("YINUO_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path(__file__).with_name("axe.min.js")
WIDTHS = {"phone": 390, "desktop": 1280}

# Playwright's synchronous interface runs a loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    left_out = pytest.mark.skip(reason="no browser: install Debian's chromium to run the browser tests")
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(left_out)


@pytest.fixture
def chromium(launched: Any) -> Iterator[Any]:
    """For one test: what it leaves open would go on working beside all tests after it."""
    yield launched
    for context in launched.contexts:
        context.close()


@pytest.fixture(scope="session")
def launched() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def deployment(transactional_db: None, settings: Any, tmp_path: Path, live_server: Any) -> str:
    """A deployment of its own with the demo's people; its address."""
    from e2e.pages import USED
    from yinuo.apps.documents import queries as documents
    from yinuo.apps.documents.signing import create_authority
    from yinuo.apps.items.actions.publish import publish
    from yinuo.apps.items.queries import catalogue
    from yinuo.apps.vault.ring import key_file
    from yinuo.demo.people import make_people

    now = datetime.now(UTC)
    settings.KEY_FILE = key_file()  # the ring with which the database of the tests was made
    settings.DATA, settings.ORIGIN = tmp_path, live_server.url
    create_authority(tmp_path / "keys" / "authority", "Yinuo test", now)
    documents.signer.cache_clear()
    assert not publish(settings.CATALOGUE, now).findings
    make_people(catalogue().city)
    USED.clear()  # a code that was used in another deployment is good in this one
    yield live_server.url
    documents.signer.cache_clear()
