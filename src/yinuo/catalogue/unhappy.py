"""The standard unhappy paths: every item is driven down each of them with answers derived from its form.

They branch off one happy run, so each costs one step: states are values and nothing has to be repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from yinuo.catalogue.scenario import APPLICANT, WORDS, Run, staff
from yinuo.core.case import SYSTEM, Actor, CaseState, Stage
from yinuo.core.case import commands as c
from yinuo.core.case.state import UNDECIDED
from yinuo.core.clock import Stopped, Unit, day_of, end_of_day
from yinuo.core.errors import Refusal
from yinuo.core.form import asked, fields_of, settle
from yinuo.core.identifiers import CHECKS
from yinuo.core.item import Item
from yinuo.core.promise import Colour, Promise, colour

STRANGER = Actor("stranger", "applicant")


@dataclass(frozen=True, slots=True)
class Step:
    """One state of the happy run, with the command that comes next and its post."""

    state: CaseState
    command: Any
    post: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ground:
    """What the paths start from: a happy scenario's answers, and every state on its way."""

    run: Run
    answers: Mapping[str, Any]
    provided: Mapping[str, Any]
    start: datetime
    steps: tuple[Step, ...]


def ground(run: Run, answers: Mapping[str, Any], start: datetime) -> Ground | str:
    """The happy run with all its states, or what stops it."""
    provided = run.uploads(answers)
    state = run.submit(answers, provided, start)
    if isinstance(state, Refusal):
        return f"the happy answers are refused: {state.code}"
    steps: list[Step] = []
    for command, post in _way(run.item):
        steps.append(Step(state, command, post, start))
        result = run.do(state, command, SYSTEM if post == "system" else staff(post), start)
        if isinstance(result, Refusal):
            return f"{type(command).__name__} is refused on the happy way: {result.code}"
        state = result
    steps.append(Step(state, None, "", start))
    return Ground(run, answers, provided, start, tuple(steps))


def _way(item: Item) -> Iterator[tuple[Any, str]]:
    route = item.route
    yield c.Accept(), route.accept_post
    for step in route.steps:
        yield c.PassStep(WORDS), step.post
    yield c.Decide(True, WORDS), route.decide_post
    if route.issues:
        yield c.Issue({"name": item.result.name.zh}), route.issue_post
        yield c.Deliver("pickup"), route.issue_post
        yield c.Close(), "system"


def missing_materials(g: Ground) -> Iterator[str]:
    """A form that is sent without any upload names every one that it needs."""
    if g.provided:
        result = g.run.submit(g.answers, {}, g.start)
        yield from _must_refuse("without materials", result, "missing-materials", g.provided)


def missing_answers(g: Ground) -> Iterator[str]:
    """Every required answer is missed: all that steer nothing at once, all that steer and are always asked
    at once, and each of the others alone, since without one of them another may not be asked at all."""
    form = g.run.item.form
    given = [f.key for f in asked(form, g.answers) if f.required and f.key in g.answers]
    steering, always = _steering(g.run.item), {f.key for f in asked(form, {})}
    plain = [key for key in given if key not in steering]
    first = [key for key in given if key in steering & always]
    alone = [[key] for key in given if key in steering - always]
    for keys in filter(None, [plain, first, *alone]):
        fewer = {key: value for key, value in g.answers.items() if key not in keys}
        what = f"without answer {', '.join(keys)}"
        yield from _must_refuse(what, g.run.submit(fewer, g.provided, g.start), "invalid-answers", keys)


def _steering(item: Item) -> frozenset[str]:
    """The questions whose answers decide what else is asked."""
    whens = [page.when for page in item.form.pages] + [field.when for field in item.form.fields]
    return frozenset(key for when in whens if when is not None for key in fields_of(when))


def wrong_identifiers(g: Ground) -> Iterator[str]:
    form = g.run.item.form
    keys = [f.key for f in asked(form, settle(form, g.answers)) if f.type in CHECKS and f.key in g.answers]
    wrong = {**g.answers, **{key: f"{g.answers[key]}!" for key in keys}}
    if keys:
        result = g.run.submit(wrong, g.provided, g.start)
        yield from _must_refuse(f"with a wrong {', '.join(keys)}", result, "invalid-answers", keys)


