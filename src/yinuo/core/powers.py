"""Which posts may do what: a city declares it, and a rule only ever sees the posts that count for its act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# What is done at the desk beside the acts of a case.
BESIDE = (
    "read-cases",
    "read-figures",
    "export",
    "undelivered",
    "break-glass",
    "review-looks",
    "legal-hold",
    "confirm-organisation",
    "publish",
    "manage-people",
)


@dataclass(frozen=True, slots=True)
class Powers:
    """Action -> the posts that may do it; what is not named nobody may do."""

    posts: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, action: str) -> frozenset[str]:
        return self.posts.get(action, frozenset())

    def actions(self, post: str) -> frozenset[str]:
        return frozenset(action for action, posts in self.posts.items() if post in posts)
