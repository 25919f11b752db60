"""The state of a case: what the events add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from yinuo.core.case.events import Actor, Payload
from yinuo.core.form import Answer
from yinuo.core.promise import Promise


class Stage(StrEnum):
    SUBMITTED = "submitted"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    SUSPENDED = "suspended"
    GRANTED = "granted"
    DENIED = "denied"
    ISSUED = "issued"
    DELIVERED = "delivered"
    CLOSED = "closed"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


SERVICE = ("accept", "decide", "deliver", "supplement")  # the promises of the service itself
ENDED = frozenset({Stage.CLOSED, Stage.REFUSED, Stage.TRANSFERRED, Stage.WITHDRAWN, Stage.LAPSED})
UNDECIDED = frozenset({Stage.SUBMITTED, Stage.SUPPLEMENT, Stage.ACCEPTED, Stage.SUSPENDED})


@dataclass(frozen=True, slots=True)
class Holder:
    """One link of the responsibility chain."""

    person: str
    unit: str
    since: datetime
    duty: str  # what was done or taken on: submitted, taken, accepted, a step's key …

    def __post_init__(self) -> None:
        if not (self.person and self.unit):
            raise ValueError("the owner is never nobody")


@dataclass(frozen=True)
class CaseState:
    """Not slotted, unlike its neighbours: `but` then copies it in one go, and every event makes a copy."""

    number: str
    query_code: str
    item: str
    item_version: str
    applicant: str  # who handed it in
    unit: str
    stage: Stage
    received: datetime
    changed: datetime
    seq: int
    answers: Mapping[str, Answer]
    provided: Mapping[str, tuple[str, ...]]  # material key -> upload ids
    promises: tuple[Promise, ...]
    chain: tuple[Holder, ...]
    principal: str = ""  # for whom, where the applicant acts for somebody else
    mandate: str = ""  # by what right
    step: int = 0
    notices: int = 0  # supplement notices sent for this submission
    notice: Payload | None = None  # the open one
    notice_allowed: str | None = None  # the supervisor who lets a second one be sent
    procedure: str | None = None  # the special procedure that stops the clock
    examined_by: frozenset[str] = frozenset()
    accepted_by: str | None = None
    extension: Payload | None = None  # asked for, not yet answered
    granted: bool | None = None
    decision: Payload | None = None
    document: Payload | None = None
    ratings: Mapping[int, Payload] = field(default_factory=dict)  # visit -> rating; 0 is the whole case
    appeals: Mapping[int, Payload] = field(
        default_factory=dict
    )  # visit -> appeal, with `upheld` once decided
    offered: Payload | None = None  # forwarded to another unit that has not taken it yet
    cards: tuple[Payload, ...] = ()
    revoked: Payload | None = None
    rated: datetime | None = None  # when the whole case was
    urged: datetime | None = None
    urges: int = 0
    deemed: bool = False  # accepted by silence
    accepted: datetime | None = None
    decided: datetime | None = None
    ended: datetime | None = None
    kinds: frozenset[str] = field(default_factory=frozenset)  # the kinds of event so far

    def but(self, **changes: Any) -> CaseState:
        """The same state with some of it changed."""
        made = object.__new__(CaseState)
        made.__dict__.update(self.__dict__)
        made.__dict__.update(changes)
        return made

    @property
    def applicant_actor(self) -> Actor:
        """Whoever may do what the applicant may, for pages that ask what that is."""
        return Actor(self.applicant, "applicant", acts_for=frozenset({(self.principal, self.item)}))

    @property
    def owner(self) -> Holder:
        """Who has the case now: never nobody, from the moment of receipt (首办责任)."""
        return self.chain[-1]

    @property
    def rating(self) -> Payload | None:
        """The rating of the whole case."""
        return self.ratings.get(0)

    def promise(self, key: str, about: str | None = None) -> Promise | None:
        """The latest promise of that kind, about that thing where it is named."""
        for promise in reversed(self.promises):
            if promise.key == key and about in (None, promise.about):
                return promise
        return None

    def owes(self, key: str, about: str | None = None) -> Promise | None:
        """The latest such promise, where it is still open."""
        promise = self.promise(key, about)
        return promise if promise is not None and promise.ended is None else None

    def has_worked(self, person: str) -> bool:
        """Whether that person ever had the case."""
        return any(holder.person == person for holder in self.chain)

    @property
    def main_promise(self) -> Promise | None:
        """What matters to the applicant: what they are asked, else what runs, else how it ended."""
        owed = [p for p in self.open_promises if p.key in SERVICE]
        asked = next((p for p in owed if p.key == "supplement"), None)
        return asked or (owed[-1] if owed else self.promise("decide") or self.promise("accept"))

    @property
    def open_promises(self) -> tuple[Promise, ...]:
        return tuple(p for p in self.promises if p.ended is None)
