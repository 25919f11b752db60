"""Random walks of stored cases through the real actions: right moves and likely ones, days apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from support.actors import UNIT, Cast
from support.drafts import HOTEL, VEHICLE
from support.fixed_clock import NOW
from support.journeys import submitted

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened, opened
from yinuo.apps.people.models import Person, Post
from yinuo.core.case import Stage
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal
from yinuo.core.form import Answers

WORDS = "材料齐全，符合规定"
DAYS = (0, 0, 0, 0, 0, 0, 0, 1, 2, 9, 25)
Move = tuple[Any, Person | None]


def walked(cast: Cast, rng: Random, item: str, *, steps: int = 14, end: datetime = NOW) -> Case:
    """One case that began some weeks before `end`; what the rules refuse is passed over."""
    at = end - timedelta(days=rng.randint(1, 120), hours=rng.randint(0, 5))
    case = handed_in(cast, item, at)
    for _ in range(steps):
        at = min(at + timedelta(days=rng.choice(DAYS), minutes=rng.randint(1, 90)), end)
        command, person = rng.choice(moves(cast, opened(case), rng))
        result = act(case, command, person=person, now=at)
        if not isinstance(result, Refusal):
            case = result.case
    return case


UNITS = {VEHICLE: UNIT, HOTEL: "taobei-public-order"}


def post_everywhere(cast: Cast) -> None:
    """The people of the cast hold their posts in the unit of the hotels as well."""
    for person in (cast.window, cast.reviewer, cast.approver):
        for held in list(person.posts.all()):
            Post.objects.create(person=person, post=held.post, unit=UNITS[HOTEL], starts_on=held.starts_on)


def handed_in(cast: Cast, item: str, at: datetime) -> Case:
    """Handed in on any day; the happy answers of the vehicle name a day that has to lie before."""
    day = (at - timedelta(days=2)).date().isoformat()
    answers: Answers | None = {"delivered_on": day} if item == VEHICLE else None
    return submitted(cast, item, at=at, unit=UNITS[item], answers=answers)


def moves(cast: Cast, found: Opened, rng: Random) -> Sequence[Move]:
    """What the case waits for more often than anything else."""
    return [*_right(cast, found) * 3, *_likely(cast, found, rng)]


def _right(cast: Cast, found: Opened) -> list[Move]:
    """What the case is waiting for, by the person whose turn it is."""
    state, route = found.state, found.item.route
    who = {
        "inspector": cast.window,
        "reviewer": cast.reviewer,
        "window": cast.window,
        "approver": cast.approver,
    }
    step = route.step(state.step)
    worked = (c.PassStep(WORDS), who[step.post]) if step else (c.Decide(True, WORDS), who[route.decide_post])
    moves: dict[Stage, Move] = {
        Stage.SUBMITTED: (c.Accept(), who[route.accept_post]),
        Stage.SUPPLEMENT: (c.AnswerSupplement(state.answers, state.provided), cast.citizen),
        Stage.ACCEPTED: worked,
        Stage.SUSPENDED: (c.Resume(WORDS), who[step.post if step else route.decide_post]),
        Stage.GRANTED: (c.Issue({"name": "结果", "sha256": "0" * 64}), cast.window),
        Stage.DENIED: (c.Issue({"name": "决定", "sha256": "0" * 64}), cast.window),
        Stage.ISSUED: (c.Deliver("pickup"), cast.window),
    }
    return [moves.get(state.stage, (c.Close(), None))]


def _likely(cast: Cast, found: Opened, rng: Random) -> list[Move]:
    step = found.item.route.step(found.state.step)
    desk = cast.reviewer if step is not None and step.post == "reviewer" else cast.window
    procedures = [one.key for one in found.item.special_procedures] or ["none"]
    field = found.item.form.fields[0].key
    return [
        (c.AskSupplement(fields={field: "请再核对"}), cast.window),
        (c.Refuse(WORDS, rng.choice(["", "市市场监督管理局"])), cast.window),
        (c.Suspend(rng.choice(procedures), WORDS), desk),
        (c.Suspend(rng.choice(procedures), WORDS), cast.approver),
        (c.AskExtension(WORDS), desk),
        (c.AnswerExtension(True, WORDS), cast.approver),
        (c.Decide(False, WORDS), cast.approver),
        (c.Rate(rng.randint(1, 5), WORDS), cast.citizen),
        (c.Urge(WORDS), cast.citizen),
        (c.Deem(), None),
        (c.Lapse(), None),
        (c.Withdraw(WORDS), cast.citizen),
        (c.VerifyRating(0, WORDS), cast.approver),
        (c.AnswerRating(0, WORDS), cast.approver),
        (c.PutRight(0, WORDS), cast.approver),
        (c.CallBack(0, True, True, WORDS), cast.supervisor),
        (c.AppealRating(0, "baicheng-bureau", WORDS), cast.approver),
        (c.DecideAppeal(0, True, WORDS), cast.supervisor),
        (c.Card("yellow", "decide", reason=WORDS), cast.supervisor),
        (c.Forward("zhenlai-traffic", str(cast.elsewhere.pk), WORDS), cast.window),
        (c.TakeOver(), cast.elsewhere),
    ]
