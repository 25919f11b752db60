"""While a case is worked on: steps, special procedures, extensions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from yinuo.core.case.commands import (
    AnswerExtension,
    AskExtension,
    Context,
    EndProcedure,
    Made,
    PassStep,
    Resume,
    Return,
    Suspend,
)
from yinuo.core.case.events import Payload
from yinuo.core.case.folding import promise_json
from yinuo.core.case.rules.application import begin_step
from yinuo.core.case.rules.guards import has_post, has_words, in_stage, is_system, owes, ran_out
from yinuo.core.case.state import CaseState, Stage
from yinuo.core.clock import Extension, Stopped, day_of, end_of_day
from yinuo.core.errors import Refusal
from yinuo.core.item import SpecialProcedure
from yinuo.core.promise import Promise
from yinuo.core.receipt import extension_json


def pass_step(command: PassStep, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, {Stage.ACCEPTED})
    step = context.item.route.step(state.step)
    if no is not None or step is None:
        return no or Refusal("no-step-left")
    no = has_post(state, context, step.post) or has_words(command.opinion, "opinion-needed")
    following = begin_step(context, state.step + 1, state.unit, context.now)
    return no or [("stepped", {"step": step.key, "opinion": command.opinion, "promise": following})]


def return_case(command: Return, state: CaseState, context: Context) -> Made | Refusal:
    """Back to the step before, with what has to be looked at again."""
    no = in_stage(state, {Stage.ACCEPTED}) or has_words(command.opinion, "opinion-needed")
    if no is not None:
        return no
    if state.step == 0:
        return Refusal("no-step-before")
    no = _works_on(state, context)
    again = begin_step(context, state.step - 1, state.unit, context.now)
    return no or [("returned", {"opinion": command.opinion, "promise": again})]


def suspend(command: Suspend, state: CaseState, context: Context) -> Made | Refusal:
    """行政许可法第四十五条: only what the item names, and the applicant is told in writing."""
    no = in_stage(state, {Stage.ACCEPTED}) or _works_on(state, context)
    if no is not None:
        return no
    procedure = context.item.procedure(command.procedure)
    if procedure is None:
        return Refusal("no-ground", facts={"procedure": command.procedure})
    no = has_words(command.reason, "reasons-needed")
    payload = {
        "procedure": procedure.key,
        "ground": str(procedure.ground),
        "reason": command.reason,
        "longest": str(procedure.longest) if procedure.longest else None,
        "promise": _duration(procedure, state, context) if procedure.longest else None,
    }
    return no or [("suspended", payload)]


def _duration(procedure: SpecialProcedure, state: CaseState, context: Context) -> Payload:
    """The longest that the clock may stand still for it."""
    assert procedure.longest is not None
    key, ground, post = procedure.key, str(procedure.ground), _working_post(state, context)
    return promise_json(
        Promise("procedure", state.unit, procedure.longest, None, ground, context.now, about=key, post=post)
    )


def _works_on(state: CaseState, context: Context) -> Refusal | None:
    return has_post(state, context, _working_post(state, context))


def _working_post(state: CaseState, context: Context) -> str:
    """The post of the present step, or the one that decides."""
    step = context.item.route.step(state.step)
    return step.post if step else context.item.route.decide_post


def resume(command: Resume, state: CaseState, context: Context) -> Made | Refusal:
    no = (
        in_stage(state, {Stage.SUSPENDED})
        or _works_on(state, context)
        or has_words(command.outcome, "outcome-needed")
    )
    return no or [("resumed", {"procedure": state.procedure, "outcome": command.outcome})]


def end_procedure(command: EndProcedure, state: CaseState, context: Context) -> Made | Refusal:
    """The clock runs again from the last day of the longest duration, however late somebody notices."""
    no = in_stage(state, {Stage.SUSPENDED}) or is_system(context)
    if no is not None:
        return no
    promise = state.owes("procedure")
    if promise is None or ran_out(promise, context, by_law=False) is None:
        return Refusal("not-yet")
    end = promise.due(context.calendar)
    assert not isinstance(end, Stopped)
    instant = end if isinstance(end, datetime) else end_of_day(end) - timedelta(seconds=1)
    return [("resumed", {"procedure": state.procedure, "overrun": True, "end": instant.isoformat()})]


def ask_extension(command: AskExtension, state: CaseState, context: Context) -> Made | Refusal:
    no = (
        in_stage(state, {Stage.ACCEPTED, Stage.SUSPENDED})
        or _works_on(state, context)
        or has_words(command.reason, "reasons-needed")
        or _extendable(state, context)
    )
    if no is None and state.extension is not None:
        no = Refusal("already-asked")
    post = context.item.route.extend_post
    answer = owes("extension", state.unit, context.duties.extension, context, post=post)
    return no or [("extension-asked", {"reason": command.reason, "promise": answer})]


def _extendable(state: CaseState, context: Context) -> Refusal | None:
    """Once, before the due date, and only where the item's law knows an extension."""
    promise = state.promise("decide")
    if context.item.extension is None or promise is None:
        return Refusal("no-extension")
    if promise.extensions:
        return Refusal("extended-already")
    return Refusal("too-late-to-extend") if ran_out(promise, context, by_law=False) else None


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


RULES: Mapping[type, Any] = {
    PassStep: pass_step,
    Return: return_case,
    Suspend: suspend,
    Resume: resume,
    EndProcedure: end_procedure,
    AskExtension: ask_extension,
    AnswerExtension: answer_extension,
}
