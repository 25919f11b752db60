"""Promises as pages show them: the date, the chip, the meter, the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yinuo.catalogue import wording
from yinuo.catalogue.loading import Catalogue
from yinuo.core.clock import Unit, day_of
from yinuo.core.item import Item
from yinuo.core.promise import Colour, Promise, colour
from yinuo.core.receipt import Receipt, Row
from yinuo.web.language import language, said

MOST_CELLS = 40
CHIPS = {
    Colour.GREEN: "ok",
    Colour.YELLOW: "soon",
    Colour.RED: "broken",
    Colour.VIOLATION: "violation",
    Colour.GREY: "stopped",
}
LOOKS = {"weekend": "is-off", "holiday": "is-holiday", "trigger": "is-trigger", "paused": "is-paused"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the calendar: its look, its number, its word."""

    day: date
    look: str
    month: str
    word: str


@dataclass(frozen=True)
class PromiseView:
    promise: Promise
    receipt: Receipt
    served: Catalogue
    now: datetime
    item: str = ""  # the item's id, for rules of supervision that are its own
    pinned: Item | None = None  # what its special procedures are called

    @property
    def key(self) -> str:
        return self.promise.key

    @property
    def what(self) -> str:
        words = {
            "accept": _("最迟这一天答复是否受理"),
            "decide": _("最迟这一天作出决定"),
            "deliver": _("最迟这一天把结果交给您"),
            "supplement": _("请您在这一天以前补正"),
        }
        return words.get(self.key) or _("最迟这一天")

    @property
    def name(self) -> str:
        return promise_name(self.key)

    @property
    def due(self) -> date | datetime | None:
        return self.receipt.due

    @property
    def colour(self) -> Colour:
        rules, promise = self.served.rules.supervision, self.promise
        threshold = rules.threshold(promise.key, self.item, promise.owner)
        return colour(promise, self.now, self.served.calendar, threshold)

    @property
    def chip(self) -> str:
        if self.is_kept:
            return "kept"
        return CHIPS[self.colour]

    @property
    def is_ended(self) -> bool:
        return self.promise.ended is not None

    @property
    def is_late(self) -> bool:
        return self.colour in (Colour.RED, Colour.VIOLATION)

    @property
    def is_kept(self) -> bool:
        return self.is_ended and not self.promise.void and not self.is_late

    @property
    def left(self) -> int:
        """Working days left until the due day; negative when it has passed."""
        due = self.due
        return 0 if due is None else self.served.calendar.working_days(day_of(self.now), day_of(due))

    @property
    def status(self) -> str:
        """The chip's words: they say it, the colour repeats it."""
        if self.promise.void:
            return _("不再计时")
        if self.is_kept:
            return _("如期")
        if self.is_ended:
            return _("迟办") if self.colour is Colour.RED else _("迟办，超过法定时限")
        return self._running_status()

    def _running_status(self) -> str:
        stopped = self.receipt.stopped
        if stopped is not None:
            return _("停表，%(left)s") % {"left": wording.left(stopped, language())}
        if self.colour is Colour.VIOLATION:
            return _("已超过法定时限")
        if self.colour is Colour.RED:
            return _("已超过承诺时限")
        due = self.due
        if due is not None and day_of(due) == day_of(self.now):
            return _("今天到期")
        word = _("快到期") if self.colour is Colour.YELLOW else _("正常")
        status = ngettext("%(word)s，还剩 %(left)s 个工作日", "%(word)s，还剩 %(left)s 个工作日", self.left)
        return status % {"word": word, "left": self.left}

    @property
    def budget(self) -> int:
        return self.receipt.reached.phases[0].budget

    @property
    def used(self) -> int:
        """Units used up to the end of today, or of the day on which the promise ended."""
        until = day_of(self.promise.ended or self.now)
        counts = [row.count for row in self.rows if row.count and row.day <= until]
        return min(counts[-1], self.budget) if counts else 0

    @property
    def meter(self) -> list[str]:
        """One look per unit of the budget; empty where there are too many or the unit is no day."""
        if self.promise.promised.unit is Unit.HOUR or self.budget > MOST_CELLS or not self.budget:
            return []
        used, running = self.used, not self.is_ended
        looks = ["is-used"] * used + [""] * (self.budget - used)
        if running and used and self.served.calendar.is_working(day_of(self.now)):
            looks[used - 1] = "is-today"
        return looks

    @property
    def unit(self) -> str:
        return wording.unit(self.promise.promised.unit, self.budget, language())

    @property
    def paused_days(self) -> int:
        return sum(row.what == "paused" for row in self.rows)

    @property
    def summary(self) -> str:
        return wording.summary(self.receipt, self.served.holidays, language())

    @cached_property
    def rows(self) -> list[Row]:
        return self.receipt.days()

    @property
    def words(self) -> list[tuple[date, str]]:
        receipt, holidays, item = self.receipt, self.served.holidays, self.pinned
        return [(row.day, wording.row(row, receipt, holidays, language(), item)) for row in self.rows]

    @property
    def weeks(self) -> list[list[Cell]]:
        """The receipt as whole weeks, Monday first."""
        rows = {row.day: row for row in self.rows}
        first, last = min(rows), max(rows)
        start = first - timedelta(days=first.weekday())
        count = (last - start).days // 7 + 1
        cells = [self._cell(start + timedelta(days=n), rows) for n in range(count * 7)]
        return [cells[n : n + 7] for n in range(0, len(cells), 7)]

    def _cell(self, day: date, rows: dict[date, Row]) -> Cell:
        row = rows.get(day)
        month = wording.month(day, language()) if day.day == 1 or day == min(rows) else ""
        if row is None:
            return Cell(day, "is-out", month, "")
        return Cell(day, self._look(row), month, self._word(row))

    def _look(self, row: Row) -> str:
        due = self.due
        if due is not None and row.day == day_of(due) and row.what != "trigger":
            return "is-due"
        if row.what in LOOKS:
            return LOOKS[row.what]
        look = "is-used" if row.day <= day_of(self.promise.ended or self.now) else "is-left"
        if row.day == day_of(self.now) and not self.is_ended:
            look = "is-today"
        return f"{look} is-makeup" if row.what == "makeup" else look

    def _word(self, row: Row) -> str:
        due = self.due
        if due is not None and row.day == day_of(due) and row.what != "trigger":
            return _("到期")
        if row.count:
            return _("第 %(n)s 天") % {"n": row.count}
        return {"trigger": _("起算"), "paused": _("停表")}.get(row.what, _("休"))


