"""Commands: what somebody wants done, and the one door through which it is allowed or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from yinuo.core.calendar import Calendar
from yinuo.core.case.events import Actor, Payload
from yinuo.core.form import Answer
from yinuo.core.item import Item

Made = list[tuple[str, Payload]]


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at besides the state: who, when, under which item and calendar."""

    actor: Actor
    now: datetime
    item: Item
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Submit:
    number: str
    query_code: str
    unit: str
    owner: str
    answers: Mapping[str, Answer]
    provided: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskSupplement:
    """The one notice: material keys and field keys, each with what is wrong, in words."""

    materials: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AllowNotice:
    """A supervisor lets the window send a second notice; the reason stays on the record."""

    reason: str


@dataclass(frozen=True, slots=True)
class AnswerSupplement:
    answers: Mapping[str, Answer]
    provided: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Accept:
    pass


@dataclass(frozen=True, slots=True)
class Deem:
    """Silence past the limit for acceptance; only the clock says this."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """`to`: another organ that is competent; then the case is transferred rather than refused."""

    reasons: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Forward:
    unit: str
    owner: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lapse:
    pass


@dataclass(frozen=True, slots=True)
class Take:
    pass


@dataclass(frozen=True, slots=True)
class HandOver:
    to: Actor
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PassStep:
    opinion: str


@dataclass(frozen=True, slots=True)
class Return:
    opinion: str


@dataclass(frozen=True, slots=True)
class Suspend:
    procedure: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resume:
    outcome: str


@dataclass(frozen=True, slots=True)
class AskExtension:
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerExtension:
    granted: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decide:
    granted: bool
    reasons: str


@dataclass(frozen=True, slots=True)
class Issue:
    """`document`: what identifies the paper: file id, SHA-256, name."""

    document: Payload


@dataclass(frozen=True, slots=True)
class Deliver:
    method: str  # online | pickup | courier
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    pass


@dataclass(frozen=True, slots=True)
class Rate:
    level: int  # 1 非常满意 … 5 非常不满意, GB/T 39046 A.8
    words: str = ""


@dataclass(frozen=True, slots=True)
class Urge:
    words: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    words: str


@dataclass(frozen=True, slots=True)
class Revoke:
    reasons: str


@dataclass(frozen=True, slots=True)
class Correct:
    words: str


Command = (
    Submit | AskSupplement | AllowNotice | AnswerSupplement | Accept | Deem | Refuse | Forward | Withdraw
    | Lapse | Take | HandOver | PassStep | Return | Suspend | Resume | AskExtension | AnswerExtension | Decide
    | Issue
    | Deliver | Close | Rate | Urge | Say | Revoke | Correct
)  # fmt: skip
