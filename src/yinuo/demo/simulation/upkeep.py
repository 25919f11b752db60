"""What the units owe beside the service: answers to urging and cards, remedies of bad ratings, calls."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from yinuo.apps.cases.models import Case
from yinuo.apps.promises.models import PromiseRow
from yinuo.apps.promises.queries import running
from yinuo.core.case import commands as c
from yinuo.demo.simulation.plans import APPEALED
from yinuo.demo.simulation.town import Town

SMALL = ("urge", "supervision", "card", "verify", "answer", "put-right", "call-back", "appeal", "follow-up")
PROMPT = 0.55  # of what is owed, how much is done on a given day; the rest waits, now and then too long


def catch_up(town: Town) -> None:
    """Some of what is owed is done today."""
    owed = list(running().filter(key__in=SMALL, started_at__lt=town.now).order_by("case", "place"))
    chosen = [row for row in owed if _chance(town, row).random() < PROMPT]
    cases = Case.objects.in_bulk([row.case for row in chosen], field_name="number")
    for row in chosen:
        command, post = _answer(town, row)
        town.tries(cases[row.case], command, town.holder(row.owner, post))
    _appeal(town)


def _chance(town: Town, row: PromiseRow) -> Random:
    """Of its own for every promise and day: what the lot draws hangs on the ledger, and the rest must not."""
    return Random(f"{town.seed}:{town.day}:{row.case}:{row.place}")  # noqa: S311


def _answer(town: Town, row: PromiseRow) -> tuple[Any, str]:
    """The command that keeps such a promise, and the post that gives it."""
    make, post = ANSWERS[row.key]
    return make(_chance(town, row), row), post


def _visit(row: PromiseRow) -> int:
    return int(row.about)


ANSWERS: dict[str, tuple[Callable[[Random, PromiseRow], Any], str]] = {
    "urge": (lambda rng, row: c.AnswerUrge("正在办理，会在承诺的日子以前答复您"), "window"),
    "supervision": (lambda rng, row: c.AnswerSupervision("已经核实，今天继续办理"), "window"),
    "card": (lambda rng, row: c.AnswerCard(row.about, "人手一时不够，已经调整值班"), "leader"),
    "verify": (
        lambda rng, row: c.VerifyRating(_visit(row), "与本人核实过，情况属实", rng.random() < 0.2),
        "leader",
    ),
    "answer": (lambda rng, row: c.AnswerRating(_visit(row), "对不起，让您久等了。已经查清原因。"), "leader"),
    "put-right": (lambda rng, row: c.PutRight(_visit(row), "高峰时段增开一个窗口"), "leader"),
    "call-back": (
        lambda rng, row: c.CallBack(_visit(row), rng.random() < 0.9, rng.random() < 0.8, "已回访"),
        "supervisor",
    ),
    "appeal": (
        lambda rng, row: c.DecideAppeal(_visit(row), rng.random() < 0.3, "核对了全部记录"),
        "supervisor",
    ),
    "follow-up": (
        lambda rng, row: c.FollowUp(True, "已回访", rng.choices((1, 2, 3, 4), (60, 25, 10, 5))[0]),
        "supervisor",
    ),
}


def _appeal(town: Town) -> None:
    """Now and then a unit holds a bad rating to be unjust."""
    today = running().filter(key="verify", started_at__date=town.today, about="0")
    for row in today.order_by("case"):
        if _chance(town, row).random() < APPEALED:
            case = Case.objects.get(number=row.case)
            leader = town.holder(row.owner, "leader")
            town.tries(case, c.AppealRating(0, town.served.city.bureau.id, "评价的不是这件事"), leader)
