"""Events: what happened to a case, by whom and when. Append-only; everything else is derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

Payload = Mapping[str, object]


EVERY_ITEM = "*"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `posts` are (post, unit) pairs; a supervising post is listed for every unit below it.

    `acts_for` are (principal, item) pairs: for whom an applicant may act now, and in what; `EVERY_ITEM`
    where the mandate names no items.

    `deputy` are (post, unit, principal) triples: which of the posts are held only for somebody absent, and
    for whom. `besides` are posts that are held and do not count for the act in question.
    """

    id: str
    role: str  # applicant | staff | system
    posts: frozenset[tuple[str, str]] = frozenset()
    acts_for: frozenset[tuple[str, str]] = frozenset()
    deputy: frozenset[tuple[str, str, str]] = frozenset()
    besides: frozenset[tuple[str, str]] = frozenset()

    def with_only(self, posts: frozenset[tuple[str, str]]) -> Actor:
        """The same person, of whose posts only these count."""
        return replace(self, posts=posts, besides=(self.posts | self.besides) - posts)

    def holds(self, post: str, unit: str) -> bool:
        return (post, unit) in self.posts

    def stands_for(self, principal: str, item: str) -> bool:
        """Whether they may act for somebody else (民法典第一百六十五条: only in what the mandate says)."""
        return (principal, item) in self.acts_for or (principal, EVERY_ITEM) in self.acts_for

    def works_in(self, unit: str) -> bool:
        return any(there == unit for _, there in self.posts)


SYSTEM = Actor("system", "system")


@dataclass(frozen=True, slots=True)
class Event:
    """`payload` is JSON: plain maps, lists, strings, numbers, booleans and null."""

    seq: int
    kind: str
    at: datetime
    actor: str
    role: str
    payload: Payload
