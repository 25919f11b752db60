"""The figures from the tables: counted by the database, with the cases behind each number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet

from yinuo.apps.cases.models import Case, CaseEvent
from yinuo.apps.cases.queries import counted_for
from yinuo.apps.items.queries import catalogue, edition
from yinuo.apps.people.queries import units_of
from yinuo.apps.promises import figures as promises
from yinuo.apps.promises.days import ShanghaiMonth
from yinuo.apps.promises.models import PromiseRow
from yinuo.catalogue.loading import Catalogue
from yinuo.core.case import Stage
from yinuo.core.clock import day_of, end_of_day, instant
from yinuo.core.figures import Period, Tally, View

GROUPS = {"unit": "unit", "item": "item", "person": "owner"}
BY = ("unit", "branch", "item", "person", "all")
OPEN = Q(ended_at__isnull=True) & ~Q(stage=Stage.DELIVERED.value)
STANDING = ("due-today", "yellow", "red", "violation")


@dataclass(frozen=True, slots=True)
class Scope:
    """The cases that are counted, and the units that have them."""

    cases: QuerySet[Case]
    units: frozenset[str]

    def within(self, units: Iterable[str]) -> Scope:
        """Only those of some units."""
        narrower = self.units & frozenset(units)
        return Scope(self.cases.filter(unit__in=narrower), narrower)

    @property
    def asked(self) -> frozenset[str] | None:
        """The units as a condition: None where it would only name them all."""
        return None if self.units >= frozenset(catalogue().city.units) else self.units

    @property
    def owed(self) -> QuerySet[PromiseRow]:
        return promises.office(self.asked)


def seen_by(person: Any, today: date) -> Scope:
    """What a member of staff may see figures of: the cases that they may see and that their units have, with
    those that were erased since."""
    units = frozenset(units_of(person, catalogue().city, today))
    return Scope(counted_for(person, today), units).within(units)


def everything() -> Scope:
    """For figures that name no case and no person."""
    return Scope(Case.objects.all(), frozenset(catalogue().city.units))


def view_of(period: Period, now: datetime) -> View:
    """With the calendar and the colours of the catalogue in service."""
    served = catalogue()
    return View(period, now, served.calendar, served.rules.supervision)


def taken_out(cases: QuerySet[Case]) -> promises.Visits:
    """The ratings that count no more, since another unit upheld an appeal against them."""
    appealed = PromiseRow.objects.filter(key="appeal", ended_at__isnull=False, is_void=False).values("case")
    upheld = CaseEvent.objects.filter(
        case__in=cases.filter(number__in=appealed), kind="appeal-decided", about__isnull=False
    )
    return frozenset((case, int(str(visit))) for case, visit in upheld.values_list("case__number", "about"))


def conditions(view: View, out: promises.Visits) -> dict[str, Q]:
    """Each count's key and condition on the case rows; how an open clock stands is in `promises.standing`."""
    received, ended = (promises.within(name, view.period) for name in ("received_at", "ended_at"))
    accepted, decided, rated = (
        promises.within(name, view.period) for name in ("accepted_at", "decided_at", "rated_at")
    )
    is_out = Q(number__in=[number for number, visit in out if visit == 0])
    closed = ended & Q(stage=Stage.CLOSED.value)
    return {
        "open": OPEN,
        "received": received,
        "supplemented": received & Q(notices__gte=1),
        "accepted": accepted,
        "deemed": accepted & Q(deemed=True),
        "decided": decided,
        "denied": decided & Q(granted=False),
        "refused": ended & Q(stage=Stage.REFUSED.value),
        "closed": closed,
        "closed-rated": closed & Q(rating__isnull=False),
        "rating-out": rated & is_out,
        **{f"rating-{level}": rated & Q(rating=level) & ~is_out for level in range(1, 6)},
    }


MOST_KEPT = 8
_kept: dict[tuple[object, ...], dict[str, Tally]] = {}


