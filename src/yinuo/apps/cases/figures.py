"""The public figures, each counted from the promises themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yinuo.apps.cases.models import Case
from yinuo.apps.promises.queries import ended, kept
from yinuo.core.calendar import Calendar
from yinuo.core.clock import day_of
from yinuo.core.receipt import moment


@dataclass(frozen=True, slots=True)
class Figures:
    """This year's decisions: `rate` and `average` are None while nothing has been decided.

    decided: promises to decide that ended, withdrawn ones left out. kept: of these, in time by the
    promised limit. average: working days from the trigger to the decision, pauses taken out.
    rated: ratings given; satisfied: levels 1 to 3 of 5.
    """

    since: date
    decided: int
    kept: int
    average: float | None
    rated: int
    satisfied: int

    @property
    def late(self) -> int:
        return self.decided - self.kept

    @property
    def rate(self) -> float | None:
        return self.kept / self.decided * 100 if self.decided else None


def figures(calendar: Calendar, today: date) -> Figures:
    since = date(today.year, 1, 1)
    decisions = ended().filter(ended_at__date__gte=since)
    days = [_working_days(row.facts, row.ended_at, calendar) for row in decisions.iterator()]
    ratings = Case.objects.filter(rating__isnull=False, changed_at__date__gte=since)
    return Figures(
        since=since,
        decided=len(days),
        kept=kept().filter(ended_at__date__gte=since).count(),
        average=sum(days) / len(days) if days else None,
        rated=ratings.count(),
        satisfied=ratings.filter(rating__lte=3).count(),
    )


def _working_days(facts: dict, ended_at: object, calendar: Calendar) -> int:  # type: ignore[type-arg]
    start, end = day_of(moment(facts["start"])), day_of(ended_at)  # type: ignore[arg-type]
    total = calendar.working_days(start, end)
    for pause in facts["pauses"]:
        total -= calendar.working_days(day_of(moment(pause["from"])), day_of(moment(pause["to"])))
    return max(total, 0)
