"""How long what is kept (个人信息保护法第十九条: the shortest time that the purpose needs)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from yinuo.core.clock import add_months
from yinuo.core.form import Text
from yinuo.core.item import Ground

KINDS = ("case", "draft", "upload", "notice", "look", "entry", "mandate", "account")
OUTCOMES = ("granted", "denied", "refused", "transferred", "withdrawn", "lapsed")
# How sure it is that the law asks for just this long: read in the law, known with some or little doubt, or
# the city's own figure, which an office changes.
CONFIDENCE = ("high", "medium", "low", "preset")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: whole years, months or days."""

    amount: int
    unit: str  # y | mo | d

    @classmethod
    def parse(cls, text: str) -> Span | None:
        """`10y`, `18mo` or `90d`; None where it is none of these."""
        found = re.fullmatch(r"([1-9][0-9]{0,3})(y|mo|d)", text)
        return cls(int(found[1]), found[2]) if found else None

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    def after(self, day: date) -> date:
        """The last day on which it is kept."""
        if self.unit == "d":
            return day + timedelta(days=self.amount)
        return add_months(day, self.amount * (12 if self.unit == "y" else 1))

    def over_before(self, today: date) -> date:
        """The last day since which it was kept long enough: what began then or earlier has to go today."""
        since = today - timedelta(days=self.amount) if self.unit == "d" else self._months_before(today)
        while self.after(since) >= today:
            since -= timedelta(days=1)
        return since

    def _months_before(self, today: date) -> date:
        """Near enough; months have several lengths, and never too early."""
        return add_months(today, -self.amount * (12 if self.unit == "y" else 1)) + timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a rule for cases may ask of one."""

    outcome: str  # one of OUTCOMES
    item: str
    kind: str  # 事项类型
    branch: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What is kept how long and why. `span` None: for ever. `ground` None: no law says so, the city does.

    The rules of a kind are asked in their order, and the first that fits counts; an empty condition fits
    everything.
    """

    key: str
    kind: str  # one of KINDS
    span: Span | None
    ground: Ground | None
    confidence: str  # one of CONFIDENCE
    why: Text
    outcomes: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    branches: frozenset[str] = frozenset()

    def fits(self, matter: Matter) -> bool:
        asked = (
            (self.outcomes, matter.outcome),
            (self.items, matter.item),
            (self.kinds, matter.kind),
            (self.branches, matter.branch),
        )
        return all(not wanted or is_ in wanted for wanted, is_ in asked)

    @property
    def is_for_everything(self) -> bool:
        return not (self.outcomes or self.items or self.kinds or self.branches)

    def kept_until(self, since: date) -> date | None:
        """The last day on which it is kept; None for ever."""
        return self.span.after(since) if self.span is not None else None

    def is_due(self, since: date, today: date) -> bool:
        """Whether it has to go: the day after its last day."""
        last = self.kept_until(since)
        return last is not None and last < today


def rule_for(rules: Iterable[Rule], kind: str, matter: Matter | None = None) -> Rule | None:
    """The rule that counts; None where there is none, and then nothing is ever erased."""
    for rule in rules:
        if rule.kind == kind and (matter is None or rule.fits(matter)):
            return rule
    return None
