"""Print the figures of the office: counted from the tables, or with --from-events from the events alone.

Without --from and --to it is the year so far. A unit means that unit alone.
Both ways give the same numbers; where they do not, `yinuo audit` says which case's tables are wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime

from yinuo.cli.data import in_service
from yinuo.cli.progress import watched
from yinuo.core.clock import day_of
from yinuo.core.figures import FIGURES, Figure, Period, Tally, Value, View, gathered, stops, value


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from-events", action="store_true", help="read the events and nothing else")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DAY", help="first day")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DAY", help="last day")
    parser.add_argument("--unit", metavar="ID", help="only what this unit has and owed")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    served, now = in_service(), datetime.now(UTC)
    today = day_of(now)
    period = Period(arguments.first or date(today.year, 1, 1), arguments.last or today)
    if period.last < period.first:
        print("yinuo figures: the last day lies before the first", file=sys.stderr)
        return 2
    if arguments.unit is not None and arguments.unit not in served.city.units:
        print(f"yinuo figures: there is no unit {arguments.unit}", file=sys.stderr)
        return 2
    units = frozenset([arguments.unit] if arguments.unit else served.city.units)
    view = View(period, now, served.calendar, served.rules.supervision)
    tally = _from_events(view, units) if arguments.from_events else _from_tables(view, units)
    print(_json(period, tally) if arguments.json else _table(period, tally))
    return 0


def _from_events(view: View, units: frozenset[str]) -> Tally:
    from yinuo.apps.cases.lives import lives, parts
    from yinuo.apps.cases.models import Case

    watched_lives = watched(lives(), "cases", Case.objects.count())
    return gathered(parts(watched_lives, view, units), lambda part: "all").get("all", Tally())


def _from_tables(view: View, units: frozenset[str]) -> Tally:
    from yinuo.apps.cases.figures import everything, tallies

    return tallies(everything().within(units), "all", view).get("all", Tally())


def _table(period: Period, tally: Tally) -> str:
    lines = [f"{period.first} to {period.last}; open, due today, yellow, red, violation, stopped: now"]
    lines += [f"{one.key:<22}{_amount(one, value(one, tally)):>16}  {one.name.en}" for one in FIGURES]
    lines += [
        f"stop: {one.kind:<16}{one.times:>16}  {one.days} working days, {one.ground}" for one in stops(tally)
    ]
    return "\n".join(lines)


def _amount(one: Figure, found: Value) -> str:
    if found.amount is None:
        return "-"
    if one.unit == "percent":
        return f"{found.numerator}/{found.denominator} {found.amount:.1%}"
    return f"{found.amount:g}"


def _json(period: Period, tally: Tally) -> str:
    held = {one.key: value(one, tally) for one in FIGURES}
    figures = {
        key: {"value": one.amount, "numerator": one.numerator, "denominator": one.denominator}
        for key, one in held.items()
    }
    why = [
        {"kind": one.kind, "ground": one.ground, "times": one.times, "working_days": one.days}
        for one in stops(tally)
    ]
    span = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    return json.dumps({"period": span, "figures": figures, "stops": why}, ensure_ascii=False)
