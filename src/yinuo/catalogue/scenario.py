"""Running an item on the real core with simulated dates: what a scenario says must happen, happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yinuo.catalogue.schema import ActShape, ScenarioShape
from yinuo.core.calendar import Calendar
from yinuo.core.case import SYSTEM, Actor, CaseState, Context, Stage, apply, handle
from yinuo.core.case import commands as c
from yinuo.core.clock import SHANGHAI, Stopped
from yinuo.core.errors import Refusal
from yinuo.core.form import asked, settle
from yinuo.core.item import Item
from yinuo.core.promise import colour
from yinuo.core.receipt import moment

UNIT = "unit"
WORDS = "按规定办理"
APPLICANT = Actor("applicant", "applicant")
Problem = tuple[tuple[str | int, ...], str]


@dataclass(frozen=True, slots=True)
class Run:
    """An item under a calendar: what every scenario shares."""

    item: Item
    calendar: Calendar

    def do(self, state: CaseState | None, command: Any, actor: Actor, at: datetime) -> CaseState | Refusal:
        events = handle(command, state, Context(actor, at, self.item, self.calendar))
        if isinstance(events, Refusal):
            return events
        for event in events:
            state = apply(state, event)
        assert state is not None
        return state

    def submit(
        self, answers: Mapping[str, Any], provided: Mapping[str, Any], at: datetime
    ) -> CaseState | Refusal:
        command = c.Submit("SCENARIO", "SCENARIO", UNIT, "window", answers, provided)
        return self.do(None, command, APPLICANT, at)

    def uploads(self, answers: Mapping[str, Any], without: tuple[str, ...] = ()) -> dict[str, list[str]]:
        """One file for everything that these answers call for, but for what is left out."""
        needed = self.item.needed(settle(self.item.form, answers))
        return {m.key: ["file"] for m in needed if m.is_uploaded and m.key not in without}


def staff(post: str, person: str | None = None, unit: str = UNIT) -> Actor:
    """The holder of one post; another `person` is another holder of the same post."""
    return Actor(person or post, "staff", frozenset({(post, unit)}))


def time_of(text: str) -> datetime:
    """A scenario's moment; a day alone stands for ten in the morning."""
    parsed = moment(text.replace(" ", "T") if " " in text else f"{text}T10:00")
    assert isinstance(parsed, datetime)
    return parsed


def run_scenario(run: Run, scenario: ScenarioShape) -> Iterator[Problem]:
    """What does not hold, each with the path inside the scenario."""
    provided = run.uploads(scenario.answers, tuple(scenario.without))
    state = run.submit(scenario.answers, provided, time_of(scenario.start))
    yield from _form_problems(run, scenario)
    expected = scenario.expect.refused
    if isinstance(state, Refusal):
        yield from _refusal_problems(state, scenario)
        return
    if expected is not None:
        yield ("expect", "refused"), f"the application was taken, but should be refused with {expected.code}"
        return
    at = time_of(scenario.start)
    for n, act in enumerate(scenario.events):
        at = time_of(act.at)
        result = perform(run, state, act)
        problem = _act_problem(act, result)
        if problem:
            yield ("events", n), problem
            return
        state = state if isinstance(result, Refusal) else result
    yield from _state_problems(run, scenario, state, at)


def _form_problems(run: Run, scenario: ScenarioShape) -> Iterator[Problem]:
    expect, answers = scenario.expect, settle(run.item.form, scenario.answers)
    shown = {field.key for field in asked(run.item.form, scenario.answers)}
    for n, key in enumerate(expect.asked):
        if key not in shown:
            yield ("expect", "asked", n), f"{key} is not asked for these answers"
    for n, key in enumerate(expect.not_asked):
        if key in shown or run.item.form.field(key) is None:
            yield ("expect", "not_asked", n), f"{key} is asked for these answers, or is no field"
    for key in scenario.answers.keys() - answers.keys():
        yield ("answers", key), "is not asked for these answers, or is no field"
    needed = [m.key for m in run.item.needed(answers)]
    if expect.needed is not None and sorted(expect.needed) != sorted(needed):
        yield ("expect", "needed"), f"the answers call for {', '.join(needed) or 'nothing'}"