def tallies(scope: Scope, by: str, view: View) -> dict[str, Tally]:
    """The figures' counts for each group; `by` is one of BY. A group without anything is left out.

    Sorting, opening and downloading ask for the same again, so it is kept as long as `standing_at` stays.
    """
    key = (standing_at(view.now), scope.units, by, view.period)
    if key not in _kept:
        for old in list(_kept)[: max(len(_kept) - MOST_KEPT + 1, 0)]:
            _kept.pop(old, None)
        _kept[key] = _tallies(scope, by, view)
    return _kept[key]


def _tallies(scope: Scope, by: str, view: View) -> dict[str, Tally]:
    if by in ("branch", "all"):
        served = catalogue()
        return _merged(tallies(scope, "item", view), lambda item: group_of(item, by, served))
    out = taken_out(scope.cases)
    sums: dict[str, Tally] = defaultdict(Tally)
    for group, tally in promises.tallies(scope.owed, by, view, out).items():
        sums[group].add(tally)
    asked = conditions(view, out)
    column = GROUPS[by]
    named = {f"n{n}": Count("pk", filter=one) for n, one in enumerate(asked.values())}
    for row in scope.cases.order_by().values(column).annotate(**named):
        sums[row[column]].counts.update({key: row[f"n{n}"] for n, key in enumerate(asked)})
    _stand(sums, scope, by, view)
    return {group: tally for group, tally in sums.items() if tally.plain() != Tally().plain()}


def _stand(sums: dict[str, Tally], scope: Scope, by: str, view: View) -> None:
    """How open cases stand; one whose clock does not run is stopped."""
    running: Counter[str] = Counter()
    for group, _case, words in promises.standing(scope.owed, by, view):
        running[group] += 1
        sums[group].counts.update(words)
    for group, tally in sums.items():
        tally.counts["stopped"] = tally.counts["open"] - running[group]


def group_of(item: str, by: str, served: Catalogue) -> str:
    """The branch of an item, or the one group of everything; an item out of service has no branch."""
    if by == "all":
        return "all"
    entry = served.items.get(item)
    return entry.branch if entry is not None else ""


def _merged(sums: Mapping[str, Tally], group: Any) -> dict[str, Tally]:
    merged: dict[str, Tally] = defaultdict(Tally)
    for key, tally in sums.items():
        merged[group(key)].add(tally)
    return dict(merged)


@dataclass(frozen=True, slots=True)
class Group:
    """Some groups of one kind, such as one unit, or the items of a branch."""

    by: str  # a key of GROUPS
    keys: tuple[str, ...]

    @property
    def of_cases(self) -> Q:
        return Q(**{f"{GROUPS[self.by]}__in": self.keys})

    @property
    def of_promises(self) -> Q:
        return Q(**{f"{promises.GROUPS[self.by]}__in": self.keys})


def behind(
    scope: Scope, view: View, asked: Iterable[str], without: Iterable[str] = (), group: Group | None = None
) -> QuerySet[Case]:
    """The cases that any of these counts counts for the group, and none of the others."""
    out = taken_out(scope.cases)
    of_cases, of_promises = conditions(view, out), promises.conditions(view, out)
    owed = scope.owed.filter(group.of_promises) if group else scope.owed
    own = group.of_cases if group else Q()
    wanted, not_wanted = list(asked), list(without)
    found = Q(pk__in=[])
    for key in wanted:
        if key in of_cases:
            found |= of_cases[key] & own
        elif key in (*STANDING, "stopped"):
            found |= _standing_cases(owed, key, view) & own
    chosen = [of_promises[key] for key in wanted if key in of_promises]
    if chosen:
        left_out = [of_promises[key] for key in not_wanted if key in of_promises]
        found |= Q(number__in=promises.cases_behind(owed, chosen, left_out))
    dropped = [of_cases[key] for key in not_wanted if key in of_cases]
    return scope.cases.filter(found).exclude(_any(dropped))


