"""A month of an office: people hand in, wait, urge and rate; staff work; some cases lie and come late."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from support import clocked
from support.drafts import HOTEL, VEHICLE, complete, picture
from support.endurance.acting import Visitor
from support.endurance.killing import Killer

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened, opened
from yinuo.apps.notices.models import Notice, State
from yinuo.apps.people.models import Person
from yinuo.core.case import Stage

DAYS = 30
UNITS = {VEHICLE: "taobei-traffic", HOTEL: "taobei-public-order"}
LYING = 0.12  # the share of cases that the office leaves lying
SILENT = 0.4  # the share of notices that nobody answers
NEXT = 0.75  # how likely a case gets on on a day

Move = Callable[[], object]


@dataclass
class Month:
    """`people`: citizens with their visitor; `staff`: post -> visitor."""

    start: datetime
    rng: Random
    cases: int
    people: Sequence[tuple[Person, Visitor]]
    staff: Mapping[str, Visitor]
    killer: Killer
    clock: Path
    beats: Path
    now: datetime = field(init=False)
    lying: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.now = self.start

    def live(self) -> None:
        plan = Counter(self.rng.randrange(DAYS) for _ in range(self.cases))
        for day in range(DAYS):
            midnight = self.start.replace(hour=0, minute=20) + timedelta(days=day)
            self._to(max(midnight, self.now))
            self._round()
            self._day(midnight.replace(hour=8, minute=30), self._moves(plan[day], midnight.weekday() < 5))
        self._to(self.start + timedelta(days=DAYS))
        self._come_in()
        self._use_up_kills()
        self._drain()

    def _day(self, morning: datetime, moves: list[Move]) -> None:
        self._to(morning)
        self._come_in()
        step = min(timedelta(minutes=20), timedelta(hours=9) / max(len(moves), 1))
        for move in moves:
            self._to(self.now + step)
            move()

    def _come_in(self) -> None:
        """No session lasts from one day to the next."""
        everybody = [visitor for _, visitor in self.people] + list(self.staff.values())
        for visitor in {id(one): one for one in everybody}.values():
            visitor.comes_in()

    def _to(self, moment: datetime) -> None:
        self.now = moment
        clocked.set_to(self.clock, moment)
        self.killer.look(moment)

    def _round(self) -> None:
        """Until the worker has come to the end of a round that it began after now."""
        begun, until = len(self.beats.read_bytes()), time.monotonic() + 60
        while b"be" not in self.beats.read_bytes()[begun:]:
            assert time.monotonic() < until, "the worker does nothing any more"
            time.sleep(0.005)

    def _moves(self, new: int, works: bool) -> list[Move]:
        """What happens on a day, in any order; on a day off only citizens do something."""
        moves: list[Move] = [self._hand_in for _ in range(new)]
        for case in Case.objects.exclude(number__in=self.lying).order_by("pk"):
            if self.rng.random() < NEXT:
                moves.append(lambda pk=case.pk: self._next(pk, works))  # type: ignore[misc]
        for case in Case.objects.filter(ended_at__isnull=True).order_by("pk"):
            if self.rng.random() < 0.12:
                moves.append(lambda number=case.number: self._word(number, works))  # type: ignore[misc]
        self.rng.shuffle(moves)
        return moves

    def _hand_in(self) -> None:
        item = self.rng.choice([VEHICLE, VEHICLE, HOTEL])
        person, visitor = self.rng.choice(self.people)
        answers: Any = {"delivered_on": (self.now - timedelta(days=2)).date().isoformat()}
        draft = complete(
            person, item, unit=UNITS[item], at=self.now, answers=answers if item == VEHICLE else None
        )
        number = visitor.submits(str(draft.pk), twice=self.rng.random() < 0.3)
        if self.rng.random() < LYING:
            self.lying.add(number)

    def _next(self, pk: int, works: bool) -> None:
        """What the case waits for, by the person whose turn it is."""
        found = opened(Case.objects.get(pk=pk), self.now)
        own = {Stage.SUPPLEMENT: self._answer, Stage.DELIVERED: self._rate, Stage.CLOSED: self._rate}
        office = {
            Stage.SUBMITTED: self._take_in,
            Stage.ACCEPTED: self._work,
            Stage.SUSPENDED: self._resume,
            Stage.GRANTED: self._issue,
            Stage.DENIED: self._issue,
            Stage.ISSUED: self._deliver,
        }
        move = own.get(found.state.stage) or (office.get(found.state.stage) if works else None)
        if move is not None:
            move(found)

    def _take_in(self, found: Opened) -> None:
        window, number = self.staff[found.item.route.accept_post], found.state.number
        if found.state.notices or self.rng.random() > 0.25 or not found.state.provided:
            window.does(number, "accept")
            return
        mark, ask = window.record.new_mark(), f"material:{next(iter(found.state.provided))}"
        window.does(number, "supplement", {"ask": ask, f"why-{ask}": f"{mark}请重新拍"}, mark=mark)
        if self.rng.random() < SILENT:
            self.lying.add(number)

    def _answer(self, found: Opened) -> None:
        notice: Any = found.state.notice
        self._applicant(found).supplements(
            found.state.number, {key: picture() for key in notice["materials"]}
        )

    def _work(self, found: Opened) -> None:
        route, number = found.item.route, found.state.number
        step = route.step(found.state.step)
        procedures = [one.key for one in found.item.special_procedures]
        who = self.staff[step.post if step else route.decide_post]
        if step and procedures and self.rng.random() < 0.1:
            self._says(who, number, "suspend", procedure=procedures[0])
        elif step:
            self._says(who, number, "pass")
        else:
            self._says(who, number, "decide", outcome="deny" if self.rng.random() < 0.15 else "grant")

    def _resume(self, found: Opened) -> None:
        step = found.item.route.step(found.state.step)
        who = self.staff[step.post if step else found.item.route.decide_post]
        self._says(who, found.state.number, "resume")

    def _issue(self, found: Opened) -> None:
        self.staff[found.item.route.issue_post].does(found.state.number, "issue")

    def _deliver(self, found: Opened) -> None:
        self.staff[found.item.route.issue_post].does(found.state.number, "deliver", {"method": "online"})

    def _rate(self, found: Opened) -> None:
        if found.state.rating is None and self.rng.random() < 0.6:
            level = self.rng.choice("111245")
            self._says(self._applicant(found), found.state.number, "rate", level=level, visit="0")

    def _word(self, number: str, works: bool) -> None:
        found = opened(Case.objects.get(number=number), self.now)
        own: list[str] = ["urge", "urge", "say", "say", "say", "withdraw"]
        if works and self.rng.random() < 0.4:
            self._says(self.staff["window"], number, "say")
        else:
            self._says(self._applicant(found), number, self.rng.choice(own))

    def _says(self, who: Visitor, number: str, verb: str, **fields: str) -> bool:
        mark = who.record.new_mark()
        return who.does(number, verb, {"words": f"{mark}这件事我们看过了", **fields}, mark=mark)

    def _applicant(self, found: Opened) -> Visitor:
        return next(visitor for person, visitor in self.people if str(person.pk) == found.state.applicant)

    def _use_up_kills(self) -> None:
        """What was drawn for the last hours goes off now, while staff write to applicants."""
        open_cases = Case.objects.filter(ended_at__isnull=True).order_by("pk")
        numbers = list(open_cases.values_list("number", flat=True))
        for turn in range(20 * len(self.killer.kills)):
            self.killer.settle()
            if self.killer.is_over:
                return
            self._to(self.now + timedelta(minutes=1))
            self._says(self.staff["window"], self.rng.choice(numbers), "say")
            assert turn < 19 * len(self.killer.kills), f"{self.killer.done} of {len(self.killer.kills)} kills"

    def _drain(self) -> None:
        """Until everything that waits has been sent, or has become a matter for people."""
        moving = (State.WAITING, State.SENDING)
        for _ in range(60):
            self._to(self.now + timedelta(hours=1))
            self._round()
            if not Notice.objects.filter(state__in=moving).exists():
                return
