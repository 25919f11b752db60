"""Rules of keeping for tests, in the place of those of the city."""

from __future__ import annotations

import pytest

from yinuo.apps.items.queries import catalogue
from yinuo.catalogue.retention import Retention
from yinuo.core.form import Text
from yinuo.core.item import Ground
from yinuo.core.retention import Rule, Span

WHY = Text("试一试", "a try")
LAW = Ground("archives-law", "第十三条")


def rule(key: str, kind: str, keep: str, **narrowed: frozenset[str]) -> Rule:
    return Rule(key, kind, Span.parse(keep), LAW, "preset", WHY, **narrowed)


def keep_by(monkeypatch: pytest.MonkeyPatch, *rules: Rule, corrections: tuple[str, ...] = ()) -> None:
    """The catalogue in service has these rules and no others until the test is over."""
    monkeypatch.setattr(catalogue(), "retention", Retention(rules, corrections))
