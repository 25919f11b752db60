"""Commands: what somebody wants done, and the one door through which it is allowed or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from yinuo.core.calendar import Calendar
from yinuo.core.case.events import Actor, Payload
from yinuo.core.duties import DUTIES, Duties
from yinuo.core.form import Answer
from yinuo.core.item import Item
from yinuo.core.powers import Powers

Made = list[tuple[str, Payload]]


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at besides the state: who, when, under which item, calendar and small limits.

    `powers`: what each post may do in this city; None where only the rules themselves are asked.
    """

    actor: Actor
    now: datetime
    item: Item
    calendar: Calendar
    duties: Duties = DUTIES
    powers: Powers | None = None


@dataclass(frozen=True, slots=True)
class Submit:
    number: str
    query_code: str
    unit: str
    owner: str
    answers: Mapping[str, Answer]
    provided: Mapping[str, Sequence[str]] = field(default_factory=dict)
    principal: str = ""  # for whom it is handed in; empty: for oneself
    mandate: str = ""  # by what right


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
    """Offer the case to another unit and whoever is on duty there. It stays here until it is taken."""

    unit: str
    owner: str
    reason: str


@dataclass(frozen=True, slots=True)
class TakeOver:
    """The other unit takes what was forwarded to it."""


@dataclass(frozen=True, slots=True)
class DeclineForward:
    reason: str


@dataclass(frozen=True, slots=True)
class Reassign:
    """A supervisor moves a case that is stuck."""

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
class EndProcedure:
    """The longest duration of a special procedure is over: the clock runs again, whatever came of it."""


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
class DeemGranted:
    """Silence where the item's law says that silence is a yes; only the clock says this."""


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
    """`visit`: which of the visits was rated, 0 the whole case. `reasons`: keys of the city's list."""

    level: int  # 1 非常满意 … 5 非常不满意, GB/T 39046 A.8
    words: str = ""
    reasons: tuple[str, ...] = ()
    visit: int = 0
    channel: str = "page"  # page | window | link | api


@dataclass(frozen=True, slots=True)
class VerifyRating:
    """What lies behind a bad rating; `complex`: it cannot be put right at once."""

    visit: int
    finding: str
    complex: bool = False


@dataclass(frozen=True, slots=True)
class AnswerRating:
    visit: int
    words: str


@dataclass(frozen=True, slots=True)
class PutRight:
    visit: int
    measures: str


@dataclass(frozen=True, slots=True)
class CallBack:
    """Asked whether it was put right. `satisfied` counts only where somebody was reached."""

    visit: int
    reached: bool
    satisfied: bool
    words: str


@dataclass(frozen=True, slots=True)
class AppealRating:
    """The unit holds a rating to be false or malicious; `to` is the unit that decides."""

    visit: int
    to: str
    reasons: str


@dataclass(frozen=True, slots=True)
class DecideAppeal:
    visit: int
    upheld: bool
    reasons: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A closed case was drawn for a call (回访) by `unit`; `draw` and `seed` say in which lot."""

    draw: str
    seed: str
    unit: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    reached: bool
    words: str
    level: int | None = None  # as in Rate, where somebody was reached and said so


@dataclass(frozen=True, slots=True)
class Urge:
    words: str = ""


@dataclass(frozen=True, slots=True)
class AnswerUrge:
    words: str


@dataclass(frozen=True, slots=True)
class Supervise:
    """Whoever supervises the unit asks for an answer (督办)."""

    words: str


@dataclass(frozen=True, slots=True)
class AnswerSupervision:
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """A yellow or red card over a promise; the unit has to answer it in writing."""

    card: str  # yellow | red
    key: str
    about: str = ""
    rung: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerCard:
    card: str
    words: str


@dataclass(frozen=True, slots=True)
class Say:
    words: str


@dataclass(frozen=True, slots=True)
class Revoke:
    reasons: str


@dataclass(frozen=True, slots=True)
class Correct:
    words: str


@dataclass(frozen=True, slots=True)
class Redate:
    """Another calendar moved these dates: `promises` are {key, about, from, to}, days as text or null."""

    promises: Sequence[Payload]
    calendar: str


Command = (
    Submit | AskSupplement | AllowNotice | AnswerSupplement | Accept | Deem | Refuse | Forward | TakeOver
    | DeclineForward | Reassign | Withdraw | Lapse | Take | HandOver | PassStep | Return | Suspend | Resume
    | EndProcedure | AskExtension | AnswerExtension | Decide | DeemGranted | Issue | Deliver | Close | Rate
    | VerifyRating | AnswerRating | PutRight | CallBack | AppealRating | DecideAppeal | Draw | FollowUp | Urge
    | AnswerUrge | Supervise | AnswerSupervision | Card | AnswerCard | Say | Revoke | Correct | Redate
)  # fmt: skip