def view(promise: Promise, served: Catalogue, now: datetime, item: Item | None = None) -> PromiseView:
    version, key = (item.version, item.id) if item else (None, "")
    return PromiseView(promise, promise.account(served.calendar, version), served, now, key, item)


def promise_name(key: str) -> str:
    """What is owed, in a word or two."""
    return {
        "accept": _("受理"),
        "decide": _("决定"),
        "deliver": _("送达"),
        "supplement": _("补正"),
        "step": _("审查环节"),
        "procedure": _("特别程序最长时间"),
        "extension": _("答复延长申请"),
        "hand-over": _("接手"),
        "urge": _("答复催办"),
        "supervision": _("答复督办"),
        "card": _("书面答复黄牌或红牌"),
        "verify": _("核实差评"),
        "answer": _("答复差评"),
        "put-right": _("整改"),
        "call-back": _("回访差评"),
        "appeal": _("复核申诉"),
        "follow-up": _("抽样回访"),
    }[key]


def about_name(key: str, about: str, item: Item) -> str:
    """What a promise is about where there are several, in brackets; empty where there is one."""
    words = _about(key, about, item)
    return _("（%(about)s）") % {"about": words} if words else ""


def _about(key: str, about: str, item: Item) -> str:
    if key == "step":
        return next((said(step.name) for step in item.route.steps if step.key == about), about)
    if key == "procedure":
        procedure = item.procedure(about)
        return said(procedure.name) if procedure else about
    if key == "follow-up":
        return about
    cards, moved = {"yellow": _("黄牌"), "red": _("红牌")}, {"unit": _("转来的"), "person": _("交来的")}
    visit = _("第 %(n)s 次到场") % {"n": about} if about else ""
    return {**cards, **moved, "0": _("整件事")}.get(about, visit)
