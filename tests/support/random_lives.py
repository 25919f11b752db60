"""Random items, actors and commands: what could happen to a case, right and wrong."""

from __future__ import annotations

from random import Random
from typing import Any

from support.cases import APPLICANT, STRANGER, UNIT, WINDOW, WORDS, Life, holder
from support.items import ANSWERS, FILES, INSPECTION, REVIEW, item, limit, owed, route

from yinuo.core.case import SYSTEM, Actor, CaseState, Stage
from yinuo.core.case import commands as c
from yinuo.core.item import Item, Supplement

ELSEWHERE = "station"
POSTS = ("window", "reviewer", "inspector", "approver", "leader", "supervisor")
HAS_EVERY_POST = Actor(
    "jack-of-all-trades", "staff", frozenset((post, unit) for post in POSTS for unit in (UNIT, ELSEWHERE))
)
STAFF = [
    *(holder(post) for post in POSTS),
    *(holder(post, f"another-{post}") for post in POSTS),
    *(holder(post, f"far-{post}", ELSEWHERE) for post in POSTS),
    HAS_EVERY_POST,
]
ACTORS = [APPLICANT, STRANGER, SYSTEM, *STAFF]
ROUTES = [
    route(),
    route(steps=(INSPECTION, REVIEW)),
    route(steps=()),
    route(issues=False, four_eyes=False, decide_post="reviewer"),
    route(deniable=False),
]
LIMITS = [
    {"accept": owed("5wd", "5wd"), "decide": owed("10wd", "20wd"), "deliver": owed("3wd", "10wd")},
    {"accept": owed("now", None), "decide": owed("1wd", None), "deliver": owed("24h", None)},
    {"accept": owed("1wd", "5wd"), "decide": owed("60cd", "2mo"), "deliver": owed("5cd", None)},
]
DAYS = (0, 0, 0, 0, 1, 1, 2, 5, 12, 30)


def any_item(rng: Random) -> Item:
    return item(
        visits=rng.choice([0, 2]),
        route=rng.choice(ROUTES),
        limits=rng.choice(LIMITS),
        supplement=Supplement(limit("10cd"), restarts=rng.random() < 0.3),
    )


def worker(of: Item, state: CaseState) -> str:
    """The post of the step at hand, or the one that decides."""
    steps = of.route.steps
    return steps[state.step].post if state.step < len(steps) else of.route.decide_post


def any_move(rng: Random, life: Life) -> tuple[Any, Actor]:
    """Something that somebody tries: the right thing, a likely thing, or anything by anybody."""
    dice = rng.random()
    if dice < 0.3:
        return right_move(rng, life)
    if dice < 0.8:
        return likely_move(rng, life.state)
    return any_command(rng), rng.choice(ACTORS)


def right_move(rng: Random, life: Life) -> tuple[Any, Actor]:
    """What the case is waiting for, by the person whose turn it is."""
    of, state = life.item, life.state
    granted = rng.random() < 0.6 or not of.route.deniable
    passing = state.step < len(of.route.steps)
    worked_on = c.PassStep(WORDS) if passing else c.Decide(granted, WORDS)
    post = worker(of, state)
    table: dict[Stage, tuple[Any, Actor]] = {
        Stage.SUBMITTED: (c.Accept(), holder("window", unit=state.unit)),
        Stage.SUPPLEMENT: (c.AnswerSupplement(ANSWERS, FILES), APPLICANT),
        Stage.ACCEPTED: (worked_on, holder(post, unit=state.unit)),
        Stage.SUSPENDED: (c.Resume(WORDS), holder(post, unit=state.unit)),
        Stage.GRANTED: (c.Issue({"name": "许可证", "pages": 1}), holder("window", unit=state.unit)),
        Stage.DENIED: (c.Issue({"name": "不予许可决定书"}), holder("window", unit=state.unit)),
        Stage.ISSUED: (c.Deliver("pickup"), holder("window", unit=state.unit)),
    }
    return table.get(state.stage) or afterwards(rng, state)


def afterwards(rng: Random, state: CaseState) -> tuple[Any, Actor]:
    """What is still to be said once a case is over: a rating, and whatever follows from a bad one."""
    lead, far = holder("leader", unit=state.unit), holder("supervisor", "called", state.unit)
    owed: list[tuple[str, Any, Actor]] = [
        ("verify", c.VerifyRating(0, WORDS, rng.random() < 0.3), lead),
        ("answer", c.AnswerRating(0, WORDS), lead),
        ("put-right", c.PutRight(0, WORDS), lead),
        ("call-back", c.CallBack(0, rng.random() < 0.8, rng.random() < 0.5, WORDS), far),
        ("appeal", c.DecideAppeal(0, rng.random() < 0.5, WORDS), far),
        ("follow-up", c.FollowUp(True, WORDS, rng.randint(1, 5)), far),
        ("card", c.AnswerCard("red", WORDS), lead),
        ("supervision", c.AnswerSupervision(WORDS), lead),
    ]
    open_now = [(command, actor) for key, command, actor in owed if state.owes(key)]
    begun = [(c.Rate(rng.randint(1, 5)), APPLICANT), (c.Draw("2026-08", "seed", state.unit), SYSTEM)]
    if 0 in state.ratings:
        begun = [(c.AppealRating(0, "bureau", WORDS), lead), begun[1]]
    return rng.choice(open_now or begun)


