"""Decisions that time made by itself, explained: the rule, the law, the count.

个人信息保护法第二十四条 and 第四十八条.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.apps.cases.queries import Opened
from yinuo.apps.items.queries import catalogue
from yinuo.catalogue import wording
from yinuo.core.case import Event
from yinuo.core.case.passing import CLOSE_AFTER
from yinuo.core.case.rules.application import SUPPLEMENT_GROUND
from yinuo.core.clock import SHANGHAI, day_of
from yinuo.core.promise import Promise
from yinuo.core.receipt import account
from yinuo.web.language import language, said


@dataclass(frozen=True, slots=True)
class Explanation:
    """`law` is empty where the rule is the city's own; `counted` where no clock was counted. `receipt`: the
    key of the promise whose day-by-day account shows it."""

    at: datetime
    kind: str  # deemed | lapsed | granted-by-silence | overrun | closed
    what: str
    rule: str
    law: str
    counted: str
    receipt: str

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            "kind": self.kind,
            "what": self.what,
            "rule": self.rule,
            "law": self.law,
            "counted": self.counted,
            "receipt": self.receipt or None,
        }


def explanations(found: Opened) -> list[Explanation]:
    """Every decision in a case that no person made, the earliest first."""
    return [made for event in found.events if event.role == "system" for made in _of(event, found)]


def _of(event: Event, found: Opened) -> Iterator[Explanation]:
    """What silence decided without a paper is closed in the same moment: one explanation is enough."""
    explain = _EXPLAINED.get(event.kind)
    if explain is not None and not (event.kind == "closed" and found.state.promise("deliver") is None):
        yield explain(event, found)


def _deemed(event: Event, found: Opened) -> Explanation:
    promise = found.state.promise("accept")
    return Explanation(
        event.at,
        "deemed",
        _("视为受理：过了时限没有答复，您的申请从收到那天起就算受理了。"),
        _("机关没有在时限里答复是否受理的，从收到之日起视为受理。这一步由系统到期自动记下，没有人作决定。"),
        _law(_ground_of(promise, SUPPLEMENT_GROUND)),
        _counted(promise, found, by_law=True),
        "accept",
    )


def _lapsed(event: Event, found: Opened) -> Explanation:
    promise = found.state.promise("supplement")
    return Explanation(
        event.at,
        "lapsed",
        _("视为撤回：补正的期限过了，没有收到您补的材料。"),
        _("一次告知的补正期限里没有补正的，这份申请不再办。系统到期自动记下；您可以随时重新申请。"),
        _law(_ground_of(promise)),
        _counted(promise, found),
        "supplement",
    )


def _by_silence(event: Event, found: Opened) -> Explanation:
    silence = found.item.silence
    day = silence.comes(found.state.answers) if silence else None
    counted = _("您在申请里填的日期是 %(day)s，这一天过完还没有作出决定。") % {
        "day": str(found.state.answers.get(silence.field, "")) if silence else ""
    }
    return Explanation(
        event.at,
        "granted-by-silence",
        _("视为准予：到了那一天没有作出决定，法律规定就算准了。"),
        _("这个事项的法律写明：逾期没有决定的，视为准予。系统到期自动记下，和盖章的决定一样有效。"),
        _law(str(silence.ground) if silence else ""),
        counted if day is not None else "",
        "",
    )


def _overrun(event: Event, found: Opened) -> Explanation:
    promise = found.state.promise("procedure")
    procedure = found.item.procedure(str(event.payload.get("procedure")))
    return Explanation(
        event.at,
        "overrun",
        _("恢复计时：“%(what)s”到了最长时间，时钟自己接着走。")
        % {"what": said(procedure.name) if procedure else ""},
        _("特别程序停表不能没完没了。到了写明的最长时间，不管有没有做完，时钟都接着走。"),
        _law(_ground_of(promise)),
        _counted(promise, found),
        "procedure",
    )


def _closed(event: Event, found: Opened) -> Explanation:
    delivered = found.state.promise("deliver")
    since = delivered.ended if delivered is not None and delivered.ended else found.state.changed
    counted = _("结果 %(day)s 送到，之后 %(n)s 天没有别的事。") % {
        "day": wording.day(day_of(since), language(), year=True),
        "n": CLOSE_AFTER.days,
    }
    return Explanation(
        event.at,
        "closed",
        _("办结：结果送到以后过了一段时间，办件自己合上了。"),
        _("合上不改变结果，您以后照样可以评价、申诉。法律没有规定这个天数，是本市自己定的。"),
        "",
        counted,
        "deliver",
    )


_EXPLAINED: Mapping[str, Callable[[Event, Opened], Explanation]] = {
    "accepted": _deemed,
    "lapsed": _lapsed,
    "decided": _by_silence,
    "resumed": _overrun,
    "closed": _closed,
}


def _ground_of(promise: Promise | None, else_: str = "") -> str:
    return (promise.ground if promise is not None else "") or else_


def _law(ground: str) -> str:
    return wording.ground(ground, catalogue().laws, language()) if ground else ""


def _counted(promise: Promise | None, found: Opened, *, by_law: bool = False) -> str:
    """How the day was reached, in a sentence; the receipt says it day by day."""
    if promise is None:
        return ""
    served = catalogue()
    limit = promise.statutory if by_law and promise.statutory else promise.promised
    receipt = account(
        promise.start,
        limit,
        served.calendar.then(promise.ended),
        promise.pauses,
        promise.extensions,
        ground=promise.ground,
        item=found.item.version,
    )
    return wording.summary(receipt, served.holidays, language())