def _must_refuse(what: str, result: CaseState | Refusal, code: str, keys: Iterable[str]) -> Iterator[str]:
    if not isinstance(result, Refusal):
        yield f"{what} the application is taken"
    elif result.code != code or not result.fields.keys() >= set(keys):
        yield f"{what} it is refused with {result.code} {dict(result.fields)}"


def wrong_posts(g: Ground) -> Iterator[str]:
    """Every step is refused to the applicant, to the post in another unit, and to a unit without the post."""
    for step in g.steps[:-1]:
        others = [APPLICANT, staff(step.post, unit="elsewhere"), staff("editor")]
        for actor in others:
            if step.post != "system" and not isinstance(
                g.run.do(step.state, step.command, actor, step.at), Refusal
            ):
                yield f"{type(step.command).__name__} is done by {actor.id}, who has no business with it"


def withdrawals(g: Ground) -> Iterator[str]:
    """Until the decision the applicant can withdraw, and nobody else can; afterwards nobody can."""
    for step in g.steps:
        result = g.run.do(step.state, c.Withdraw(WORDS), APPLICANT, step.at)
        if (step.state.stage in UNDECIDED) != isinstance(result, CaseState):
            outcome = "refused" if isinstance(result, Refusal) else "possible"
            yield f"withdrawing while {step.state.stage.value} is wrongly {outcome}"
        if isinstance(result, CaseState) and (result.stage is not Stage.WITHDRAWN or result.open_promises):
            yield f"after withdrawing while {step.state.stage.value} something is still owed"
        if isinstance(g.run.do(step.state, c.Withdraw(WORDS), STRANGER, step.at), CaseState):
            yield f"a stranger withdraws while {step.state.stage.value}"


def silence_before_acceptance(g: Ground) -> Iterator[str]:
    """行政许可法第三十二条: silence past the limit is acceptance as of the day of receipt."""
    state = g.steps[0].state
    promise = state.promise("accept")
    assert promise is not None
    last = _last_moment(promise, g, by_law=promise.statutory is not None)
    if isinstance(g.run.do(state, c.Deem(), SYSTEM, last), CaseState):
        yield f"it counts as accepted on {last.date()}, while there is still time"
    result = g.run.do(state, c.Deem(), SYSTEM, last + timedelta(days=1))
    decide = result.promise("decide") if isinstance(result, CaseState) else None
    if decide is None or decide.start != state.received:
        yield "silence past the limit for acceptance does not count as acceptance from the day of receipt"


def silence_before_decision(g: Ground) -> Iterator[str]:
    """The promised clock turns red the day after it runs out, the statutory one is a violation."""
    state = next(step.state for step in g.steps if step.state.stage is Stage.ACCEPTED)
    promise = state.promise("decide")
    assert promise is not None
    last = _last_moment(promise, g, by_law=False)
    if colour(promise, last, g.run.calendar) not in (Colour.GREEN, Colour.YELLOW):
        yield f"the decision is late on {last.date()}, while there is still time"
    late = last + timedelta(days=1)
    if colour(promise, late, g.run.calendar) not in (Colour.RED, Colour.VIOLATION):
        yield f"the decision is not late on {late.date()}"
    if promise.statutory is not None:
        beyond = _last_moment(promise, g, by_law=True) + timedelta(days=1)
        if colour(promise, beyond, g.run.calendar) is not Colour.VIOLATION:
            yield f"past the statutory limit on {beyond.date()} there is no violation"


def _last_moment(promise: Promise, g: Ground, *, by_law: bool) -> datetime:
    due = promise.statutory_due(g.run.calendar) if by_law else promise.due(g.run.calendar)
    assert due is not None
    assert not isinstance(due, Stopped)
    return due if isinstance(due, datetime) else end_of_day(due) - timedelta(seconds=1)


