"""What happened to a case, in words: the step bar and the log."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.apps.cases.disclosure import is_told
from yinuo.apps.cases.queries import Opened
from yinuo.core.case import Event, Stage
from yinuo.core.item import Item
from yinuo.web import sentences
from yinuo.web import story_upkeep as upkeep
from yinuo.web.language import said
from yinuo.web.sentences import lead as _with


@dataclass(frozen=True, slots=True)
class StepView:
    name: str
    at: datetime | None
    state: str  # done | now | next


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    who: str
    role: str
    words: str
    kind: str


def progress_steps(found: Opened) -> list[StepView]:
    """The way of this case: submission, acceptance, the route's steps, decision, delivery."""
    done = _done(found)
    names = [(key, name) for key, name in _way(found)]
    stopped = found.state.ended is not None
    views: list[StepView] = []
    for key, name in names:
        waiting = key not in done
        first = waiting and not any(view.state == "now" for view in views) and not stopped
        views.append(StepView(name, done.get(key), "now" if first else "next" if waiting else "done"))
    return views


def _way(found: Opened) -> list[tuple[str, str]]:
    route, stage = found.item.route, found.state.stage
    first = [("submitted", _("提交"))]
    ends = {
        Stage.REFUSED: _("不予受理"),
        Stage.TRANSFERRED: _("转送"),
        Stage.WITHDRAWN: _("撤回"),
        Stage.LAPSED: _("视为撤回"),
    }
    if stage in ends:
        return [*first, (stage.value, ends[stage])]
    middle = [("accepted", _("受理")), *((step.key, said(step.name)) for step in route.steps)]
    last = (
        [("decided", _("决定")), ("delivered", _("制证送达"))] if route.issues else [("decided", _("答复"))]
    )
    return [*first, *middle, *last]


def _done(found: Opened) -> dict[str, datetime]:
    """Step key -> when it was done; a returned step is not done any more."""
    state, at = found.state, {event.kind: event.at for event in found.events}
    done = {kind: at[kind] for kind in at if kind not in ("stepped",)}
    stepped = {str(e.payload["step"]): e.at for e in found.events if e.kind == "stepped"}
    for step in found.item.route.steps[: state.step]:
        done[step.key] = stepped.get(step.key, state.changed)
    if state.stage in (Stage.REFUSED, Stage.TRANSFERRED) and state.ended:
        done[state.stage.value] = state.ended
    return done


# What the office settles within itself: the desk reads it, the applicant's page leaves it out.
WITHIN = frozenset({
    "handed-over", "extension-asked", "extension-declined", "supervised", "supervision-answered", "carded",
    "card-answered", "rating-verified", "drawn",
})  # fmt: skip


def story(found: Opened, people: Mapping[str, str], hidden: Collection[int] = ()) -> list[Line]:
    """Newest first; every event that staff may read, with who did it.

    hidden: the visits whose rating they may not see yet.
    """
    events = [event for event in found.events if is_told(event, hidden)]
    lines = [_line(event, found.item, people, found.case.applicant.name) for event in events]
    return [line for line in reversed(lines) if line.words]


def story_for_applicant(found: Opened, people: Mapping[str, str]) -> list[Line]:
    """The same with what concerns the applicant."""
    return [line for line in story(found, people) if line.kind not in WITHIN]


def involved(found: Opened) -> set[str]:
    """The ids of everybody whom the log and the chain name."""
    stood_for = {str(event.payload["deputy_for"]) for event in found.events if "deputy_for" in event.payload}
    return stood_for | {event.actor for event in found.events} | {one.person for one in found.state.chain}


def _line(event: Event, item: Item, people: Mapping[str, str], applicant: str) -> Line:
    unknown = applicant if event.role == "applicant" else _("工作人员")
    who = _("系统") if event.role == "system" else people.get(event.actor, unknown)
    principal = event.payload.get("deputy_for")
    if principal:
        who = _("%(who)s（代理 %(absent)s）") % {"who": who, "absent": people.get(str(principal), unknown)}
    teller = _TELLERS.get(event.kind)
    return Line(event.at, who, event.role, teller(event.payload, item) if teller else "", event.kind)


def _notice(facts: Mapping[str, Any], item: Item) -> str:
    parts = []
    for key, words in facts["materials"].items():
        material = item.material(key)
        parts.append(sentences.about(said(material.name) if material else key, words))
    for key, words in facts["fields"].items():
        field = item.form.field(key)
        parts.append(sentences.about(said(field.label) if field else key, words))
    return _with(_("一次告知补正"), _("；").join(parts))


def _accepted(facts: Mapping[str, Any], item: Item) -> str:
    return _("过了受理时限没有答复，从收到之日起视为受理") if facts["deemed"] else _("受理，开始计时")


def _decided(facts: Mapping[str, Any], item: Item) -> str:
    word = item.route.granted if facts["granted"] else item.route.denied
    return _with(said(word), facts["reasons"])


