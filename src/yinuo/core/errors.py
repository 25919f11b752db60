"""How the core says no: an expected "no" is a value, an exception is a bug."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule said no. `code` is stable and kebab-case; the web maps it to words.

    `fields` names what is wrong, field key -> code; `facts` are values that the message shows.
    """

    code: str
    fields: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
