"""A person at a browser: signing in, filling in, and having every page looked at by axe."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from e2e.conftest import AXE
from yinuo.apps.access.totp import STEP, code_of
from yinuo.demo.people import PASSWORD, second_secret

USED: dict[str, int] = {}  # login -> the last step whose code was shown
SERIOUS = (Path(__file__).parents[1] / "support" / "serious.js").read_text()


class Visitor:
    """One person in one browser context. `look` is called on every page of the walk."""

    def __init__(self, browser: Any, address: str, *, width: int, scripts: bool = True) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="zh-CN", java_script_enabled=scripts
        )
        self.page = self.context.new_page()
        self.address, self.scripts = address, scripts

    def sign_in(self, login: str) -> None:
        self.go("/sign-in/")
        self.page.fill("#login", login)
        self.page.fill("#password", PASSWORD)
        self.page.click("main button")
        self.look()
        if "/sign-in/second/" in self.page.url:
            self.show_second_factor(login)

    def show_second_factor(self, login: str) -> None:
        """What the telephone shows. Each code is good once: whoever comes back at once waits for the next."""
        step = max(int(time.time()) // STEP, USED.get(login, 0) + 1)
        while step > int(time.time()) // STEP + 1:
            time.sleep(1)
        USED[login] = step
        self.page.fill("#code", code_of(second_secret(login), step))
        self.page.click("main button")
        self.look()

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).first.click()
        self.look()

    def follow(self, words: str) -> None:
        self.page.locator("a", has_text=words).first.click()
        self.look()

    def unfold(self, words: str) -> None:
        self.page.locator("summary", has_text=words).first.click()

    def reads(self) -> str:
        return str(self.page.inner_text("body"))

    def look(self) -> None:
        """axe finds nothing serious, and nothing sticks out at the side."""
        if not self.scripts:
            return
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(SERIOUS)
        assert not found, f"{self.page.url}\n" + "\n".join(found)
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"

    def download(self, words: str, to: Path) -> Path:
        with self.page.expect_download() as got:
            self.page.locator("a", has_text=words).first.click()
        path = to / got.value.suggested_filename
        got.value.save_as(path)
        return path

    def close(self) -> None:
        self.context.close()
