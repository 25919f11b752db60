"""`retention.yaml` of a city: how long what is kept, by what law, and where a record is corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from yinuo.catalogue.reader import Path_
from yinuo.catalogue.schema import GroundShape, Key, Shape, TextShape
from yinuo.core.form import Text
from yinuo.core.item import Ground
from yinuo.core.retention import Matter, Rule, Span, rule_for

SHORTEST_CASE = 30  # days; a case that goes sooner could still be appealed, urged and drawn for a call
FOREVER = "forever"


def parse_span(value: object) -> Span | None:
    """`10y`, `18mo`, `90d`; `forever` is None."""
    span = Span.parse(value) if isinstance(value, str) else None
    if span is None and value != FOREVER:
        raise ValueError(f"{value} is no length of time: write 10y, 18mo, 90d or forever")
    return span


SPAN_SCHEMA = {"type": "string", "pattern": "^(forever|[1-9][0-9]{0,3}(y|mo|d))$"}
SpanShape = Annotated[Any, BeforeValidator(parse_span), WithJsonSchema(SPAN_SCHEMA)]


class RuleShape(Shape):
    key: Key
    kind: Literal["case", "draft", "upload", "notice", "look", "entry", "mandate", "account"]
    keep: SpanShape
    ground: GroundShape | None
    confidence: Literal["high", "medium", "low", "preset"]
    why: TextShape
    outcomes: list[Literal["granted", "denied", "refused", "transferred", "withdrawn", "lapsed"]] = Field(
        default_factory=list
    )
    items: list[Key] = Field(default_factory=list)
    kinds: list[str] = Field(default_factory=list)
    branches: list[Key] = Field(default_factory=list)


class RetentionShape(Shape):
    rules: list[RuleShape] = Field(min_length=1)
    corrections: list[Key]


@dataclass(frozen=True, slots=True)
class Retention:
    """All that a city decided about keeping and erasing. `corrections`: the items by which a record that is
    closed is corrected, the one for everything first."""

    rules: tuple[Rule, ...] = ()
    corrections: tuple[str, ...] = ()

    def of(self, kind: str, matter: Matter | None = None) -> Rule | None:
        return rule_for(self.rules, kind, matter)

    def all_of(self, kind: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.kind == kind)


NO_RETENTION = Retention()


def retention_from(shape: RetentionShape) -> Retention:
    return Retention(tuple(map(_rule, shape.rules)), tuple(shape.corrections))


def _rule(shape: RuleShape) -> Rule:
    return Rule(
        key=shape.key,
        kind=shape.kind,
        span=shape.keep,
        ground=Ground(shape.ground.law, shape.ground.article) if shape.ground else None,
        confidence=shape.confidence,
        why=Text(shape.why.zh, shape.why.en),
        outcomes=frozenset(shape.outcomes),
        items=frozenset(shape.items),
        kinds=frozenset(shape.kinds),
        branches=frozenset(shape.branches),
    )


def retention_problems(shape: RetentionShape) -> Iterator[tuple[Path_, str]]:
    """What the shape cannot say: rules that nothing reaches, conditions where there is nothing to ask."""
    rules = [_rule(one) for one in shape.rules]
    for n, rule in enumerate(rules):
        before = rules[:n]
        if rule.key in [one.key for one in before]:
            yield ("rules", n, "key"), f"{rule.key} stands twice"
        if any(one.kind == rule.kind and one.is_for_everything for one in before):
            yield ("rules", n), f"is never reached: a rule for every {rule.kind} stands before it"
        yield from ((("rules", n, *path), message) for path, message in _rule_problems(rule))
    yield from _without_an_end(rules)


def _rule_problems(rule: Rule) -> Iterator[tuple[Path_, str]]:
    if rule.kind != "case" and not rule.is_for_everything:
        yield ("kind",), f"only cases have outcomes and items, a {rule.kind} has none"
    short = rule.span is not None and rule.span.unit == "d" and rule.span.amount < SHORTEST_CASE
    if rule.kind == "case" and short:
        yield ("keep",), f"a case is kept for {SHORTEST_CASE} days at least"
    if rule.ground is None and rule.confidence != "preset":
        yield ("confidence",), "without a ground it is a preset"


def _without_an_end(rules: list[Rule]) -> Iterator[tuple[Path_, str]]:
    """The last rule of a kind fits whatever the others left."""
    for kind in dict.fromkeys(rule.kind for rule in rules):
        last = max(n for n, rule in enumerate(rules) if rule.kind == kind)
        if not rules[last].is_for_everything:
            yield ("rules", last), f"the last rule for a {kind} must fit everything"