def _refusal_problems(refusal: Refusal, scenario: ScenarioShape) -> Iterator[Problem]:
    expected = scenario.expect.refused
    if expected is None:
        wrong = ", ".join(f"{key} {code}" for key, code in refusal.fields.items())
        yield ("answers",), f"the application is refused: {refusal.code} {wrong}".rstrip()
    elif (refusal.code, dict(refusal.fields)) != (expected.code, dict(expected.fields)):
        yield ("expect", "refused"), f"it is refused with {refusal.code} {dict(refusal.fields)}"


def _act_problem(act: ActShape, result: CaseState | Refusal) -> str | None:
    if isinstance(result, Refusal):
        if act.refused is None:
            return f"{act.do} is refused: {result.code} {dict(result.fields) or ''}".rstrip()
        return None if result.code == act.refused else f"{act.do} is refused with {result.code}"
    return None if act.refused is None else f"{act.do} went through, but should be refused with {act.refused}"


def _state_problems(run: Run, scenario: ScenarioShape, state: CaseState, at: datetime) -> Iterator[Problem]:
    expect = scenario.expect
    if expect.stage is not None and state.stage.value != expect.stage:
        yield ("expect", "stage"), f"the case is {state.stage.value}"
    for key, due in expect.due.items():
        yield from _due_problem(run, state, ("due", key), due)
    for key, due in expect.statutory_due.items():
        yield from _due_problem(run, state, ("statutory_due", key), due)
    for key, wanted in expect.colour.items():
        promise = state.promise(key)
        seen = colour(promise, at, run.calendar) if promise else None
        if seen is None or seen.value != wanted:
            yield ("expect", "colour", key), f"the promise is {seen.value if seen else 'not there'}"


def _due_problem(run: Run, state: CaseState, path: tuple[str, str], wanted: str) -> Iterator[Problem]:
    promise = state.promise(path[1])
    if promise is None:
        yield ("expect", *path), f"there is no promise {path[1]}"
        return
    due = promise.due(run.calendar) if path[0] == "due" else promise.statutory_due(run.calendar)
    shown = _written(due)
    if shown != wanted:
        yield ("expect", *path), f"it is due on {shown}"


def _written(due: date | datetime | Stopped | None) -> str:
    if isinstance(due, datetime):
        return due.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return due.isoformat() if isinstance(due, date) else "no day: the clock stands still or does not exist"


def perform(run: Run, state: CaseState, act: ActShape) -> CaseState | Refusal:
    """One thing of a scenario done, by whoever does it by rule or by whom the scenario names."""
    if act.do == "finish":
        return finish(run, state, time_of(act.at))
    if act.do in ("extend", "decline-extension"):
        return _extend(run, state, act)
    command, post = _command(run, state, act)
    actor = _actor(act.by or post, act.person)
    return run.do(state, command, actor, time_of(act.at))


def _actor(post: str, person: str | None) -> Actor:
    if post == "applicant":
        return APPLICANT
    return SYSTEM if post == "system" else staff(post, person)


def _extend(run: Run, state: CaseState, act: ActShape) -> CaseState | Refusal:
    """Asked for by whoever works on it, answered by the leader: one line of a scenario."""
    step = run.item.route.step(state.step)
    post, at = step.post if step else run.item.route.decide_post, time_of(act.at)
    asked_for = run.do(state, c.AskExtension(act.words or WORDS), staff(post), at)
    if isinstance(asked_for, Refusal):
        return asked_for
    command = c.AnswerExtension(act.do == "extend", act.words or WORDS)
    return run.do(asked_for, command, staff(act.by or run.item.route.extend_post), at)


