"""What axe finds serious or critical on rendered pages, on a phone and with the real style sheets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from e2e.conftest import ARGUMENTS, AXE, CHROMIUM, WIDTHS
from support.public_pages import Page

SHOW, SERIOUS = (Path(__file__).with_name(name).read_text() for name in ("page_in_place.js", "serious.js"))
ADDRESS = "http://yinuo.test/"
BROWSERS = 2
RULES = "[...document.querySelectorAll('link[rel=stylesheet]')].map(link => link.sheet?.cssRules.length)"


def findings(pages: Sequence[Page], thorough: Collection[Page] | None = None) -> list[str]:
    """One line for everything found; the pages are dealt out to browsers that work side by side.

    Axe looks at the pages in `thorough`, else at all; how wide a page is is measured of all.
    """
    asked = [(page, thorough is None or page in thorough) for page in pages]
    hands = [asked[n::BROWSERS] for n in range(min(BROWSERS, len(pages)))]
    with ThreadPoolExecutor(BROWSERS) as pool:
        return [line for lines in pool.map(_by_one_browser, hands) for line in lines]


def _by_one_browser(asked: Sequence[tuple[Page, bool]]) -> list[str]:
    """In a thread of its own: Playwright's synchronous interface leaves a loop running in its thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        view = _opened(browser, asked[0][0])
        found = [f"{page}: {line}" for page, deep in asked for line in _wrong(view, page, deep)]
        browser.close()
    return found


def _wrong(view: Any, page: Page, is_thorough: bool) -> list[str]:
    wrong: list[str] = view.evaluate(SHOW, page.html)
    return [*view.evaluate(SERIOUS), *wrong] if is_thorough else wrong


def _opened(browser: Any, first: Page) -> Any:
    """A phone that shows the first page and has axe; our static files come from their folders."""
    context = browser.new_context(
        viewport={"width": WIDTHS["phone"], "height": 900}, locale="zh-CN", bypass_csp=True
    )
    context.route("**/*", lambda route: _answer(route, first))
    view = context.new_page()
    view.goto(ADDRESS)
    assert all(view.evaluate(RULES)), "a style sheet has no rules: it was not found"
    view.add_script_tag(path=str(AXE))
    return view


def _answer(route: Any, first: Page) -> None:
    path = route.request.url.removeprefix(ADDRESS)
    if not path:
        route.fulfill(body=first.html, content_type="text/html; charset=utf-8")
    elif place := finders.find(path.removeprefix("static/")):
        route.fulfill(path=place)
    else:
        route.abort()