def _any(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for one in conditions:
        found |= one
    return found


def _standing_cases(owed: QuerySet[PromiseRow], key: str, view: View) -> Q:
    stand = list(promises.standing(owed, "unit", view))
    if key == "stopped":
        return OPEN & ~Q(number__in=[case for _, case, _ in stand])
    return Q(number__in=[case for _, case, words in stand if key in words])


def stopped_behind(scope: Scope, view: View, kind: str, ground: str) -> QuerySet[Case]:
    """The cases whose clock stood still for that reason."""
    stops = promises.stops(scope.owed, "unit", view)
    return scope.cases.filter(number__in={case for _, why, case, _ in stops if why == (kind, ground)})


@dataclass(frozen=True, slots=True)
class Broke:
    """A promise that was not kept: the day it was due, the day it was done (None: not yet), days late."""

    key: str
    item: str
    unit: str
    due_on: date
    done_on: date | None
    days: int


def broken_promises(scope: Scope, view: View) -> list[Broke]:
    """What was done late in the period, and what is late now; the latest due day first."""
    today, found = day_of(view.now), []
    for key, item, unit, due_on, done_on in promises.broken(scope.owed, view):
        found.append(Broke(key, item, unit, due_on, done_on, ((done_on or today) - due_on).days))
    return found


def sizes(scope: Scope, view: View) -> Counter[tuple[str, str]]:
    """(item, unit) -> how many cases there were in the period, begun earlier or in it."""
    cases = scope.cases.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=instant(view.period.first)),
        received_at__lt=end_of_day(view.period.last),
    )
    counted = cases.order_by().values_list("item", "unit").annotate(n=Count("pk"))
    return Counter({(item, unit): n for item, unit, n in counted})


def rungs(scope: Scope, period: Period) -> Counter[str]:
    """How often which rung of warning was come to."""
    return promises.rungs(scope.asked, period)


def trend(scope: Scope, period: Period, now: datetime) -> dict[str, Tally]:
    """Month by month, `2026-10`: received, decided, in time, the days it took."""
    return _trend(standing_at(now), scope.asked, period)


def forget() -> None:
    """Count again at the next question."""
    _kept.clear()
    _trend.cache_clear()
    _decisions.cache_clear()


@dataclass(frozen=True, slots=True)
class StandingAt:
    """What counted numbers are kept for: a publication, the hash of the last event, and one minute.

    The hash changes whenever anything happens to a case, in whatever process. The minute ends also what no
    event tells of: clocks run, and tables are made anew by `yinuo rebuild`.
    """

    version: str
    latest: str | None
    minute: datetime


def standing_at(now: datetime) -> StandingAt:
    latest = CaseEvent.objects.order_by("-pk").values_list("hash", flat=True).first()
    return StandingAt(edition().version, latest, minute_of(now))


def minute_of(now: datetime) -> datetime:
    """The minute as of which numbers are told."""
    return now.replace(second=0, microsecond=0)


@lru_cache(maxsize=32)
def _trend(at: StandingAt, units: frozenset[str] | None, period: Period) -> dict[str, Tally]:
    """Four addresses of one page ask for it, so it is kept."""
    sums: dict[str, Tally] = defaultdict(Tally, promises.by_month(promises.office(units), period))
    received = Case.objects.filter(promises.within("received_at", period))
    received = received if units is None else received.filter(unit__in=units)
    months = received.order_by().annotate(month=ShanghaiMonth("received_at")).values_list("month")
    for month, n in months.annotate(n=Count("pk")):
        sums[month].counts["received"] += n
    return dict(sums)


def decisions(period: Period, now: datetime) -> Tally:
    """The decisions of the whole city in a period."""
    return _decisions(standing_at(now), period)


@lru_cache(maxsize=4)
def _decisions(at: StandingAt, period: Period) -> Tally:
    whole = Tally()
    for tally in promises.by_month(everything().owed, period).values():
        whole.add(tally)
    return whole
