"""What a command brings about: its rule decides, and the events are numbered and signed."""

from __future__ import annotations

from dataclasses import replace

from yinuo.core.case.commands import Command, Context, Made, Submit
from yinuo.core.case.events import Event
from yinuo.core.case.powers import ACTS, standings
from yinuo.core.case.rules import RULES
from yinuo.core.case.state import CaseState
from yinuo.core.clock import SHANGHAI
from yinuo.core.errors import Refusal

NOT_THEIRS = frozenset({"without-the-post", "not-your-unit"})


def handle(command: Command, state: CaseState | None, context: Context) -> list[Event] | Refusal:
    """The events that the command brings about, or why not. Raises nothing for an expected no."""
    if (state is None) != isinstance(command, Submit):
        return Refusal("no-such-case" if state is None else "already-submitted")
    if state is not None and context.now < state.changed:
        return Refusal("time-runs-backwards")
    if context.now.tzinfo is not SHANGHAI:
        context = replace(context, now=context.now.astimezone(SHANGHAI))
    made = (
        _by_staff(command, state, context)
        if context.actor.role == "staff"
        else _ruled(command, state, context)
    )
    if isinstance(made, Refusal):
        return made
    seq = state.seq if state else 0
    actor = context.actor
    return [
        Event(seq + n, kind, context.now, actor.id, actor.role, payload)
        for n, (kind, payload) in enumerate(made, start=1)
    ]


def _ruled(command: Command, state: CaseState | None, context: Context) -> Made | Refusal:
    made: Made | Refusal = RULES[type(command)](command, state, context)
    return made


def _by_staff(command: Command, state: CaseState | None, context: Context) -> Made | Refusal:
    """The one place that asks the matrix of posts and acts: a rule sees no post that it leaves out.

    Whoever needs a post that they hold for somebody absent does it as that person's deputy, and the events
    say so. Everything about persons (four eyes, never one's own work) is asked of who really acts.
    """
    actor, act = context.actor, ACTS.get(type(command), "")
    held = frozenset(post for post, _ in actor.posts)
    allowed = context.powers.of(act) if context.powers is not None else held
    if act and held and not held & allowed:
        return Refusal("without-the-post", facts={"act": act})
    refusals = []
    for principal, standing in standings(actor, allowed):
        made = _ruled(command, state, replace(context, actor=standing))
        if not isinstance(made, Refusal):
            return _marked(made, principal) if principal else made
        refusals.append(made)
    return next((no for no in refusals if no.code not in NOT_THEIRS), refusals[0])


def _marked(made: Made, principal: str) -> Made:
    return [(kind, {**payload, "deputy_for": principal}) for kind, payload in made]
