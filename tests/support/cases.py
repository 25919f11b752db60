"""The life of one case in a test: commands at simulated times, with every event kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from support.calendars import announced
from support.items import ANSWERS, FILES, item

from yinuo.core.calendar import Calendar
from yinuo.core.case import SYSTEM, Actor, CaseState, Context, Event, apply, handle, passing
from yinuo.core.case import commands as c
from yinuo.core.clock import SHANGHAI
from yinuo.core.errors import Refusal
from yinuo.core.item import Item
from yinuo.core.promise import Promise

UNIT = "security-brigade"
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)  # no holiday until 2026-04-04
APPLICANT = Actor("wang-shulan", "applicant")
STRANGER = Actor("stranger", "applicant")
WORDS = "材料齐全，符合规定"


def holder(post: str, person: str | None = None, unit: str = UNIT) -> Actor:
    """Somebody who holds one post in the unit of the case."""
    return Actor(person or f"the-{post}", "staff", frozenset({(post, unit)}))


WINDOW, REVIEWER, INSPECTOR, APPROVER, LEADER, SUPERVISOR = (
    holder(post) for post in ("window", "reviewer", "inspector", "approver", "leader", "supervisor")
)


@dataclass
class Life:
    """`at` is the time of the next command; it goes on only by `wait`."""

    item: Item = field(default_factory=item)
    at: datetime = MONDAY
    calendar: Calendar = field(default_factory=announced)
    events: list[Event] = field(default_factory=list)
    now: CaseState | None = None

    @property
    def state(self) -> CaseState:
        assert self.now is not None
        return self.now

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]

    def wait(self, **span: float) -> Life:
        self.at += timedelta(**span)
        return self

    def do(self, command: Any, actor: Actor) -> Refusal | None:
        """Carry out a command; what the core refused comes back and has changed nothing."""
        made = handle(command, self.now, Context(actor, self.at, self.item, self.calendar))
        if isinstance(made, Refusal):
            return made
        for event in made:
            self.now = apply(self.now, event)
        self.events += made
        return None

    def done(self, command: Any, actor: Actor) -> Life:
        """Carry out a command that must go through."""
        refused = self.do(command, actor)
        assert refused is None, refused
        return self

    def pass_time(self) -> list[str]:
        """Let time do what it does until now; the kinds of event that it brought about."""
        context = Context(SYSTEM, self.at, self.item, self.calendar)
        self.now, passed = passing.pass_time(self.state, context)
        self.events += passed
        return [event.kind for event in passed]

    def promise(self, key: str, about: str | None = None) -> Promise:
        found = self.state.promise(key, about)
        assert found is not None
        return found

    def submit(self, **changes: Any) -> Refusal | None:
        facts = {"answers": ANSWERS, "provided": FILES, "unit": UNIT, "owner": WINDOW.id} | changes
        return self.do(c.Submit("NUMBER", "QUERY", **facts), APPLICANT)


def submitted(**changes: Any) -> Life:
    """A case that was handed in on a Monday morning, for the sample item with `changes`."""
    life = Life(item(**changes))
    assert life.submit() is None
    return life


def accepted(**changes: Any) -> Life:
    return submitted(**changes).done(c.Accept(), WINDOW)


def examined(**changes: Any) -> Life:
    """With every step of the route behind it, so that only the decision is left."""
    life = accepted(**changes)
    for step in life.item.route.steps:
        life.done(c.PassStep(WORDS), holder(step.post))
    return life


def decided(*, granted: bool = True, **changes: Any) -> Life:
    life = examined(**changes)
    return life.done(c.Decide(granted, WORDS), holder(life.item.route.decide_post))


def issued(**changes: Any) -> Life:
    return decided(**changes).done(c.Issue({"name": "许可证", "sha256": "0" * 64}), WINDOW)


def delivered(**changes: Any) -> Life:
    return issued(**changes).done(c.Deliver("pickup"), WINDOW)


def closed(**changes: Any) -> Life:
    return delivered(**changes).done(c.Close(), SYSTEM)


def code(refused: Refusal | None) -> str | None:
    return refused.code if refused else None
