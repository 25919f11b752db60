"""Looks of the demo: own cases, a reason, a supervisor, and a broken glass that waits for its review."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from yinuo.apps.cases.models import Case
from yinuo.apps.items.queries import catalogue
from yinuo.apps.looks.actions.break_glass import break_glass
from yinuo.apps.looks.actions.look import As, Seen, look
from yinuo.apps.looks.actions.state_reason import state_reason
from yinuo.apps.looks.models import Opening
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import actor
from yinuo.core.case.looking import Purpose
from yinuo.core.clock import day_of
from yinuo.demo.people import holder

DAYS_AGO = timedelta(days=1)
MOST = 6


def make_looks(now: datetime) -> None:
    """Yesterday, so that the list of the day is there from the first page on."""
    moment = now - DAYS_AGO
    cases = list(Case.objects.filter(received_at__lt=moment).order_by("-received_at")[:MOST])
    for n, case in enumerate(cases):
        _sees(holder(case.unit, "window"), case, "window", Purpose.CASE, moment - timedelta(minutes=11 * n))
    for case in cases[:2]:
        supervisor = Person.objects.get(login="supervisor")
        _sees(supervisor, case, "supervisor", Purpose.OVERSIGHT, moment)
    if cases:
        _states(cases[0], moment)
        _breaks(cases[-1], moment)


def _sees(
    person: Person, case: Case, post: str, purpose: Purpose, now: datetime, opening: Opening | None = None
) -> None:
    unit = catalogue().city.bureau.id if post == "supervisor" else _unit_of(person, case, now)
    who = As(person, post, unit, purpose, opening)
    look([(who, Seen("case", case.number, case.unit))], now=now)


def _unit_of(person: Person, case: Case, now: datetime) -> str:
    held: Iterable[str] = (unit for _, unit in actor(person, catalogue().city, day_of(now)).posts)
    return case.unit if case.unit in (units := sorted(held)) else units[0]


def _states(case: Case, now: datetime) -> None:
    person = holder(case.unit, "reviewer")
    words = "申请人来电话问进度，经办的同事在外面核查"
    stated = state_reason(case.number, (case.unit,), "applicant-asks", words, person=person, now=now)
    if isinstance(stated, Opening):
        _sees(person, case, "reviewer", Purpose.REASON, now, stated)


def _breaks(case: Case, now: datetime) -> None:
    """By a window elsewhere."""
    other = next(unit for unit in catalogue().city.units if unit not in (case.unit, case.offered))
    person = holder(other, "window")
    words = "本人就在我们窗口，材料寄错了地方，经办单位没有人接电话"
    broken = break_glass(case.number, "at-the-window", words, person=person, now=now)
    if isinstance(broken, Opening):
        _sees(person, case, "window", Purpose.GLASS, now, broken)
