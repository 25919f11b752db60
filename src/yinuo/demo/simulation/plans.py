"""What will happen to one case, drawn when it is handed in: by chance, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from yinuo.core.case.rules.rating import LEVELS

# A year like any other: most is simple, some goes wrong. Shares of the cases that the thing fits.
SUPPLEMENT, REFUSED, TRANSFERRED, FORWARDED = 0.12, 0.02, 0.006, 0.015
DENIED, PAUSED, EXTENDED, RETURNED, WITHDRAWN, HANDED_OVER = 0.03, 0.35, 0.06, 0.03, 0.02, 0.03
URGED, RATED, SAID, REVOKED, NEVER_ANSWERED, APPEALED = 0.04, 0.4, 0.05, 0.003, 0.12, 0.15
WEIGHTS = (70, 19, 6, 3, 2)  # of the five levels
LATE_WEIGHTS = (20, 22, 20, 22, 16)  # of whoever waited longer than promised


@dataclass(slots=True)
class Plan:
    """What happens to a case, and from which day of the simulation on somebody may go on with it."""

    supplement: bool
    answers_after: int | None  # working days; None: the notice is never answered
    refused: bool
    transferred: bool
    forwarded: bool
    denied: bool
    paused: int | None  # working days that the special procedure takes
    extended: bool
    returned: bool
    handed_over: bool
    withdrawn_after: int | None
    urged_after: int | None
    rated_after: int | None
    idle_until: int = 0
    age: int = 0  # working days since it was handed in

    def is_idle(self, day: int) -> bool:
        return day < self.idle_until


def plan(rng: Random) -> Plan:
    def happens(share: float) -> bool:
        return rng.random() < share

    return Plan(
        supplement=happens(SUPPLEMENT),
        answers_after=None if happens(NEVER_ANSWERED) else rng.choice((0, 1, 1, 2, 3, 5, 9)),
        refused=happens(REFUSED),
        transferred=happens(TRANSFERRED),
        forwarded=happens(FORWARDED),
        denied=happens(DENIED),
        paused=rng.choice((2, 4, 6, 9, 14, 40)) if happens(PAUSED) else None,
        extended=happens(EXTENDED),
        returned=happens(RETURNED),
        handed_over=happens(HANDED_OVER),
        withdrawn_after=rng.choice((1, 2, 4)) if happens(WITHDRAWN) else None,
        urged_after=rng.choice((2, 3, 5)) if happens(URGED) else None,
        rated_after=rng.choice((0, 0, 1, 2, 6)) if happens(RATED) else None,
    )


def level(rng: Random, *, late: bool) -> int:
    """How satisfied somebody is: waiting longer than promised does not make it better."""
    return rng.choices(LEVELS, LATE_WEIGHTS if late else WEIGHTS)[0]
