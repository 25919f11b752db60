"""How a case stands, for its applicant: who has it when it moves, why the clock stands, how to urge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yinuo.apps.cases.disclosure import OF_A_RATING
from yinuo.apps.cases.queries import Opened, context
from yinuo.apps.items.queries import catalogue
from yinuo.catalogue import wording
from yinuo.core.case import handle
from yinuo.core.case.commands import Urge
from yinuo.core.clock import Stopped, day_of
from yinuo.core.errors import Refusal
from yinuo.core.promise import Promise
from yinuo.web import sentences
from yinuo.web.clocks import PromiseView, view
from yinuo.web.file_standing import files_of
from yinuo.web.language import language, said
from yinuo.web.story_upkeep import unit_name

# What the office owes itself; the applicant sees what is owed to them.
WITHIN = frozenset({"hand-over", "extension", "supervision", "card", "verify"})


def owed_to_applicant(found: Opened) -> list[Promise]:
    """What the page of a case tells of; what a rating set going stands with the rating."""
    return [one for one in found.state.promises if one.key not in (*WITHIN, *OF_A_RATING)]


def standing(found: Opened, now: datetime) -> list[str]:
    """What is out of the ordinary now, one sentence or two each."""
    return [*_moved(found), *_stopped(found), *_longer(found), *_files(found)]


def _files(found: Opened) -> Iterator[str]:
    files = files_of(found)
    if files.infected:
        words = ngettext(
            "您交的 %(n)s 个文件里查出病毒，已经锁住，我们看不到。请先杀毒，等我们请您补正时再传一份。",
            "您交的 %(n)s 个文件里查出病毒，已经锁住，我们看不到。请先杀毒，等我们请您补正时再传一份。",
            files.infected,
        )
        yield words % {"n": files.infected}
    if files.waiting:
        words = ngettext(
            "您交的 %(n)s 个文件正在查毒，查完我们才能看。您不用做什么，时限照常数。",
            "您交的 %(n)s 个文件正在查毒，查完我们才能看。您不用做什么，时限照常数。",
            files.waiting,
        )
        yield words % {"n": files.waiting}


def _moved(found: Opened) -> Iterator[str]:
    state = found.state
    if state.offered is not None:
        yield _(
            "%(here)s认为这件事归%(there)s办，已经请对方接手：%(why)s。"
            "对方接手以前，还是由%(here)s负责，时限照常数。"
        ) % {
            "here": unit_name(state.unit),
            "there": unit_name(state.offered["unit"]),
            "why": str(state.offered["reason"]).rstrip(_("。")),
        }
    moved = [event for event in found.events if event.kind in ("taken-over", "reassigned")]
    if moved and state.ended is None and moved[-1].payload["from"] != state.unit:
        yield _("这件事从 %(day)s 起由%(there)s办，原来在%(here)s。时限接着数，没有重新开始。") % {
            "day": _day(moved[-1].at),
            "there": unit_name(state.unit),
            "here": unit_name(moved[-1].payload["from"]),
        }


def _stopped(found: Opened) -> Iterator[str]:
    """A special procedure: what it is, on what ground, how long at most, when the clock goes on by itself."""
    decide = found.state.owes("decide")
    pause = next((p for p in decide.pauses if p.end is None), None) if decide else None
    procedure = found.item.procedure(pause.kind) if pause else None
    if pause is None or procedure is None:
        return
    words = _("正在做%(what)s，依据%(ground)s，从 %(day)s 起停表。") % {
        "what": said(procedure.name),
        "ground": wording.ground(pause.ground, catalogue().laws, language()),
        "day": _day(pause.start),
    }
    running = found.state.owes("procedure", pause.kind)
    yield words + (_until(running) if running else _("法律没有规定它最长多久；做完就接着数。"))


def _until(running: Promise) -> str:
    due = running.due(catalogue().calendar)
    if isinstance(due, Stopped):
        return ""
    return _("最长 %(limit)s。到 %(day)s 还没有做完，第二天起时钟自己接着走。") % {
        "limit": wording.limit(running.promised, language()),
        "day": _day(due),
    }


def _longer(found: Opened) -> Iterator[str]:
    decide = found.state.promise("decide")
    for extension in decide.extensions if decide else ():
        yield _("办理时限经负责人批准延长了 %(limit)s，依据%(ground)s。理由：%(why)s") % {
            "limit": wording.limit(extension.limit, language()),
            "ground": wording.ground(extension.ground, catalogue().laws, language()),
            "why": extension.reason,
        }


def _day(value: date | datetime) -> str:
    return wording.day(day_of(value), language())


@dataclass(frozen=True, slots=True)
class Urging:
    """`why_not`: empty where the applicant may urge now. `owed`: the answer that is owed, with its day."""

    left: int
    why_not: str
    owed: PromiseView | None
    answer: str
    answered: datetime | None


def urging(found: Opened, now: datetime) -> Urging | None:
    """None where nothing is worked on, so that there is nothing to urge."""
    state, served = found.state, catalogue()
    if state.ended is not None or state.stage.value in ("supplement", "delivered"):
        return None
    asked = context(state.applicant_actor, found.item, max(now, state.changed))
    no = handle(Urge(), state, asked)
    owed = state.owes("urge")
    answer = next((e for e in reversed(found.events) if e.kind == "urge-answered"), None)
    return Urging(
        left=max(served.rules.supervision.duties.most_urges - state.urges, 0),
        why_not=sentences.refusal(no) if isinstance(no, Refusal) else "",
        owed=view(owed, served, now, found.item) if owed else None,
        answer=str(answer.payload["words"]) if answer else "",
        answered=answer.at if answer else None,
    )
