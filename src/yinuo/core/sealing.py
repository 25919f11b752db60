"""The statement of a sealed day: the root over its events, chained to the day before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from yinuo.core.ledger import EMPTY, canonical
from yinuo.core.merkle import inclusion, root

SCHEMA = "yinuo-root/1"
FIRST = EMPTY  # what the first day of all names as the one before it
KEYS = ("before", "day", "root", "schema", "signed_at", "size")


@dataclass(frozen=True, slots=True)
class Statement:
    """root: of the day's events. before: hash of the statement of the day before. Both hexadecimal."""

    day: date
    size: int
    root: str
    before: str
    signed_at: datetime

    @property
    def text(self) -> str:
        """What is signed: canonical JSON, the moment in UTC."""
        facts = {
            "schema": SCHEMA,
            "day": self.day.isoformat(),
            "size": self.size,
            "root": self.root,
            "before": self.before,
            "signed_at": self.signed_at.astimezone(UTC).isoformat(),
        }
        return canonical(facts).decode()

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def statement_of(text: str) -> Statement:
    """The statement that was written so. Raises ValueError for any other text."""
    try:
        facts = json.loads(text)
        made = Statement(
            date.fromisoformat(facts["day"]),
            facts["size"],
            facts["root"],
            facts["before"],
            datetime.fromisoformat(facts["signed_at"]),
        )
        if made.text == text:
            return made
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise ValueError("not a statement") from error
    raise ValueError("not a statement")


def root_of(hashes: Sequence[str]) -> str:
    """The root over the hashes of events; a leaf is the 64 hexadecimal digits as they are written."""
    return root(_leaves(hashes)).hex()


def proof_of(hashes: Sequence[str], index: int) -> list[str]:
    return [one.hex() for one in inclusion(_leaves(hashes), index)]


def _leaves(hashes: Sequence[str]) -> list[bytes]:
    return [one.encode() for one in hashes]
