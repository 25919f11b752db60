"""What time itself does: whatever comes due, warnings, reminders, the seal of the day, the lot, erasing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yinuo.apps.access.actions.forget_sessions import forget_sessions
from yinuo.apps.cases.actions.draw import draw
from yinuo.apps.cases.actions.pass_time import pass_time
from yinuo.apps.cases.actions.warn import warn
from yinuo.apps.cases.queries import touched_by_time
from yinuo.apps.ledger.actions.seal import seal_until
from yinuo.apps.limits.actions.clean import clean
from yinuo.apps.looks.actions.report import report
from yinuo.apps.notices.actions.remind import remind
from yinuo.apps.rights.actions.erase_due import erase_due


@dataclass(frozen=True, slots=True)
class Ticked:
    """How much one tick did: cases that time changed, rungs reached, reminders, days sealed, cases drawn,
    counts of visits and sessions thrown away, and things erased because their time of keeping was over."""

    changed: int
    rungs: int
    reminders: int
    sealed: int
    drawn: int
    forgotten: int
    erased: int


def tick(now: datetime) -> Ticked:
    """Let the clock act on everything that it may touch. Safe to repeat, and by two processes at once.

    What time itself settles comes first, late as it is; then everybody is told what is broken.
    """
    changed = sum(pass_time(pk, now) for pk in touched_by_time(now))
    told = warn(now), remind(now) + report(now)
    forgotten = clean(now) + forget_sessions(now)
    return Ticked(changed, *told, seal_until(now), draw(now), forgotten, erase_due(now))
