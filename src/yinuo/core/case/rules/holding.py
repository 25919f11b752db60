"""Who has the case: take, hand over, forward to another unit and take over there, reassign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yinuo.core.case.commands import (
    Context,
    DeclineForward,
    Forward,
    HandOver,
    Made,
    Reassign,
    Take,
    TakeOver,
)
from yinuo.core.case.rules.guards import has_post, has_words, in_stage, is_staff_here, owes
from yinuo.core.case.state import ENDED, CaseState, Stage
from yinuo.core.errors import Refusal

WORKING = frozenset(Stage) - ENDED


def take(command: Take, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, WORKING) or is_staff_here(state, context)
    if no is not None:
        return no
    mine = state.owner.person == context.actor.id
    return Refusal("already-yours") if mine and not state.owes("hand-over", "person") else [("taken", {})]


def hand_over(command: HandOver, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, WORKING) or _may_hand_over(state, context)
    if no is not None:
        return no
    if not command.to.works_in(state.unit):
        return Refusal("not-in-this-unit")
    promise = owes("hand-over", state.unit, context.duties.hand_over, context, about="person")
    return [("handed-over", {"to": command.to.id, "reason": command.reason, "promise": promise})]


def _may_hand_over(state: CaseState, context: Context) -> Refusal | None:
    if context.actor.role == "staff" and state.owner.person == context.actor.id:
        return None
    return has_post(state, context, "leader")


def forward(command: Forward, state: CaseState, context: Context) -> Made | Refusal:
    """To the right unit of the same bureau. The first unit owns the case until the other has taken it
    (首办责任制); the clock for acceptance runs on."""
    no = (
        in_stage(state, {Stage.SUBMITTED})
        or has_post(state, context, context.item.route.accept_post)
        or has_words(command.reason, "reasons-needed")
    )
    if no is not None:
        return no
    if command.unit == state.unit:
        return Refusal("same-unit")
    if state.offered is not None:
        return Refusal("offered-already")
    post = context.item.route.accept_post
    promise = owes("hand-over", command.unit, context.duties.hand_over, context, about="unit", post=post)
    return [("forwarded", {**_move(command, state), "promise": promise})]


def _move(command: Forward | Reassign, state: CaseState) -> dict[str, object]:
    return {"from": state.unit, "unit": command.unit, "owner": command.owner, "reason": command.reason}


def take_over(command: TakeOver, state: CaseState, context: Context) -> Made | Refusal:
    no = _offered_to(state, context)
    if no is not None or state.offered is None:
        return no or Refusal("not-offered")
    return [("taken-over", {"from": state.unit, "unit": state.offered["unit"], "owner": context.actor.id})]


def decline_forward(command: DeclineForward, state: CaseState, context: Context) -> Made | Refusal:
    no = _offered_to(state, context) or has_words(command.reason, "reasons-needed")
    return no or [("forward-declined", {"reason": command.reason})]


def _offered_to(state: CaseState, context: Context) -> Refusal | None:
    """Whoever accepts applications in the unit that the case was offered to."""
    if state.offered is None:
        return Refusal("not-offered")
    actor, post = context.actor, context.item.route.accept_post
    if actor.role == "staff" and actor.holds(post, str(state.offered["unit"])):
        return None
    return Refusal("without-the-post", facts={"post": post})


def reassign(command: Reassign, state: CaseState, context: Context) -> Made | Refusal:
    """A case that is stuck goes to whom a supervisor names, in this unit or another."""
    no = (
        in_stage(state, WORKING)
        or has_post(state, context, "supervisor")
        or has_words(command.reason, "reasons-needed")
    )
    if no is not None:
        return no
    if (command.unit, command.owner) == (state.unit, state.owner.person):
        return Refusal("same-unit")
    promise = owes("hand-over", command.unit, context.duties.hand_over, context, about="person")
    return [("reassigned", {**_move(command, state), "promise": promise})]


RULES: Mapping[type, Any] = {
    Take: take,
    HandOver: hand_over,
    Forward: forward,
    TakeOver: take_over,
    DeclineForward: decline_forward,
    Reassign: reassign,
}
