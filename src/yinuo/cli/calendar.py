"""The calendar in service, and what happens when another year of it is announced.

`show` prints the years. `apply FILE` puts the year of that file into service: every open promise that it
moves gets its new day, the case says so, and the applicant is told. With --plan nothing is written.
Safe to repeat: what an interrupted run has left is done by the next one.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from yinuo.catalogue.announcing import read_year
from yinuo.catalogue.loading import CatalogueBrokenError
from yinuo.catalogue.reader import Finding
from yinuo.cli.data import in_service
from yinuo.cli.progress import watched
from yinuo.core.calendar import Calendar

if TYPE_CHECKING:
    from yinuo.apps.cases.moved import Moved


def add(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(dest="doing", required=True, metavar="WHAT")
    doing.add_parser("show", help="the years in service, and until when the days off are known")
    apply = doing.add_parser("apply", help="put an announced year into service and move what it moves")
    apply.add_argument("file", type=Path, metavar="FILE", help="a year, as in catalogue/calendars/cn")
    apply.add_argument("--plan", action="store_true", help="only show what would move")


def run(arguments: argparse.Namespace) -> int:
    calendar = in_service().calendar
    if arguments.doing == "show":
        return _show(calendar)
    try:
        year, following = read_year(arguments.file, calendar)
    except CatalogueBrokenError as broken:
        return _refused(broken.findings)
    now = datetime.now(UTC)
    is_news = following.version != calendar.version
    following = following.replacing(calendar, now) if is_news else calendar
    if arguments.plan:
        return _plan(arguments.file, year.year, following)
    return _apply(arguments.file, year.year, following, now)


def _show(calendar: Calendar) -> int:
    for year in calendar.years:
        notice = f"notice {year.notice}" if year.notice else "notice without a number"
        print(f"{year.year}: {len(year.holidays)} days off, {len(year.makeup)} make-up days, {notice}")
    print(f"announced until {calendar.announced_until}; later days are provisional")
    print(f"version {calendar.version}")
    return 0


def _refused(findings: list[Finding] | tuple[Finding, ...]) -> int:
    for finding in findings:
        print(finding)
    print("nothing was changed")
    return 1


def _plan(file: Path, year: int, calendar: Calendar) -> int:
    from yinuo.apps.items.trial import tried

    _, report = tried(file, year)
    if report.findings:
        return _refused(report.findings)
    _list_moved(calendar)
    print("a plan: nothing was changed")
    return 0


def _apply(file: Path, year: int, calendar: Calendar, now: datetime) -> int:
    """Also when nothing seems new: an interrupted run may have left cases that are not brought up to date."""
    from yinuo.apps.items.actions.announce_year import announce_year
    from yinuo.apps.items.queries import edition

    _list_moved(calendar)
    before = edition()
    try:
        report = announce_year(file, year, now)
    except OSError as error:
        print(f"yinuo calendar: {error}; no date was moved", file=sys.stderr)
        return 1
    return _refused(report.findings) if report.findings else _redate(now, is_new=edition() != before)


def _redate(now: datetime, *, is_new: bool) -> int:
    from yinuo.apps.cases.actions.redate import redate
    from yinuo.apps.cases.moved import out_of_date

    served = in_service().calendar
    done = list(watched(redate(served, now), "cases", len(out_of_date(served))))
    if not is_new and not done:
        print("nothing changes: this year is in service already")
        return 0
    promises = sum(one.promises for one in done)
    print(f"in service: {promises} promises moved in {len(done)} cases, calendar {served.version}")
    return 0


def _list_moved(calendar: Calendar) -> None:
    from yinuo.apps.cases.moved import moved

    found = moved(calendar)
    for one in found:
        print(_line(one))
    for key, count in sorted(Counter(one.key for one in found).items()):
        print(f"{key}: {count}")
    print(f"{len(found)} promises in {len({one.case for one in found})} cases move")


def _line(one: Moved) -> str:
    what = f"{one.key} ({one.about})" if one.about else one.key
    before, after = _day(one.before, one.was_provisional), _day(one.after, one.is_provisional)
    return f"{one.case}  {what}: {before} -> {after}  {one.owner}"


def _day(day: date, is_provisional: bool) -> str:
    return f"{day.isoformat()}{' provisional' if is_provisional else ''}"
