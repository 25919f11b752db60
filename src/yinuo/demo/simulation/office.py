"""What the units do with open cases, one thing after another, as long as the day lasts."""

from __future__ import annotations

from typing import Any

from yinuo.apps.cases.actions.forward import forward
from yinuo.apps.cases.actions.hand_over import hand_over
from yinuo.apps.cases.actions.issue import issue
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened, opened
from yinuo.core.case import ENDED, Stage
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal
from yinuo.demo.simulation.plans import Plan
from yinuo.demo.simulation.town import Town

WORDS = "按规定办理"
AT_ONCE = 6  # things that are done to one case in one go, where nothing keeps anybody from it


def work_on(town: Town, case: Case, own: Plan) -> None:
    """The next things of one case, until it rests or the unit has done what it can today."""
    for _ in range(AT_ONCE):
        found = opened(case, town.now)
        rests = own.is_idle(town.day) and not _is_pressing(town, case)
        if rests or found.state.stage in ENDED or not town.may_work(found.state.unit):
            return
        done = _next(town, found, own)
        if done is None:
            return
        case = done.case


def _is_pressing(town: Town, case: Case) -> bool:
    """What is due today is done today, whoever had planned to leave it lying."""
    return (
        case.stage not in ("suspended", "delivered") and case.due_on is not None and case.due_on <= town.today
    )


def _next(town: Town, found: Opened, own: Plan) -> Opened | None:
    stage = found.state.stage
    if stage is Stage.SUBMITTED:
        return _receive(town, found, own)
    if stage is Stage.ACCEPTED:
        return _examine(town, found, own)
    if stage is Stage.SUSPENDED:
        return _resume(town, found)
    if stage in (Stage.GRANTED, Stage.DENIED):
        return _issue(town, found)
    if stage is Stage.ISSUED:
        return _deliver(town, found, own)
    return None


def _receive(town: Town, found: Opened, own: Plan) -> Opened | None:
    state, item, case = found.state, found.item, found.case
    window = town.holder(state.unit, item.route.accept_post)
    if state.offered is not None:
        taker = town.holder(str(state.offered["unit"]), item.route.accept_post)
        return town.tries(case, c.TakeOver(), taker)
    if own.forwarded:
        own.forwarded = False
        return _forward(town, found)
    if own.supplement:
        own.supplement = False
        field = item.form.fields[0].key
        return town.does(case, c.AskSupplement(fields={field: "请对照证件再核对一遍"}), window)
    if own.refused or own.transferred:
        to = "市市场监督管理局" if own.transferred else ""
        return town.does(case, c.Refuse("不符合受理条件，请按告知的途径办理", to), window)
    own.idle_until = town.day + town.rng.choice((0, 0, 1))
    return town.does(case, c.Accept(), window)


def _forward(town: Town, found: Opened) -> Opened | None:
    state, item = found.state, found.item
    others = [u.id for u in town.served.city.competent(item.jurisdiction, item.branch) if u.id != state.unit]
    if not others:
        return found
    town.later()
    window = town.holder(state.unit, item.route.accept_post)
    done = forward(found.case, town.rng.choice(others), "这件事归那边办", person=window, now=town.now)
    return None if isinstance(done, Refusal) else _noted(town, done, "Forward")


def _noted(town: Town, done: Opened, what: str) -> Opened:
    town.note(what)
    return town.keep(done)


def _examine(town: Town, found: Opened, own: Plan) -> Opened | None:
    state, item, case, route = found.state, found.item, found.case, found.item.route
    step = route.step(state.step)
    worker = town.holder(state.unit, step.post if step else route.decide_post)
    if own.handed_over:
        own.handed_over = False
        return _hand_over(town, found)
    if own.paused is not None and item.special_procedures:
        own.idle_until, own.paused = town.day + own.paused, None
        procedure = town.rng.choice(item.special_procedures)
        return town.does(case, c.Suspend(procedure.key, "需要这个程序的结论"), worker)
    if own.extended and item.extension is not None:
        own.extended = False
        return _extend(town, found, worker)
    if step is not None:
        own.idle_until = town.day + town.rng.choice((0, 0, 0, 1, 1, 2))
        return town.does(case, c.PassStep(WORDS), worker)
    if own.returned and state.step:
        own.returned = False
        return town.does(case, c.Return("有一处请再核对"), worker)
    if own.denied and route.deniable:
        return town.does(case, c.Decide(False, "核查发现不符合规定的条件"), worker)
    return town.does(case, c.Decide(True, WORDS), worker)


def _hand_over(town: Town, found: Opened) -> Opened | None:
    state, route = found.state, found.item.route
    step = route.step(state.step)
    receiver = town.holder(state.unit, step.post if step else route.decide_post)
    if str(receiver.pk) == state.owner.person:
        return found
    leader = town.holder(state.unit, "leader")
    town.later()
    done = hand_over(found.case, receiver, "请接着办", person=leader, now=town.now)
    return None if isinstance(done, Refusal) else _noted(town, done, "HandOver")


def _extend(town: Town, found: Opened, worker: Any) -> Opened | None:
    asked = town.tries(found.case, c.AskExtension("要向外地核实"), worker)
    if asked is None:
        return found
    leader = town.holder(asked.state.unit, asked.item.route.extend_post)
    granted = town.rng.random() < 0.8
    answer = c.AnswerExtension(granted, "" if granted else "可以按期办完")
    return town.tries(asked.case, answer, leader) or asked


def _resume(town: Town, found: Opened) -> Opened | None:
    route = found.item.route
    step = route.step(found.state.step)
    worker = town.holder(found.state.unit, step.post if step else route.decide_post)
    return town.tries(found.case, c.Resume("结论已经出来"), worker)


def _issue(town: Town, found: Opened) -> Opened | None:
    window = town.holder(found.state.unit, found.item.route.issue_post)
    town.later()
    done = issue(found.case, person=window, now=town.now)
    assert not isinstance(done, Refusal), f"{found.case.item}: {done}"
    return _noted(town, done, "Issue")


def _deliver(town: Town, found: Opened, own: Plan) -> Opened | None:
    window = town.holder(found.state.unit, found.item.route.issue_post)
    method = town.rng.choice(("online", "pickup", "courier"))
    reference = f"SF{town.rng.randrange(10**12):012}" if method == "courier" else ""
    own.idle_until = town.day + 10_000
    return town.does(found.case, c.Deliver(method, reference), window)
