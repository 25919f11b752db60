"""What a command brings about: its rule decides, and the events are numbered and signed."""

from __future__ import annotations

from dataclasses import replace

from yinuo.core.case.commands import Command, Context, Submit
from yinuo.core.case.events import Event
from yinuo.core.case.rules import RULES
from yinuo.core.case.state import CaseState
from yinuo.core.clock import SHANGHAI
from yinuo.core.errors import Refusal


def handle(command: Command, state: CaseState | None, context: Context) -> list[Event] | Refusal:
    """The events that the command brings about, or why not. Raises nothing for an expected no."""
    if (state is None) != isinstance(command, Submit):
        return Refusal("no-such-case" if state is None else "already-submitted")
    if state is not None and context.now < state.changed:
        return Refusal("time-runs-backwards")
    if context.now.tzinfo is not SHANGHAI:
        context = replace(context, now=context.now.astimezone(SHANGHAI))
    made = RULES[type(command)](command, state, context)
    if isinstance(made, Refusal):
        return made
    seq = state.seq if state else 0
    actor = context.actor
    return [
        Event(seq + n, kind, context.now, actor.id, actor.role, payload)
        for n, (kind, payload) in enumerate(made, start=1)
    ]
