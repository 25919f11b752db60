"""The chain over a case's events: each hash covers the one before, so nothing changes unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC

from yinuo.core.case.events import Event

EMPTY = hashlib.sha256(b"").hexdigest()


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def text(before: str, case: str, event: Event) -> bytes:
    """What is hashed: the hash before, the case number and the event as one canonical array."""
    facts = [
        before,
        case,
        event.seq,
        event.kind,
        event.at.astimezone(UTC).isoformat(),
        event.actor,
        event.role,
        event.payload,
    ]
    return canonical(facts)


def digest(before: str, case: str, event: Event) -> str:
    """SHA-256 of the event's text."""
    return hashlib.sha256(text(before, case, event)).hexdigest()


def first_break(case: str, chained: Iterable[tuple[Event, str]]) -> int | None:
    """The `seq` of the first event that its stored hash does not fit, or None when the chain holds."""
    before = EMPTY
    for expected, (event, stored) in enumerate(chained, start=1):
        if event.seq != expected or digest(before, case, event) != stored:
            return event.seq
        before = stored
    return None
