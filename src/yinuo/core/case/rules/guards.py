"""The checks that several rules share: who may, and when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from yinuo.core.case.commands import Context
from yinuo.core.case.events import Payload
from yinuo.core.case.folding import promise_json
from yinuo.core.case.state import CaseState, Stage
from yinuo.core.clock import Limit, Stopped, end_of_day
from yinuo.core.errors import Refusal
from yinuo.core.promise import Promise, is_past

LONGEST_WORDS = 5000


def in_stage(state: CaseState, stages: Collection[Stage]) -> Refusal | None:
    if state.stage in stages:
        return None
    return Refusal("wrong-stage", facts={"stage": state.stage.value})


def has_post(state: CaseState, context: Context, post: str) -> Refusal | None:
    """Staff with that post in the unit that has the case, nobody else."""
    actor = context.actor
    if actor.role == "staff" and actor.holds(post, state.unit):
        return None
    return Refusal("without-the-post", facts={"post": post})


def is_leader(state: CaseState, context: Context) -> Refusal | None:
    """Whoever answers for the unit: its leader, or one above."""
    return has_post(state, context, "leader")


def is_staff_here(state: CaseState, context: Context) -> Refusal | None:
    if context.actor.role == "staff" and context.actor.works_in(state.unit):
        return None
    return Refusal("not-your-unit")


def is_applicant(state: CaseState, context: Context) -> Refusal | None:
    """Whoever handed it in for themselves; else whoever may act for the principal now."""
    actor = context.actor
    mine = actor.stands_for(state.principal, state.item) if state.principal else actor.id == state.applicant
    return None if actor.role == "applicant" and mine else Refusal("not-your-case")


def is_system(context: Context) -> Refusal | None:
    return None if context.actor.role == "system" else Refusal("only-the-clock")


def has_words(words: str, code: str) -> Refusal | None:
    if not words.strip():
        return Refusal(code)
    return Refusal("too-long", facts={"most": LONGEST_WORDS}) if len(words) > LONGEST_WORDS else None


def owes(key: str, owner: str, limit: Limit, context: Context, *, about: str = "", post: str = "") -> Payload:
    """A small promise of the office that begins now, for the payload of an event."""
    return promise_json(Promise(key, owner, limit, None, "", context.now, about=about, post=post))


def ran_out(promise: Promise, context: Context, *, by_law: bool) -> datetime | None:
    """When a promise's clock (the statutory one where `by_law` and there is one) ran out; None: not yet."""
    due = promise.statutory_due(context.calendar) if by_law and promise.statutory else None
    due = due or promise.due(context.calendar)
    if isinstance(due, Stopped) or not is_past(due, context.now):
        return None
    return due if isinstance(due, datetime) else end_of_day(due)
