"""How a sending went, and the name under which the other side knows a message."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Outcome:
    """`later`: it certainly did not go out, and may when tried again. `dead`: it never will like this.
    `unsure`: nobody can know. `error`: a code such as `smtp-550`, `http-400`, `timeout`, `connection`."""

    how: Literal["sent", "later", "dead", "unsure"]
    error: str = ""


SENT = Outcome("sent")


def identity(key: str) -> str:
    """The same for every try of a notice; tells an outsider nothing about case or person."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