def finish(run: Run, state: CaseState, at: datetime) -> CaseState | Refusal:
    """Everything that is left on the good way, each step by its own post, at one moment."""
    for command, post in _rest(run.item, state):
        result = run.do(state, command, _actor(post, None), at)
        if isinstance(result, Refusal):
            return result
        state = result
    return state


def _rest(item: Item, state: CaseState) -> Iterator[tuple[Any, str]]:
    route = item.route
    if state.stage is Stage.SUBMITTED:
        yield c.Accept(), route.accept_post
    if state.stage in (Stage.SUBMITTED, Stage.ACCEPTED):
        for step in route.steps[state.step :]:
            yield c.PassStep(WORDS), step.post
        yield c.Decide(True, WORDS), route.decide_post
    if route.issues and state.stage is not Stage.DELIVERED:
        if state.stage is not Stage.ISSUED:
            yield c.Issue({"name": item.result.name.zh}), route.issue_post
        yield c.Deliver("pickup"), route.issue_post
    if route.issues:
        yield c.Close(), "system"


def _command(run: Run, state: CaseState, act: ActShape) -> tuple[Any, str]:
    """The command of an act and the post that does it by rule."""
    route = run.item.route
    step = route.step(state.step)
    posts = {
        "worker": step.post if step else route.decide_post,
        "accept": route.accept_post,
        "decide": route.decide_post,
        "issue": route.issue_post,
    }
    make, post = ACTS[act.do]
    return make(run, state, act), posts.get(post, post)


def _words(act: ActShape) -> str:
    return act.words or WORDS


def _answer(run: Run, state: CaseState, act: ActShape) -> c.AnswerSupplement:
    answers = {**state.answers, **act.answers}
    provided = {**state.provided, **{key: ["file"] for key in act.provide}}
    return c.AnswerSupplement(answers, provided)


# What a scenario can do: the command, and the post of the route (or the person) that does it by rule.
ACTS: Mapping[str, tuple[Callable[[Run, CaseState, ActShape], Any], str]] = {
    "accept": (lambda run, state, act: c.Accept(), "accept"),
    "supplement": (lambda run, state, act: c.AskSupplement(act.materials, act.fields), "accept"),
    "answer": (_answer, "applicant"),
    "refuse": (lambda run, state, act: c.Refuse(_words(act)), "accept"),
    "forward": (lambda run, state, act: c.Forward("another-unit", "another-person", _words(act)), "accept"),
    "withdraw": (lambda run, state, act: c.Withdraw(_words(act)), "applicant"),
    "deem": (lambda run, state, act: c.Deem(), "system"),
    "silence": (lambda run, state, act: c.DeemGranted(), "system"),
    "overrun": (lambda run, state, act: c.EndProcedure(), "system"),
    "lapse": (lambda run, state, act: c.Lapse(), "system"),
    "pass": (lambda run, state, act: c.PassStep(_words(act)), "worker"),
    "return": (lambda run, state, act: c.Return(_words(act)), "worker"),
    "suspend": (lambda run, state, act: c.Suspend(act.procedure or "", _words(act)), "worker"),
    "resume": (lambda run, state, act: c.Resume(_words(act)), "worker"),
    "ask-extension": (lambda run, state, act: c.AskExtension(_words(act)), "worker"),
    "grant": (lambda run, state, act: c.Decide(True, _words(act)), "decide"),
    "deny": (lambda run, state, act: c.Decide(False, _words(act)), "decide"),
    "issue": (lambda run, state, act: c.Issue({"name": run.item.result.name.zh}), "issue"),
    "deliver": (lambda run, state, act: c.Deliver(act.method or "pickup", "SF0000000000"), "issue"),
    "close": (lambda run, state, act: c.Close(), "system"),
    "rate": (lambda run, state, act: c.Rate(act.level or 1, act.words or ""), "applicant"),
    "urge": (lambda run, state, act: c.Urge(act.words or ""), "applicant"),
    "say": (lambda run, state, act: c.Say(_words(act)), "applicant"),
    "revoke": (lambda run, state, act: c.Revoke(_words(act)), "decide"),
}
