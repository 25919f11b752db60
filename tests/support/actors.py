"""The people of the tests: two citizens, the staff of one unit, its supervisor, a clerk from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Level, Person, Post
from yinuo.apps.people.queries import actor
from yinuo.core.case import Actor

UNIT = "taobei-traffic"
ELSEWHERE = "zhenlai-traffic"
PASSWORD = "a long enough word"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Cast:
    """`window` also inspects; `approver` also leads the unit; `elsewhere` holds every post in another one."""

    citizen: Person
    stranger: Person
    window: Person
    reviewer: Person
    approver: Person
    supervisor: Person
    elsewhere: Person


def make_cast(unit: str = UNIT, elsewhere: str = ELSEWHERE) -> Cast:
    return Cast(
        citizen=citizen("13800000001", "王淑兰"),
        stranger=citizen("13800000002", "李建军"),
        window=member("window-1", unit, "window", "inspector"),
        reviewer=member("reviewer-1", unit, "reviewer"),
        approver=member("approver-1", unit, "approver", "leader"),
        supervisor=member("supervisor-1", "baicheng-bureau", "supervisor"),
        elsewhere=member("elsewhere-1", elsewhere, "window", "inspector", "reviewer", "approver", "leader"),
    )


def citizen(phone: str, name: str, level: Level = Level.VERIFIED) -> Person:
    return Person.objects.create_citizen(phone, name, PASSWORD, level=level)


def member(login: str, unit: str, *posts: str) -> Person:
    """A member of staff with these posts in a unit."""
    person = Person.objects.create_person(login, f"民警 {login}", PASSWORD, is_staff=True)
    Post.objects.bulk_create(Post(person=person, post=one, unit=unit, starts_on=SINCE) for one in posts)
    return person


def as_actor(person: Person, today: date) -> Actor:
    return actor(person, catalogue().city, today)
