"""Due dates per second: the core against a day-by-day walk and against chinese_calendar's own walk.

All three compute the same dates in the same run; the ratios are what counts, the rates depend on the machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar

from yinuo.catalogue.loading import load
from yinuo.core.clock import Limit, Pause, Unit, due
from yinuo.core.receipt import account

ROOT = Path(__file__).parents[1] / "catalogue"
ONE_DAY = timedelta(days=1)
STARTS = [date(2024, 1, 1) + ONE_DAY * n for n in range(960)]  # so that every date lies in known years
LIMITS = [Limit(amount, Unit.WORKING_DAY) for amount in (1, 5, 10, 20, 45)]
VECTORS = [(start, limit) for start in STARTS for limit in LIMITS]
ROUNDS = 5

Way = Callable[[date, Limit], object]


def walk(is_working: Callable[[date], bool]) -> Way:
    """The loop that everybody writes first."""

    def due_by_walking(start: date, limit: Limit) -> date:
        day, left = start, limit.amount
        while left:
            day += ONE_DAY
            left -= is_working(day)
        return day

    return due_by_walking


def seconds(way: Way) -> tuple[float, list[object]]:
    begin = time.perf_counter()
    found = [way(start, limit) for start, limit in VECTORS]
    return time.perf_counter() - begin, found


def best_of(ways: dict[str, Way]) -> dict[str, float]:
    """Dates per second of each way, the best of several rounds in which they take turns."""
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        results = {name: seconds(way) for name, way in ways.items()}
        dates = [found for _, found in results.values()]
        assert all(found == dates[0] for found in dates), "the ways disagree about a date"
        for name, (spent, _) in results.items():
            best[name] = max(best.get(name, 0.0), len(VECTORS) / spent)
    return best


def rate(work: Callable[[], object], times: int) -> float:
    begin = time.perf_counter()
    for _ in range(times):
        work()
    return times / (time.perf_counter() - begin)


def measure() -> Iterable[tuple[str, float, str]]:
    calendar = load(ROOT).calendar
    days_off = {day for year in calendar.years for day in year.holidays}
    makeup = {day for year in calendar.years for day in year.makeup}
    best = best_of(
        {
            "core": lambda start, limit: due(start, limit, calendar),
            "day_walk": walk(lambda day: day in makeup or (day.weekday() < 5 and day not in days_off)),
            "chinese_calendar": walk(chinese_calendar.is_workday),
        }
    )
    for name, per_second in best.items():
        yield f"{name}_due_dates", per_second, "1/s"
    yield "core_to_day_walk", best["core"] / best["day_walk"], "times"
    yield "core_to_chinese_calendar", best["core"] / best["chinese_calendar"], "times"
    limit, start, pauses = LIMITS[3], date(2026, 2, 12), [Pause(date(2026, 2, 25), date(2026, 3, 4))]
    yield "core_due_dates_with_a_pause", rate(lambda: due(start, limit, calendar, pauses), 20_000), "1/s"
    receipt = account(start, limit, calendar, pauses)
    yield "core_receipts_as_json", rate(receipt.as_json, 1_000), "1/s"


if __name__ == "__main__":
    for name, value, unit in measure():
        print(f"{name} {value:.4g} {unit}" if value < 100 else f"{name} {value:.0f} {unit}")
