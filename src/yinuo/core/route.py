"""Routes: the few certified ways that a case can take. Steps name posts, never persons."""

from __future__ import annotations

from dataclasses import dataclass

from yinuo.core.clock import Limit
from yinuo.core.form import Text

POSTS = ("window", "reviewer", "inspector", "approver", "leader", "supervisor", "editor", "administrator")


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    name: Text
    post: str
    limit: Limit | None = None  # None: its share of the limit to decide


@dataclass(frozen=True, slots=True)
class Route:
    """accept → steps → decide → issue → deliver. `issues` false: the answer itself ends the case."""

    id: str
    name: Text
    about: Text
    steps: tuple[Step, ...]
    accept_post: str
    decide_post: str
    issue_post: str
    extend_post: str  # who may approve an extension
    four_eyes: bool
    deniable: bool
    issues: bool
    granted: Text  # the word for the good outcome: 准予, 已备案, 已答复 …
    denied: Text
    remedies: tuple[Text, ...]  # what a refused or denied applicant can do, with its time limit
    anonymous: bool = False

    def step(self, index: int) -> Step | None:
        """The middle step at `index`, or None when only the decision is left."""
        return self.steps[index] if index < len(self.steps) else None
