"""What time itself does to a case, and how it therefore stands, whether or not anybody looked before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from yinuo.core.case.commands import Close, Command, Context, Deem, DeemGranted, EndProcedure, Lapse
from yinuo.core.case.events import SYSTEM, Event
from yinuo.core.case.fold import apply
from yinuo.core.case.handling import handle
from yinuo.core.case.rules.guards import ran_out
from yinuo.core.case.state import CaseState, Stage
from yinuo.core.errors import Refusal

# The city's own figure: time to come back with a question before the case is put away.
CLOSE_AFTER = timedelta(days=15)

TIMED: Mapping[Stage, tuple[Command, ...]] = {
    Stage.SUBMITTED: (DeemGranted(), Deem()),
    Stage.SUPPLEMENT: (Lapse(),),
    Stage.ACCEPTED: (DeemGranted(),),
    Stage.SUSPENDED: (DeemGranted(), EndProcedure()),
    Stage.DELIVERED: (Close(),),
}

CLOCKS: Mapping[type, str] = {Deem: "accept", Lapse: "supplement", EndProcedure: "procedure"}

# The promises whose end brings something about by itself; of `accept`, that of the statutory clock.
TIMED_KEYS = ("accept", "supplement", "procedure")


def pass_time(state: CaseState, context: Context) -> tuple[CaseState, list[Event]]:
    """The case as it stands at `context.now`, and the events that time brought about on the way.

    They are the same whether the clock is asked every minute or once a month, but for when they were written.
    """
    context = replace(context, actor=SYSTEM)
    passed: list[Event] = []
    while events := _next(state, context):
        for event in events:
            state = apply(state, event)
        passed.extend(events)
    return state, passed


def as_of(state: CaseState, context: Context) -> CaseState:
    return pass_time(state, context)[0]


def _next(state: CaseState, context: Context) -> list[Event]:
    """What comes next; asked late, things still happen in the order in which their days were over."""
    possible: list[tuple[datetime, list[Event]]] = []
    for command in TIMED.get(state.stage, ()):
        if isinstance(command, Close) and not _is_quiet(state, context.now):
            continue
        events = handle(command, state, context)
        if not isinstance(events, Refusal):
            possible.append((_due(command, state, context), events))
    return min(possible, key=lambda one: one[0])[1] if possible else []


def _due(command: Command, state: CaseState, context: Context) -> datetime:
    """When time brought that about; what has no clock of its own comes by itself in its stage."""
    if isinstance(command, DeemGranted) and context.item.silence is not None:
        return context.item.silence.comes(state.answers) or context.now
    promise = state.promise(CLOCKS.get(type(command), ""))
    by_law = isinstance(command, Deem)
    return (ran_out(promise, context, by_law=by_law) if promise is not None else None) or context.now


def _is_quiet(state: CaseState, now: datetime) -> bool:
    delivered = state.promise("deliver")
    since = delivered.ended if delivered is not None and delivered.ended else state.changed
    return now - since > CLOSE_AFTER
