"""What is owed beside the service itself: answers, hand-overs, remedies, calls; also in closed cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from yinuo.apps.cases.disclosure import OF_A_RATING, hidden_visits
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened, visible_to
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import actor
from yinuo.apps.promises.models import PromiseRow
from yinuo.apps.promises.queries import open_of
from yinuo.core.case import Actor
from yinuo.core.clock import day_of

SMALL = ("hand-over", "extension", "urge", "supervision", "card", *OF_A_RATING, "follow-up")


@dataclass(frozen=True, slots=True)
class Owed:
    row: PromiseRow
    case: Case


def owed(person: Person, now: datetime) -> list[Owed]:
    """What the units of a member of staff owe now, the next due first."""
    who = actor(person, catalogue().city, day_of(now))
    units = {unit for _, unit in who.posts}
    seen = visible_to(person, day_of(now))
    rows = list(open_of(units, SMALL).filter(case__in=seen.values("number")))
    cases = seen.select_related("applicant").in_bulk({row.case for row in rows}, field_name="number")
    return list(_shown([Owed(row, cases[row.case]) for row in rows], who, now))


def _shown(found: list[Owed], who: Actor, now: datetime) -> Iterator[Owed]:
    """Without what would tell of a rating before its time; only what began today can."""
    for one in found:
        fresh = one.row.key in OF_A_RATING and day_of(one.row.started_at) >= day_of(now)
        if fresh and int(one.row.about) in hidden_visits(opened(one.case, now), who, now):
            continue
        yield one
