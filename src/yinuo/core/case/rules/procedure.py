"""While a case is worked on: take, hand over, steps, special procedures, extensions, urging, messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yinuo.core.case.commands import (
    AnswerExtension,
    AskExtension,
    Context,
    HandOver,
    Made,
    PassStep,
    Resume,
    Return,
    Say,
    Suspend,
    Take,
    Urge,
)
from yinuo.core.case.rules.guards import (
    has_post,
    has_run_out,
    has_words,
    in_stage,
    is_applicant,
    is_staff_here,
)
from yinuo.core.case.state import ENDED, CaseState, Stage
from yinuo.core.clock import Extension, day_of
from yinuo.core.errors import Refusal
from yinuo.core.receipt import extension_json

WORKING = frozenset(Stage) - ENDED


def take(command: Take, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, WORKING) or is_staff_here(state, context)
    if no is not None:
        return no
    return Refusal("already-yours") if state.owner.person == context.actor.id else [("taken", {})]


def hand_over(command: HandOver, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, WORKING) or _may_hand_over(state, context)
    if no is not None:
        return no
    if not command.to.works_in(state.unit):
        return Refusal("not-in-this-unit")
    return [("handed-over", {"to": command.to.id, "reason": command.reason})]


def _may_hand_over(state: CaseState, context: Context) -> Refusal | None:
    if context.actor.role == "staff" and state.owner.person == context.actor.id:
        return None
    return has_post(state, context, "leader")


def pass_step(command: PassStep, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, {Stage.ACCEPTED})
    step = context.item.route.step(state.step)
    if no is not None or step is None:
        return no or Refusal("no-step-left")
    no = has_post(state, context, step.post) or has_words(command.opinion, "opinion-needed")
    return no or [("stepped", {"step": step.key, "opinion": command.opinion})]


def return_case(command: Return, state: CaseState, context: Context) -> Made | Refusal:
    """Back to the step before, with what has to be looked at again."""
    no = in_stage(state, {Stage.ACCEPTED}) or has_words(command.opinion, "opinion-needed")
    if no is not None:
        return no
    if state.step == 0:
        return Refusal("no-step-before")
    step = context.item.route.step(state.step)
    no = has_post(state, context, step.post if step else context.item.route.decide_post)
    return no or [("returned", {"opinion": command.opinion})]


def suspend(command: Suspend, state: CaseState, context: Context) -> Made | Refusal:
    """行政许可法第四十五条: only what the item names, and the applicant is told in writing."""
    no = in_stage(state, {Stage.ACCEPTED}) or _works_on(state, context)
    if no is not None:
        return no
    procedure = context.item.procedure(command.procedure)
    if procedure is None:
        return Refusal("no-ground", facts={"procedure": command.procedure})
    no = has_words(command.reason, "reasons-needed")
    longest = str(procedure.longest) if procedure.longest else None
    payload = {
        "procedure": procedure.key,
        "ground": str(procedure.ground),
        "reason": command.reason,
        "longest": longest,
    }
    return no or [("suspended", payload)]


def _works_on(state: CaseState, context: Context) -> Refusal | None:
    """The post of the present step, or the one that decides."""
    step = context.item.route.step(state.step)
    return has_post(state, context, step.post if step else context.item.route.decide_post)


def resume(command: Resume, state: CaseState, context: Context) -> Made | Refusal:
    no = (
        in_stage(state, {Stage.SUSPENDED})
        or _works_on(state, context)
        or has_words(command.outcome, "outcome-needed")
    )
    return no or [("resumed", {"procedure": state.procedure, "outcome": command.outcome})]


def ask_extension(command: AskExtension, state: CaseState, context: Context) -> Made | Refusal:
    no = (
        in_stage(state, {Stage.ACCEPTED, Stage.SUSPENDED})
        or _works_on(state, context)
        or has_words(command.reason, "reasons-needed")
        or _extendable(state, context)
    )
    if no is None and state.extension is not None:
        no = Refusal("already-asked")
    return no or [("extension-asked", {"reason": command.reason})]


def _extendable(state: CaseState, context: Context) -> Refusal | None:
    """Once, before the due date, and only where the item's law knows an extension."""
    promise = state.promise("decide")
    if context.item.extension is None or promise is None:
        return Refusal("no-extension")
    if promise.extensions:
        return Refusal("extended-already")
    return Refusal("too-late-to-extend") if has_run_out(promise, context, by_law=False) else None


def answer_extension(command: AnswerExtension, state: CaseState, context: Context) -> Made | Refusal:
    asked, rule = state.extension, context.item.extension
    no = in_stage(state, {Stage.ACCEPTED, Stage.SUSPENDED}) or has_post(
        state, context, context.item.route.extend_post
    )
    if no is not None:
        return no
    if asked is None or rule is None:
        return Refusal("not-asked")
    if not command.granted:
        return has_words(command.reason, "reasons-needed") or [
            ("extension-declined", {"reason": command.reason})
        ]
    ground = str(rule.ground) if rule.ground else ""
    extension = Extension(rule.promised, day_of(context.now), str(asked["reason"]), ground)
    return _extendable(state, context) or [("extension-granted", {"extension": extension_json(extension)})]


def urge(command: Urge, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, WORKING) or is_applicant(state, context)
    if no is not None:
        return no
    if state.urged is not None and day_of(state.urged) == day_of(context.now):
        return Refusal("urged-today")
    return [("urged", {"words": command.words})]


def say(command: Say, state: CaseState, context: Context) -> Made | Refusal:
    applicant = is_applicant(state, context)
    no = in_stage(state, WORKING) or (applicant and is_staff_here(state, context))
    return no or has_words(command.words, "words-needed") or [("message", {"words": command.words})]


RULES: Mapping[type, Any] = {
    Take: take,
    HandOver: hand_over,
    PassStep: pass_step,
    Return: return_case,
    Suspend: suspend,
    Resume: resume,
    AskExtension: ask_extension,
    AnswerExtension: answer_extension,
    Urge: urge,
    Say: say,
}
