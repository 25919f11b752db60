"""What time itself does: whatever comes due, warnings, reminders, the seal of the day, the lot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yinuo.apps.cases.actions.draw import draw
from yinuo.apps.cases.actions.pass_time import pass_time
from yinuo.apps.cases.actions.warn import warn
from yinuo.apps.cases.queries import touched_by_time
from yinuo.apps.ledger.actions.seal import seal_until
from yinuo.apps.notices.actions.remind import remind


@dataclass(frozen=True, slots=True)
class Ticked:
    """How much one tick did: cases that time changed, rungs reached, reminders, days sealed, cases drawn."""

    changed: int
    rungs: int
    reminders: int
    sealed: int
    drawn: int


def tick(now: datetime) -> Ticked:
    """Let the clock act on everything that it may touch. Safe to repeat, and by two processes at once.

    What time itself settles comes first, late as it is; then everybody is told what is broken.
    """
    changed = sum(pass_time(pk, now) for pk in touched_by_time(now))
    return Ticked(changed, warn(now), remind(now), seal_until(now), draw(now))
