"""The simulated town: who lives and works there, how much a unit gets done on a day, what time it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import Any

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened
from yinuo.apps.people.models import Level, Person, Post, login_of
from yinuo.catalogue.loading import Catalogue
from yinuo.core.clock import SHANGHAI
from yinuo.core.errors import Refusal
from yinuo.demo.people import make_people
from yinuo.demo.simulation.plans import Plan

OPENS = time(8, 30)
PER_DAY = 14  # things that a unit gets done on an ordinary day
SLOW_PER_DAY = 2  # … and while somebody is ill, or in the season when everybody comes
ABSENT, SLOW = 0.01, 0.0006  # shares of the days of a unit


@dataclass
class Town:
    """`now` only moves forward; every act of a day is a little later than the one before."""

    served: Catalogue
    seed: int
    now: datetime
    day: int = 0  # since the beginning
    open: dict[str, tuple[Case, Plan]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)  # what each unit still gets done today
    citizens: list[Person] = field(default_factory=list)
    rng: Random = field(init=False)
    _slow: dict[str, int] = field(default_factory=dict)  # unit -> the day on which it is itself again

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)  # noqa: S311 - chance, not secrecy

    def settle_in(self, citizens: int) -> None:
        make_people(self.served.city)
        self.citizens = Person.objects.bulk_create(_citizen(n) for n in range(citizens))

    @cached_property
    def _holders(self) -> dict[tuple[str, str], Person]:
        posts = Post.objects.select_related("person").order_by("pk")
        return {(post.unit, post.post): post.person for post in posts}

    def holder(self, unit: str, post: str) -> Person:
        """Whoever holds a post in a unit; supervision is the bureau's."""
        return self._holders.get((unit, post)) or self._holders[self.served.city.bureau.id, post]

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def is_working_day(self) -> bool:
        return self.served.calendar.is_working(self.today)

    def begin_day(self, day: date) -> None:
        self.day += 1
        self.now = datetime.combine(day, time(0, 20), SHANGHAI)
        self.left = {unit: self._capacity(unit) for unit in self.served.city.units}

    def open_office(self) -> None:
        self.now = max(self.now, datetime.combine(self.today, OPENS, SHANGHAI))

    def later(self) -> None:
        """The next thing of the day; the day never runs out, it only gets crowded towards its end."""
        evening = datetime.combine(self.today, time(23, 50), SHANGHAI)
        self.now += min(timedelta(seconds=self.rng.randint(20, 90)), (evening - self.now) / 50)

    def _capacity(self, unit: str) -> int:
        if self.rng.random() < SLOW:
            self._slow[unit] = self.day + self.rng.randint(4, 18)
        if self._slow.get(unit, 0) > self.day:
            return SLOW_PER_DAY
        return 0 if self.rng.random() < ABSENT else PER_DAY

    def may_work(self, unit: str) -> bool:
        """Whether the unit gets one more thing done today; it then counts as done."""
        if self.left[unit] <= 0:
            return False
        self.left[unit] -= 1
        return True

    def does(self, case: Case, command: Any, person: Person | None) -> Opened:
        """A thing that must work: whoever simulates the year knows the rules."""
        self.later()
        result = act(case, command, person=person, now=self.now)
        assert not isinstance(result, Refusal), f"{case.number} {case.item}: {command}: {result}"
        self.note(type(command).__name__)
        return self.keep(result)

    def tries(self, case: Case, command: Any, person: Person) -> Opened | None:
        """A thing that may be too late or out of place by now, as it is in life."""
        self.later()
        result = act(case, command, person=person, now=self.now)
        if isinstance(result, Refusal):
            case.refresh_from_db()
            return None
        self.note(type(command).__name__)
        return self.keep(result)

    def keep(self, result: Opened) -> Opened:
        number = result.case.number
        if number in self.open:
            self.open[number] = (result.case, self.open[number][1])
        return result

    def note(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


def _citizen(number: int) -> Person:
    phone = f"139{number:08}"
    return Person(login=login_of(phone), phone=phone, name=f"市民{number:04}", level=Level.VERIFIED)
