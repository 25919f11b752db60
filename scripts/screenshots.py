"""Make docs/images/*.png from a demo that this script sets up in a temporary folder and serves itself."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The accounts that the demo prints when it starts.
CITIZENS = [f"1380000000{n}" for n in range(1, 6)]
SUPERVISOR = "supervisor"
PASSWORD = "yinuo-demo"
WIDTH = 1280
HEIGHTS = {"home": 1084, "case": 1500, "desk": 900}
PATIENCE = 300  # seconds for tables, catalogue, people and cases on a slow machine
MOST_CELLS = 42  # six weeks: a longer calendar does not fit the picture


@contextmanager
def demo() -> Iterator[str]:
    """The address of a fresh demo; it ends, and its folder goes, when the block ends."""
    with tempfile.TemporaryDirectory(prefix="yinuo-") as folder:
        bind = f"127.0.0.1:{_free_port()}"
        command = [sys.executable, "-m", "yinuo", "demo", "--bind", bind, "--workers", "1"]
        kept = {key: value for key, value in os.environ.items() if not key.startswith("YINUO_")}
        server = subprocess.Popen(
            command,
            env={**kept, "YINUO_DATA": folder, "YINUO_LOG_LEVEL": "WARNING"},
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait(server, f"http://{bind}/readyz")
            yield f"http://{bind}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    opener = build_opener(ProxyHandler({}))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError("the demo ended before it served")
        try:
            with opener.open(address, timeout=10):
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise RuntimeError(f"the demo did not serve within {PATIENCE} s")


def sign_in(browser: Browser, site: str, login: str) -> Page:
    page = _page(browser)
    page.goto(f"{site}/sign-in/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button")
    if "/sign-in/second/" in page.url:
        page.fill("#code", page.inner_text("#demo-code"))
        with page.expect_navigation():
            page.click("main form button")
    return page


def _page(browser: Browser) -> Page:
    size = {"width": WIDTH, "height": 900}
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")  # type: ignore[arg-type]
    return context.new_page()


def best_case(browser: Browser, site: str) -> Page:
    """Of all citizens' cases that run in time, the one with the longest calendar that fits the picture."""
    found: list[tuple[int, str, str]] = []
    for login in CITIZENS:
        page = sign_in(browser, site, login)
        links = page.eval_on_selector_all("main a", "all => all.map(one => one.getAttribute('href'))")
        for link in sorted({link for link in links if link.startswith("/cases/")}):
            page.goto(site + link)
            if page.locator(".yn-promise .yn-chip--ok").count() and page.locator("#due-decide").count():
                found.append((page.locator(".yn-cal td").count(), login, link))
    fitting = [one for one in found if one[0] <= MOST_CELLS]
    _, login, link = max(fitting)
    page = sign_in(browser, site, login)
    page.goto(site + link)
    return page


def shoot(page: Page, name: str) -> None:
    page.set_viewport_size({"width": WIDTH, "height": HEIGHTS[name]})
    page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")
    print(f"{name}.png")


def run() -> int:
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        print(f"no browser: install one of {', '.join(BROWSERS)}", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        home = _page(browser)
        home.goto(f"{site}/")
        shoot(home, "home")
        shoot(best_case(browser, site), "case")
        shoot(sign_in(browser, site, SUPERVISOR), "desk")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(run())
