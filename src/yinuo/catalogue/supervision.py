"""`supervision.yaml` of a city: when clocks turn yellow, who is told when, small limits, reasons to rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from yinuo.catalogue.reader import Path_
from yinuo.catalogue.schema import Key, LimitShape, Shape, TextShape
from yinuo.core.clock import Limit
from yinuo.core.duties import Duties
from yinuo.core.form import Text
from yinuo.core.promise import KEYS, Threshold
from yinuo.core.supervision import DEFAULT, ColourRule, Rung, Supervision

RungName = Annotated[str, StringConstraints(pattern=r"^(half|yellow|last-day|broken(-[1-9][0-9]{0,2})?)$")]
Count = Annotated[int, Field(ge=1, le=100)]


class ColourShape(Shape):
    third_of_budget: Count
    working_days_left: Annotated[int, Field(ge=0)]
    keys: list[Key] = Field(default_factory=list)
    items: list[Key] = Field(default_factory=list)
    units: list[Key] = Field(default_factory=list)


class RungShape(Shape):
    rung: RungName
    tell: list[Literal["person", "leader", "above", "supervisor"]] = Field(min_length=1)
    keys: list[Key] = Field(default_factory=list)
    card: Literal["yellow", "red"] | None = None


class ReasonShape(Shape):
    key: Key
    label: TextShape
    bad: bool


class SampleShape(Shape):
    """How many of the cases closed in a month are called: one in `one_in`, at least and at most so many."""

    one_in: Count
    least: Count
    most: Annotated[int, Field(ge=1, le=10_000)]


class SupervisionShape(Shape):
    colours: list[ColourShape] = Field(min_length=1)
    rungs: list[RungShape] = Field(min_length=1)
    limits: dict[Key, LimitShape]
    step_share: Count = 3
    most_urges: Count = 5
    rating_reasons: list[ReasonShape] = Field(min_length=1)
    follow_up: SampleShape


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody rated so: `bad` goes with the two lowest levels, the others with the rest."""

    key: str
    label: Text
    bad: bool


@dataclass(frozen=True, slots=True)
class Sample:
    one_in: int
    least: int
    most: int

    def size(self, closed: int) -> int:
        return min(max(closed // self.one_in, self.least), self.most, closed)


@dataclass(frozen=True, slots=True)
class Rules:
    """All that a city decided about keeping its promises."""

    supervision: Supervision = DEFAULT
    reasons: tuple[Reason, ...] = ()
    follow_up: Sample = Sample(20, 5, 200)


NO_RULES = Rules()


def rules_from(shape: SupervisionShape) -> Rules:
    colours = tuple(
        ColourRule(
            Threshold(one.third_of_budget, one.working_days_left),
            frozenset(one.keys),
            frozenset(one.items),
            frozenset(one.units),
        )
        for one in shape.colours
    )
    rungs = tuple(Rung(one.rung, tuple(one.tell), frozenset(one.keys), one.card) for one in shape.rungs)
    reasons = tuple(Reason(r.key, Text(r.label.zh, r.label.en), r.bad) for r in shape.rating_reasons)
    sample = Sample(shape.follow_up.one_in, shape.follow_up.least, shape.follow_up.most)
    return Rules(Supervision(colours, rungs, _duties(shape)), reasons, sample)


def _duties(shape: SupervisionShape) -> Duties:
    limits = {key.replace("-", "_"): limit for key, limit in shape.limits.items()}
    known = {key: limit for key, limit in limits.items() if key in SMALL}
    return Duties(**known, step_share=shape.step_share, most_urges=shape.most_urges)


SMALL = frozenset(field.name for field in fields(Duties) if field.default.__class__ is Limit)


def rule_problems(shape: SupervisionShape) -> Iterator[tuple[Path_, str]]:
    """What the shape cannot say: unknown kinds of promise and limits, rules that nothing ever reaches."""
    yield from _unknown_keys(shape)
    last = shape.colours[-1]
    if last.keys or last.items or last.units:
        yield ("colours", len(shape.colours) - 1), "the last rule must fit everything"
    keys = [reason.key for reason in shape.rating_reasons]
    for n, key in enumerate(keys):
        if key in keys[:n]:
            yield ("rating_reasons", n, "key"), f"{key} stands twice"


def _unknown_keys(shape: SupervisionShape) -> Iterator[tuple[Path_, str]]:
    used = [(("colours", n), rule.keys) for n, rule in enumerate(shape.colours)]
    used += [(("rungs", n), rule.keys) for n, rule in enumerate(shape.rungs)]
    for place, names in used:
        for key in names:
            if key not in KEYS:
                yield (*place, "keys"), f"there is no promise {key}: they are {', '.join(KEYS)}"
    for key in shape.limits:
        if key.replace("-", "_") not in SMALL:
            yield ("limits", key), f"there is no such limit: they are {', '.join(sorted(SMALL))}"