def likely_move(rng: Random, state: CaseState) -> tuple[Any, Actor]:
    """What may well happen at this stage, by somebody with every post, the applicant or the clock."""
    supervisor = next(one for one in STAFF if ("supervisor", state.unit) in one.posts)
    if state.notices and state.notice_allowed is None and rng.random() < 0.3:
        return c.AllowNotice(WORDS), supervisor
    if state.extension is not None and rng.random() < 0.5:
        return c.AnswerExtension(rng.random() < 0.7, WORDS), HAS_EVERY_POST
    answered: list[Any] = [
        c.AskSupplement(fields={"name": "不符"}),
        c.AskSupplement(fields={"name": "不符"}),
        c.Refuse(WORDS, rng.choice(["", "市场监督管理局"])),
        c.Forward(ELSEWHERE if state.unit == UNIT else UNIT, "far-window", WORDS),
        c.HandOver(holder("reviewer", unit=state.unit)),
        c.TakeOver(),
        c.TakeOver(),
        c.DeclineForward(WORDS),
    ]
    worked_on: list[Any] = [
        c.PassStep(WORDS),
        c.PassStep(WORDS),
        c.Decide(True, WORDS),
        c.Decide(True, WORDS),
        c.Return(WORDS),
        c.Suspend("hearing", WORDS),
        c.AskExtension(WORDS),
        c.AskExtension(WORDS),
        c.AnswerExtension(True, WORDS),
        c.AnswerExtension(True, WORDS),
        c.AnswerExtension(False, WORDS),
    ]
    by_staff = {Stage.SUBMITTED: answered, Stage.ACCEPTED: worked_on, Stage.SUSPENDED: worked_on}
    usual: list[Any] = [
        c.Revoke(WORDS), c.Correct(WORDS), c.Take(), c.Supervise(WORDS), c.AnswerSupervision(WORDS),
        c.AnswerUrge(WORDS), c.Reassign(rng.choice([UNIT, ELSEWHERE]), "far-window", WORDS),
        c.Card("yellow", "decide", reason=WORDS), c.AnswerCard("yellow", WORDS),
    ]  # fmt: skip
    if rng.random() < 0.25:
        return rng.choice(usual), HAS_EVERY_POST
    dice = rng.random()
    if dice < 0.6:
        return rng.choice(by_staff.get(state.stage, usual)), HAS_EVERY_POST
    if dice < 0.8:
        timed = {
            Stage.SUBMITTED: c.Deem(),
            Stage.SUPPLEMENT: c.Lapse(),
            Stage.SUSPENDED: c.EndProcedure(),
            Stage.ACCEPTED: c.Card("red", "decide"),
        }
        move = timed.get(state.stage, c.Close())
        return rng.choice([move, move, c.Redate([{"key": "decide"}], "version")]), SYSTEM
    return rng.choice([c.Urge(), c.Say(WORDS), c.Urge(), c.Say(WORDS), c.Withdraw(WORDS)]), APPLICANT


def any_command(rng: Random) -> Any:
    words = rng.choice([WORDS, WORDS, "  "])
    answers = rng.choice([ANSWERS, {"name": "王", "kind": "complex", "reason": "急用"}, {}])
    files = rng.choice([FILES, {**FILES, "plan": ["file-2"]}, {}])
    person, yes = rng.choice(STAFF), rng.random() < 0.5
    return rng.choice(
        [
            c.Submit("NUMBER", "QUERY", UNIT, WINDOW.id, answers, files),
            c.AskSupplement(fields={"name": "不符"}),
            c.AllowNotice(words),
            c.AnswerSupplement(answers, files),
            c.Accept(),
            c.Deem(),
            c.Refuse(words),
            c.Forward(rng.choice([UNIT, ELSEWHERE]), "far-window", words),
            c.Withdraw(words),
            c.Lapse(),
            c.Take(),
            c.HandOver(person, words),
            c.PassStep(words),
            c.Return(words),
            c.Suspend(rng.choice(["hearing", "coffee"]), words),
            c.Resume(words),
            c.AskExtension(words),
            c.AnswerExtension(yes, words),
            c.Decide(yes, words),
            c.Issue({"name": "许可证", "signed": yes}),
            c.Deliver(rng.choice(["online", "pickup", "courier", "pigeon"])),
            c.Close(),
            c.Rate(rng.randint(0, 6), words, visit=rng.randint(0, 3)),
            c.VerifyRating(0, words),
            c.AnswerRating(0, words),
            c.PutRight(0, words),
            c.CallBack(0, yes, yes, words),
            c.AppealRating(0, ELSEWHERE, words),
            c.DecideAppeal(0, yes, words),
            c.Draw("2026-08", "seed", UNIT),
            c.FollowUp(yes, words, rng.randint(0, 5)),
            c.TakeOver(),
            c.DeclineForward(words),
            c.Reassign(rng.choice([UNIT, ELSEWHERE]), "far-window", words),
            c.EndProcedure(),
            c.DeemGranted(),
            c.AnswerUrge(words),
            c.Supervise(words),
            c.AnswerSupervision(words),
            c.Card(rng.choice(["yellow", "red", "blue"]), rng.choice(["accept", "decide"]), reason=words),
            c.AnswerCard(rng.choice(["yellow", "red"]), words),
            c.Redate([], "version"),
            c.Urge(words),
            c.Say(words),
            c.Revoke(words),
            c.Correct(words),
        ]
    )
