"""People who do things in a browser, and who look and press again when the connection breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from support.endurance.browsing import BrokenError, Browser, Fields, Files, Page

PATIENCE = 60  # how often somebody tries before giving up; kills may follow closely upon each other


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done to a case.

    `mark`: a word that only this act has written, "" where it writes none. `acknowledged`: its answer
    arrived; else the page said later that it was done.
    """

    number: str
    verb: str
    mark: str
    acknowledged: bool


@dataclass
class Record:
    """What people know of what they did. `wrong`: what must never happen, in words."""

    acts: list[Act] = field(default_factory=list)
    drafts: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def new_mark(self) -> str:
        self.counts["marks"] += 1
        return f"mark{self.counts['marks']:05d}."


@dataclass
class Visitor:
    """Somebody with an account. `root`: where pages of cases begin, "" for citizens, "/desk" for staff.

    `enter`: signs in, and gives the cookies of the new session.
    """

    login: str
    browser: Browser
    record: Record
    root: str
    enter: Callable[[], dict[str, str]]

    def comes_in(self) -> None:
        self.browser.cookies = self.enter()

    def does(self, number: str, verb: str, fields: Fields | None = None, *, mark: str = "") -> bool:
        """Whether it is done: press; when nothing is answered, look at the case, and maybe press again."""
        page = f"{self.root}/cases/{number}/"
        action = f"{page}{verb}/"

        def happened(seen: Page) -> bool:
            return mark in seen.text if mark else not seen.offers(action)

        return self._done(
            lambda seen: self.browser.post(action, {**seen.hidden, **(fields or {})}),
            page,
            happened,
            lambda seen: seen.offers(action),
            Act(number, verb, mark, acknowledged=True),
        )

    def supplements(self, number: str, files: Files) -> bool:
        page = f"/cases/{number}/supplement/"
        return self._done(
            lambda seen: self.browser.post(page, seen.hidden, files),
            page,
            lambda seen: seen.status == 302,
            lambda seen: seen.status == 200,
            Act(number, "answer-supplement", "", acknowledged=True),
        )

    def submits(self, draft: str, *, twice: bool = False) -> str:
        """The number of the case. `twice`: the button is pressed two times at once."""
        path, acknowledged = f"/apply/{draft}/check/", False
        for _ in range(PATIENCE):
            seen = self._open(path)
            if seen.status == 302:
                return self._submitted(draft, seen, acknowledged=acknowledged)
            answers = [one for one in self._pressed(path, seen, 2 if twice else 1) if one is not None]
            self._look_at(answers, f"submit {draft}")
            done = next((one for one in answers if one.status == 302), None)
            if done is not None:
                return self._submitted(draft, done, acknowledged=True)
            self.record.counts["retries"] += 1
        raise AssertionError(f"draft {draft} cannot be handed in")

    def _submitted(self, draft: str, answer: Page, *, acknowledged: bool) -> str:
        number = answer.location.split("/")[2]
        self.record.drafts[draft] = number
        self.record.acts.append(Act(number, "submit", "", acknowledged))
        return number

    def _pressed(self, path: str, seen: Page, times: int) -> list[Page | None]:
        def press(_: int) -> Page | None:
            try:
                return self.browser.post(path, {**seen.hidden, "true": "yes"})
            except BrokenError:
                self.record.counts["broken"] += 1
                return None

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(press, range(times)))

    def _done(
        self,
        press: Callable[[Page], Page],
        page: str,
        happened: Callable[[Page], bool],
        offered: Callable[[Page], bool],
        act: Act,
    ) -> bool:
        tried = refused = False
        for _ in range(PATIENCE):
            seen = self._open(page)
            if tried and happened(seen):
                self.record.counts["found done"] += 1
                self.record.acts.append(Act(act.number, act.verb, act.mark, acknowledged=False))
                return True
            if refused or not offered(seen):
                return False
            try:
                answer = press(seen)
            except BrokenError:
                self.record.counts["broken"] += 1
                self.record.counts["retries"] += 1
                tried = True
                continue
            self._look_at([answer], act.verb)
            if answer.status == 302:
                self.record.acts.append(act)
                return True
            self.record.counts["refused"] += 1
            refused = True
        raise AssertionError(f"{act.verb} of {act.number} cannot be done")

    def _open(self, path: str) -> Page:
        for _ in range(PATIENCE):
            try:
                page = self.browser.get(path)
            except BrokenError:
                self.record.counts["broken"] += 1
                continue
            self._look_at([page], path)
            return page
        raise AssertionError(f"{path} cannot be opened")

    def _look_at(self, answers: list[Page], what: str) -> None:
        """No answer may be an error of ours, and nobody is signed out."""
        for answer in answers:
            if answer.status not in (200, 302, 409, 422):
                self.record.wrong.append(f"{what}: the answer was {answer.status}")
            elif answer.location.startswith("/sign-in/"):
                self.record.wrong.append(f"{what}: {self.login} is signed out")
