"""From the decision on: decide, issue, deliver, close, rate, revoke, correct."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yinuo.core.case.commands import (
    Close,
    Context,
    Correct,
    Decide,
    Deliver,
    Issue,
    Made,
    Rate,
    Revoke,
)
from yinuo.core.case.rules.application import begin, remedies
from yinuo.core.case.rules.guards import has_post, has_words, in_stage, is_applicant
from yinuo.core.case.state import ENDED, CaseState, Stage
from yinuo.core.errors import Refusal

METHODS = ("online", "pickup", "courier")
RATED = ENDED | {Stage.GRANTED, Stage.DENIED, Stage.ISSUED, Stage.DELIVERED}
WITH_PAPER = frozenset({Stage.ISSUED, Stage.DELIVERED, Stage.CLOSED})


def decide(command: Decide, state: CaseState, context: Context) -> Made | Refusal:
    route = context.item.route
    no = (
        in_stage(state, {Stage.ACCEPTED})
        or has_post(state, context, route.decide_post)
        or _may_decide(state, context)
        or _reasoned(command, context)
    )
    if no is not None:
        return no
    payload = {
        "granted": command.granted,
        "reasons": command.reasons,
        "remedies": [] if command.granted else remedies(context),
        "promise": begin(context, "deliver", state.unit, context.now) if route.issues else None,
    }
    return [("decided", payload)] if route.issues else [("decided", payload), ("closed", {})]


def _may_decide(state: CaseState, context: Context) -> Refusal | None:
    route = context.item.route
    step = route.step(state.step)
    if step is not None:
        return Refusal("step-open", facts={"step": step.key})
    examined = state.examined_by if route.steps else {state.accepted_by}
    return Refusal("four-eyes") if route.four_eyes and context.actor.id in examined else None


def _reasoned(command: Decide, context: Context) -> Refusal | None:
    if command.granted:
        return None
    if not context.item.route.deniable:
        return Refusal("not-deniable")
    return has_words(command.reasons, "reasons-needed")


def issue(command: Issue, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, {Stage.GRANTED, Stage.DENIED}) or has_post(
        state, context, context.item.route.issue_post
    )
    return no or [("issued", command.document)]


def deliver(command: Deliver, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, {Stage.ISSUED}) or has_post(state, context, context.item.route.issue_post)
    if no is not None:
        return no
    if command.method not in METHODS:
        return Refusal("unknown-method", {"method": "not-a-choice"})
    if command.method == "courier" and not command.reference.strip():
        return Refusal("courier-number-needed", {"reference": "required"})
    return [("delivered", {"method": command.method, "reference": command.reference.strip()})]


def close(command: Close, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, {Stage.DELIVERED})
    if no is None and context.actor.role == "staff":
        no = has_post(state, context, context.item.route.issue_post)
    if no is None and context.actor.role == "applicant":
        no = is_applicant(state, context)
    return no or [("closed", {})]


def rate(command: Rate, state: CaseState, context: Context) -> Made | Refusal:
    """One rating per case (一事一评); voluntary, so nothing waits for it."""
    no = in_stage(state, RATED) or is_applicant(state, context)
    if no is not None:
        return no
    if state.rating is not None:
        return Refusal("rated-already")
    if command.level not in range(1, 6):
        return Refusal("unknown-level", {"level": "not-a-choice"})
    rated: Made = [("rated", {"level": command.level, "words": command.words})]
    return [*rated, ("closed", {})] if state.stage is Stage.DELIVERED else rated


def revoke(command: Revoke, state: CaseState, context: Context) -> Made | Refusal:
    no = (
        in_stage(state, WITH_PAPER)
        or has_post(state, context, context.item.route.decide_post)
        or has_words(command.reasons, "reasons-needed")
    )
    if no is None and state.document is None:
        no = Refusal("no-document")
    if no is None and state.revoked is not None:
        no = Refusal("revoked-already")
    return no or [("revoked", {"reasons": command.reasons, "remedies": remedies(context)})]


def correct(command: Correct, state: CaseState, context: Context) -> Made | Refusal:
    """What is wrong in the record is put right by a further event, never by changing one."""
    no = has_post(state, context, "supervisor") or has_words(command.words, "words-needed")
    return no or [("corrected", {"words": command.words})]


RULES: Mapping[type, Any] = {
    Decide: decide,
    Issue: issue,
    Deliver: deliver,
    Close: close,
    Rate: rate,
    Revoke: revoke,
    Correct: correct,
}
