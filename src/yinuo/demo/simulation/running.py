"""Running the simulated days: the clock, the applicants, the offices, in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import exp

from yinuo.apps.cases.actions.tick import tick
from yinuo.apps.cases.models import Case
from yinuo.apps.items.queries import catalogue
from yinuo.catalogue.loading import Entry
from yinuo.core.case import ENDED
from yinuo.core.clock import SHANGHAI
from yinuo.demo.simulation.applicants import apply_for, go_on, rate
from yinuo.demo.simulation.office import work_on
from yinuo.demo.simulation.town import Town
from yinuo.demo.simulation.upkeep import catch_up

CITIZENS = 600
OVER = frozenset(stage.value for stage in ENDED)


@dataclass(frozen=True, slots=True)
class Day:
    """What one simulated day was: how many cases it found open, and how many there are in all."""

    on: date
    open: int
    cases: int


def simulate(last: date, days: int, seed: int, cases: int) -> Iterator[Day]:
    """Simulate `days` that end with `last`, with about so many `cases`; one `Day` after each.

    The deployment has to be empty and its catalogue in service. The same seed gives the same year, but for
    the cases that the monthly lot draws: its seed is the ledger's, which nobody chooses.
    """
    served = catalogue()
    town = Town(served, seed, now=_midnight(last, days))
    town.settle_in(CITIZENS)
    items, weights = _demand(list(served.entries.values()))
    for n in range(days):
        town.begin_day(last - timedelta(days=days - 1 - n))
        tick(town.now)
        _live(town, items, weights, cases / days)
        yield Day(town.today, len(town.open), town.counts.get("Submit", 0))
    town.begin_day(last + timedelta(days=1))
    tick(town.now)  # the last day is over as well: it is sealed, and what broke on it is known


def _midnight(last: date, days: int) -> datetime:
    return datetime.combine(last - timedelta(days=days), time(), SHANGHAI)


def _demand(entries: list[Entry]) -> tuple[list[Entry], list[float]]:
    """A few services are asked for every day, most of them now and then."""
    ordered = sorted(entries, key=lambda entry: (entry.item.jurisdiction != "station", entry.item.id))
    return ordered, [1 / (1 + place) ** 0.6 for place in range(len(ordered))]


def _live(town: Town, items: list[Entry], weights: list[float], per_day: float) -> None:
    _refresh(town)
    town.open_office()
    for case, own in list(town.open.values()):
        go_on(town, case, own)
    for entry in town.rng.choices(items, weights, k=_arrivals(town, per_day)):
        apply_for(town, entry)
    if town.is_working_day:
        for case, own in sorted(town.open.values(), key=lambda pair: (str(pair[0].due_on), pair[0].number)):
            own.age += 1
            work_on(town, case, own)
        catch_up(town)
    _put_away(town)


def _arrivals(town: Town, per_day: float) -> int:
    """By chance around the mean (Poisson), half as many on days off."""
    mean = per_day * (1.2 if town.is_working_day else 0.5)
    count, product, end = 0, town.rng.random(), exp(-mean)
    while product > end:
        count, product = count + 1, product * town.rng.random()
    return count


def _refresh(town: Town) -> None:
    """What time did over night."""
    changed = Case.objects.in_bulk(list(town.open), field_name="number")
    town.open = {number: (changed[number], own) for number, (_, own) in town.open.items()}
    _put_away(town)


def _put_away(town: Town) -> None:
    """Whoever wants to rate does so once it is over; then nobody has to think of the case any more."""
    for number, (case, own) in list(town.open.items()):
        rests = case.stage in OVER or case.stage == "delivered"
        if rests and own.rated_after is not None:
            if own.rated_after == 0:
                rate(town, case)
            own.rated_after = own.rated_after - 1 if own.rated_after else None
        elif rests:
            del town.open[number]