def _suspended(facts: Mapping[str, Any], item: Item) -> str:
    procedure = item.procedure(str(facts["procedure"]))
    return _with(_("停表：%(what)s") % {"what": said(procedure.name) if procedure else ""}, facts["reason"])


def _resumed(facts: Mapping[str, Any], item: Item) -> str:
    if facts.get("overrun"):
        return _("特别程序到了最长时间，时钟自己接着走")
    return _with(_("恢复计时"), facts.get("outcome"))


def _stepped(facts: Mapping[str, Any], item: Item) -> str:
    step = next((step for step in item.route.steps if step.key == facts["step"]), None)
    return _with(_("%(step)s完成") % {"step": said(step.name) if step else ""}, facts["opinion"])


def _delivered(facts: Mapping[str, Any], item: Item) -> str:
    ways = {"online": _("结果可以在线下载"), "pickup": _("结果请到窗口领取"), "courier": _("结果已经寄出")}
    return _with(ways[str(facts["method"])], facts["reference"])


def _plain(word: Callable[[], str], key: str = "") -> Callable[[Mapping[str, Any], Item], str]:
    return lambda facts, item: _with(word(), facts.get(key)) if key else word()


_TELLERS: Mapping[str, Callable[[Mapping[str, Any], Item], str]] = {
    "submitted": _plain(lambda: _("提交申请")),
    "supplement-asked": _notice,
    "notice-allowed": _plain(lambda: _("批准再发一次补正通知"), "reason"),
    "supplemented": _plain(lambda: _("补正已经交上")),
    "accepted": _accepted,
    "refused": _plain(lambda: _("不予受理"), "reasons"),
    "taken": _plain(lambda: _("接手办理")),
    "handed-over": _plain(lambda: _("交给同事办理"), "reason"),
    "stepped": _stepped,
    "returned": _plain(lambda: _("退回上一步"), "opinion"),
    "suspended": _suspended,
    "resumed": _resumed,
    "extension-asked": _plain(lambda: _("申请延长时限"), "reason"),
    "extension-granted": lambda facts, item: _with(_("批准延长时限"), facts["extension"]["reason"]),
    "extension-declined": _plain(lambda: _("不同意延长时限"), "reason"),
    "decided": _decided,
    "issued": _plain(lambda: _("结果文书已经制作并签名")),
    "delivered": _delivered,
    "closed": _plain(lambda: _("办结")),
    "withdrawn": _plain(lambda: _("申请人撤回"), "reason"),
    "lapsed": _plain(lambda: _("没有在期限内补正，视为撤回")),
    "message": lambda facts, item: str(facts["words"]),
    "revoked": _plain(lambda: _("结果已经撤销"), "reasons"),
    "corrected": _plain(lambda: _("更正记录"), "words"),
    **upkeep.TELLERS,
}


def event_name(kind: str) -> str:
    """What kind of thing happened, for somebody who was overtaken by it."""
    return {
        "supplement-asked": _("发出了补正通知"),
        "supplemented": _("交上了补正"),
        "accepted": _("受理了"),
        "refused": _("作出了不予受理"),
        "forwarded": _("转给了别的单位"),
        "taken": _("接手了"),
        "handed-over": _("交给了同事"),
        "stepped": _("完成了这一步"),
        "returned": _("退回了上一步"),
        "suspended": _("停表了"),
        "resumed": _("恢复计时了"),
        "decided": _("作出了决定"),
        "issued": _("制作了结果文书"),
        "delivered": _("送达了"),
        "closed": _("办结了"),
        "withdrawn": _("撤回了申请"),
        "taken-over": _("从别的单位接手了"),
        "forward-declined": _("没有接手，退回了首办单位"),
        "reassigned": _("由督办岗改派了"),
        "carded": _("给了黄牌或红牌"),
        "message": _("发了消息"),
        "urged": _("催办了"),
        "rated": _("评价了"),
    }.get(kind, _("有了新的变化"))


def act_name(do: str) -> str:
    """What is done in a step of a scenario, as a clerk or an applicant would say it."""
    return {
        "accept": _("受理"),
        "supplement": _("发补正通知"),
        "answer": _("交上补正"),
        "refuse": _("不予受理"),
        "forward": _("转到别的单位"),
        "withdraw": _("撤回申请"),
        "deem": _("到期没有答复，视为受理"),
        "lapse": _("没有补正，视为撤回"),
        "pass": _("完成这一步"),
        "return": _("退回上一步"),
        "suspend": _("停表"),
        "resume": _("恢复计时"),
        "ask-extension": _("申请延长时限"),
        "extend": _("批准延长时限"),
        "decline-extension": _("不同意延长时限"),
        "grant": _("决定：准"),
        "deny": _("决定：不准"),
        "issue": _("制作结果文书"),
        "deliver": _("送达"),
        "close": _("办结"),
        "rate": _("评价"),
        "urge": _("催办"),
        "say": _("留言"),
        "revoke": _("撤销结果"),
        "finish": _("一路办到底"),
    }[do]
