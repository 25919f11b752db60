"""Events: what happened to a case, by whom and when. Append-only; everything else is derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Payload = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `posts` are (post, unit) pairs; a supervising post is listed for every unit below it."""

    id: str
    role: str  # applicant | staff | system
    posts: frozenset[tuple[str, str]] = frozenset()

    def holds(self, post: str, unit: str) -> bool:
        return (post, unit) in self.posts

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
