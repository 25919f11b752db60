"""A scenario step by step: what is done when, what comes of it, and where every clock stands then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yinuo.catalogue.scenario import Run, perform, time_of
from yinuo.catalogue.schema import ActShape, ScenarioShape
from yinuo.core.case import CaseState
from yinuo.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Step:
    """`act` None is the submission. `state` is the case afterwards, None while there is none."""

    at: datetime
    act: ActShape | None
    refusal: Refusal | None
    state: CaseState | None


def trace(run: Run, scenario: ScenarioShape) -> list[Step]:
    """Every step that the scenario takes, up to the first that goes otherwise than it expects."""
    start = time_of(scenario.start)
    state = run.submit(scenario.answers, run.uploads(scenario.answers, tuple(scenario.without)), start)
    if isinstance(state, Refusal):
        return [Step(start, None, state, None)]
    steps = [Step(start, None, None, state)]
    for act in scenario.events:
        result = perform(run, state, act)
        refusal = result if isinstance(result, Refusal) else None
        state = state if isinstance(result, Refusal) else result
        steps.append(Step(time_of(act.at), act, refusal, state))
        if (refusal is not None) != (act.refused is not None):
            break
    return steps