def supplements(g: Ground) -> Iterator[str]:
    """One notice, a second only with approval; unanswered it lapses after its limit and not before."""
    state, item = g.steps[0].state, g.run.item
    window = staff(item.route.accept_post)
    notice = c.AskSupplement(fields={item.form.fields[0].key: "请重新核对"})
    asked_once = g.run.do(state, notice, window, g.start)
    if isinstance(asked_once, Refusal):
        yield f"the supplement notice is refused: {asked_once.code}"
        return
    accept = asked_once.promise("accept")
    assert accept is not None
    at_once = accept.promised.unit is Unit.IMMEDIATE  # nothing is left to stop: the notice was the answer
    if not at_once and not isinstance(accept.due(g.run.calendar), Stopped):
        yield "the clock for acceptance runs on while the applicant is asked"
    yield from _lapses(g, asked_once)
    back = g.run.do(asked_once, c.AnswerSupplement(g.answers, g.provided), APPLICANT, g.start)
    if isinstance(back, Refusal):
        yield f"the answer to the notice is refused: {back.code}"
        return
    again = g.run.do(back, notice, window, g.start)
    if not (isinstance(again, Refusal) and again.code == "second-notice"):
        yield "a second notice goes out without a supervisor's approval"
    allowed = g.run.do(back, c.AllowNotice(WORDS), staff("supervisor"), g.start)
    if isinstance(allowed, Refusal) or isinstance(g.run.do(allowed, notice, window, g.start), Refusal):
        yield "a second notice is refused although a supervisor approved it"


def _lapses(g: Ground, asked_once: CaseState) -> Iterator[str]:
    promise = asked_once.promise("supplement")
    assert promise is not None
    last = _last_moment(promise, g, by_law=False)
    if isinstance(g.run.do(asked_once, c.Lapse(), SYSTEM, last), CaseState):
        yield f"it lapses on {day_of(last)}, while there is still time to answer"
    result = g.run.do(asked_once, c.Lapse(), SYSTEM, last + timedelta(days=1))
    if not isinstance(result, CaseState) or result.stage is not Stage.LAPSED:
        yield "an unanswered notice does not lapse"


def four_eyes(g: Ground) -> Iterator[str]:
    """Whoever examined does not decide."""
    route = g.run.item.route
    before = next(step for step in g.steps if isinstance(step.command, c.Decide))
    examiner = (route.steps[-1].post if route.steps else route.accept_post) if route.four_eyes else None
    if examiner is None:
        return
    both = Actor(examiner, "staff", frozenset({(examiner, "unit"), (route.decide_post, "unit")}))
    result = g.run.do(before.state, before.command, both, before.at)
    if not (isinstance(result, Refusal) and result.code == "four-eyes"):
        yield "whoever examined the case can decide it"


def groundless_pauses(g: Ground) -> Iterator[str]:
    step = next(step for step in g.steps if step.state.stage is Stage.ACCEPTED)
    result = g.run.do(step.state, c.Suspend("no-such-procedure", WORDS), staff(step.post), step.at)
    if not (isinstance(result, Refusal) and result.code == "no-ground"):
        yield "the clock can be stopped without a ground"


def silent_denials(g: Ground) -> Iterator[str]:
    """A no without reasons is refused; a no tells the ways to appeal."""
    before = next(step for step in g.steps if isinstance(step.command, c.Decide))
    decider = staff(before.post)
    if isinstance(g.run.do(before.state, c.Decide(False, " "), decider, before.at), CaseState):
        yield "a denial without reasons goes through"
    result = g.run.do(before.state, c.Decide(False, WORDS), decider, before.at)
    told = isinstance(result, CaseState) and result.decision is not None and result.decision["remedies"]
    if g.run.item.route.deniable and not told:
        yield "a denial does not tell the ways to appeal"


PATHS: Mapping[str, Callable[[Ground], Iterator[str]]] = {
    "missing material": missing_materials,
    "missing answer": missing_answers,
    "wrong identifier": wrong_identifiers,
    "wrong post": wrong_posts,
    "withdrawal": withdrawals,
    "silence before acceptance": silence_before_acceptance,
    "silence before decision": silence_before_decision,
    "supplement": supplements,
    "four eyes": four_eyes,
    "groundless pause": groundless_pauses,
    "silent denial": silent_denials,
}
