"""What an office owes: an owner, two clocks, a legal ground and a trail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from yinuo.core.calendar import Calendar
from yinuo.core.clock import Extension, Limit, Pause, Stopped, Unit, day_of, instant, reach
from yinuo.core.receipt import Receipt, account

__all__ = ["KEYS", "Colour", "Promise", "Threshold", "account", "colour", "is_past"]

# All that can be owed. The first three stand in the item; the applicant owes the supplement; the others are
# the office's own, with limits of `core.duties`.
KEYS = (
    "accept", "decide", "deliver", "supplement", "step", "procedure", "extension", "hand-over", "urge",
    "supervision", "card", "verify", "answer", "put-right", "call-back", "appeal", "follow-up",
)  # fmt: skip
REMEDY = ("verify", "answer", "put-right", "call-back")  # what a bad rating sets going, in its order


class Colour(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    VIOLATION = "violation"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Threshold:
    """When a clock turns yellow; a design preset, since no national threshold was found."""

    share: int = 3  # one third of the budget left
    working_days: int = 2


@dataclass(frozen=True, slots=True)
class Promise:
    """One owed thing. The promised clock is never longer than the statutory one; both run.

    A calendar that lands moves what is open; what has ended keeps the dates that it ended with.
    """

    key: str  # one of KEYS
    owner: str  # a unit's id, or "applicant"
    promised: Limit
    statutory: Limit | None
    ground: str
    start: date | datetime
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    ended: datetime | None = None
    void: bool = False  # the thing is owed no more: withdrawn, lapsed
    about: str = ""  # what it is about where there are several: a step, a procedure, a card's colour, a visit
    post: str = ""  # the post that has to act

    @property
    def is_paused(self) -> bool:
        return any(pause.end is None for pause in self.pauses)

    def account(self, calendar: Calendar, item: str | None = None) -> Receipt:
        return account(
            self.start,
            self.promised,
            calendar.then(self.ended),
            self.pauses,
            self.extensions,
            ground=self.ground,
            item=item,
        )

    def due(self, calendar: Calendar) -> date | datetime | Stopped:
        counted = calendar.then(self.ended)
        return reach(self.start, self.promised, counted, self.pauses, self.extensions).due

    def statutory_due(self, calendar: Calendar) -> date | datetime | Stopped | None:
        if self.statutory is None:
            return None
        counted = calendar.then(self.ended)
        return reach(self.start, self.statutory, counted, self.pauses, self.extensions).due

    def pause(self, pause: Pause) -> Promise:
        return replace(self, pauses=(*self.pauses, pause))

    def resume(self, at: datetime) -> Promise:
        if all(pause.end is not None for pause in self.pauses):
            return self
        closed = tuple(replace(p, end=at) if p.end is None else p for p in self.pauses)
        return replace(self, pauses=closed)

    def extend(self, extension: Extension) -> Promise:
        return replace(self, extensions=(*self.extensions, extension))

    def end(self, at: datetime, *, void: bool = False) -> Promise:
        return replace(self.resume(at), ended=at, void=void)


def colour(promise: Promise, now: datetime, calendar: Calendar, threshold: Threshold = Threshold()) -> Colour:
    """Derived whenever it is read. An ended promise is judged at its end: late is late for ever."""
    moment_ = promise.ended or now
    due = promise.due(calendar)
    if isinstance(due, Stopped):
        return Colour.GREY
    if is_past(due, moment_):
        statutory = promise.statutory_due(calendar)
        broken = statutory is not None and not isinstance(statutory, Stopped) and is_past(statutory, moment_)
        return Colour.VIOLATION if broken else Colour.RED
    if promise.ended is None and not promise.void and is_near(promise, due, now, calendar, threshold):
        return Colour.YELLOW
    return Colour.GREEN


def is_past(due: date | datetime, at: datetime) -> bool:
    """Whether `at` lies after the due day's 24:00, or after the due instant."""
    return at > due if isinstance(due, datetime) else day_of(at) > due


def is_near(
    promise: Promise, due: date | datetime, now: datetime, calendar: Calendar, threshold: Threshold
) -> bool:
    """Whether little of an open promise's time is left: then it is yellow."""
    today, last = day_of(now), day_of(due)
    if calendar.working_days(today, last) <= threshold.working_days:
        return True
    if isinstance(due, datetime):
        return (due - now) * threshold.share <= due - instant(promise.start)
    if promise.promised.unit is Unit.WORKING_DAY:
        return calendar.working_days(today, last) * threshold.share <= promise.promised.amount
    return (last - today) * threshold.share <= last - day_of(promise.start)
