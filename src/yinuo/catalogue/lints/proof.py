"""Scenarios: enough of them, and each shows something."""

from __future__ import annotations

from collections.abc import Iterator

from yinuo.catalogue.lints.problem import Problem
from yinuo.catalogue.loading import Catalogue, Entry
from yinuo.catalogue.schema import ScenarioShape


def scenarios_are_enough(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    shown = [scenario.shows for scenario in entry.shape.scenarios]
    if "happy" not in shown or "particular" not in shown:
        yield ("scenarios",), "there must be a happy scenario and one that shows what is particular"
    for n, scenario in enumerate(entry.shape.scenarios):
        yield from ((("scenarios", n, *path), message) for path, message in _shown_by(scenario))
        if scenario.expect.stage is None and scenario.expect.refused is None:
            yield ("scenarios", n, "expect"), "must expect a stage or a refusal"
        if scenario.name in [other.name for other in entry.shape.scenarios[:n]]:
            yield ("scenarios", n, "name"), "stands twice"


def _shown_by(scenario: ScenarioShape) -> Iterator[Problem]:
    """A happy scenario tells the whole of what an applicant meets; another one at least something."""
    expect = scenario.expect
    asks = bool(expect.asked or expect.not_asked)
    if scenario.shows == "happy":
        if not scenario.events:
            yield ("events",), "a happy scenario goes to its end"
        if "decide" not in expect.due:
            yield ("expect",), "a happy scenario says when the decision is due"
        if expect.needed is None:
            yield ("expect",), "a happy scenario says which materials are needed"
        if not asks:
            yield ("expect",), "a happy scenario says what is asked or not asked"
        return
    refusals = expect.refused or any(act.refused for act in scenario.events)
    if not (refusals or expect.due or expect.statutory_due or expect.colour or expect.needed or asks):
        yield (
            ("expect",),
            "shows nothing that is particular: expect a due date, a colour, a question, a refusal",
        )
