"""From the decision on: decide, issue, deliver, close, rate, revoke, correct."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yinuo.core.case.commands import (
    Close,
    Context,
    Decide,
    DeemGranted,
    Deliver,
    Issue,
    Made,
    Revoke,
)
from yinuo.core.case.events import Payload
from yinuo.core.case.rules.application import begin, remedies
from yinuo.core.case.rules.guards import has_post, has_words, in_stage, is_applicant, is_system
from yinuo.core.case.state import CaseState, Stage
from yinuo.core.clock import instant
from yinuo.core.errors import Refusal
from yinuo.core.item import Silence

METHODS = ("online", "pickup", "courier")
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


def deem_granted(command: DeemGranted, state: CaseState, context: Context) -> Made | Refusal:
    """Only where the item's law says that silence is a yes, as 行政许可法第五十条 does for renewals."""
    no = in_stage(state, {Stage.SUBMITTED, Stage.ACCEPTED, Stage.SUSPENDED}) or is_system(context)
    if no is not None:
        return no
    silence = context.item.silence
    at = silence.comes(state.answers) if silence is not None else None
    if silence is None or at is None or context.now < at:
        return Refusal("not-yet")
    made: Made = [("decided", _by_silence(silence, _answered(state, at), state, context))]
    return made if context.item.route.issues else [*made, ("closed", {})]


def _answered(state: CaseState, at: datetime) -> datetime:
    """Where a notice was answered only after that day, silence is a yes from its answer on."""
    accept = state.promise("accept")
    pauses = accept.pauses if accept is not None else ()
    begun = [accept.start] if accept is not None else []
    return max(at, *map(instant, (*begun, *(pause.end for pause in pauses if pause.end is not None))))


def _by_silence(silence: Silence, at: datetime, state: CaseState, context: Context) -> Payload:
    """The paper is owed from when silence became a yes, however late somebody notices."""
    promise = begin(context, "deliver", state.unit, at) if context.item.route.issues else None
    return {
        "granted": True,
        "deemed": True,
        "reasons": str(silence.ground),
        "remedies": [],
        "promise": promise,
    }


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


RULES: Mapping[type, Any] = {
    Decide: decide,
    DeemGranted: deem_granted,
    Issue: issue,
    Deliver: deliver,
    Close: close,
    Revoke: revoke,
}
