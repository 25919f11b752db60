"""Who may see a rating when: whoever had the case learns of it only once it counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time

from django.db.models import Exists, OuterRef, Q

from yinuo.apps.cases.models import CaseEvent
from yinuo.apps.cases.queries import Opened
from yinuo.apps.people.queries import SUPERVISING
from yinuo.core.case import Actor, Event
from yinuo.core.case.rules.rating import BAD
from yinuo.core.clock import SHANGHAI, day_of
from yinuo.core.promise import REMEDY, Promise

OF_A_RATING = (*REMEDY, "appeal")  # the promises that tell that there is a bad one
TELLING = frozenset(
    (
        "rated",
        "rating-verified",
        "rating-answered",
        "put-right",
        "called-back",
        "rating-appealed",
        "appeal-decided",
    )
)


def hidden_visits(found: Opened, who: Actor, now: datetime) -> frozenset[int]:
    """The visits (0: the whole case) whose rating `who`, a member of staff, may not see yet.

    A rating counts from the day after it was given; nobody rates freely while the clerk reads along. Until
    then only those see it who lead or supervise the unit and never had the case, and whoever owes the remedy.
    """
    above = any(who.holds(post, found.state.unit) for post in SUPERVISING)
    if above and not found.state.has_worked(who.id):
        return frozenset()
    fresh = {int(str(e.payload["visit"])) for e in found.events if e.kind == "rated" and _is_fresh(e, now)}
    return frozenset(visit for visit in fresh if not _owes_remedy(found, who, visit))


def unread_by(person: str, now: datetime) -> Q:
    """The cases with a rating of today that `person` may not read of yet, for lists that would tell of it."""
    today = datetime.combine(day_of(now), time(), SHANGHAI)
    rated = CaseEvent.objects.filter(case=OuterRef("pk"), kind="rated", at__gte=today)
    handled = CaseEvent.objects.filter(case=OuterRef("pk"), actor=person)
    return Q(Exists(rated), Exists(handled))


def _is_fresh(event: Event, now: datetime) -> bool:
    return day_of(now) <= day_of(event.at)


def _owes_remedy(found: Opened, who: Actor, visit: int) -> bool:
    """The leader, who has to find out what lies behind a bad rating within a day."""
    return found.state.ratings[visit]["level"] in BAD and who.holds("leader", found.state.unit)


def is_told(event: Event, hidden: Collection[int]) -> bool:
    """Whether an event may be read by somebody from whom the ratings of these visits are hidden."""
    return event.kind not in TELLING or int(str(event.payload["visit"])) not in hidden


def is_shown(promise: Promise, hidden: Collection[int]) -> bool:
    """The same of a promise: what is owed for a bad rating tells of it."""
    return promise.key not in OF_A_RATING or int(promise.about) not in hidden
