"""Who somebody is to the rules: an actor with the posts held today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from yinuo.apps.people.models import Person, Post
from yinuo.catalogue.city import City
from yinuo.core.case import Actor

SUPERVISING = ("leader", "supervisor")
ANONYMOUS = "anonymous"  # the login of the account that stands for everybody who gave no name


ON_DUTY = """
    SELECT post.person_id FROM people_post post JOIN people_person person ON person.id = post.person_id
    WHERE post.unit = %s AND person.is_active AND post.starts_on <= %s
      AND (post.ends_on IS NULL OR post.ends_on >= %s)
    ORDER BY CASE post.post WHEN 'leader' THEN 0 ELSE 1 END, post.starts_on, post.id LIMIT 1
"""


def posts_on(day: date) -> QuerySet[Post]:
    """The posts that are held on a day."""
    return Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


def actor(person: Person, city: City, today: date) -> Actor:
    """The core's view of a person. A supervising post counts in every unit below its own."""
    if not person.is_staff:
        return Actor(str(person.pk), "applicant")
    pairs = {
        (post.post, unit) for post in posts_on(today).filter(person=person) for unit in _reach(post, city)
    }
    return Actor(str(person.pk), "staff", frozenset(pairs))


def _reach(post: Post, city: City) -> Iterable[str]:
    if post.unit not in city.units:
        return ()
    if post.post in SUPERVISING:
        return (unit.id for unit in city.below(post.unit))
    return (post.unit,)


def units_of(person: Person, city: City, today: date) -> set[str]:
    """The units whose cases a member of staff works on or answers for."""
    return {unit for _, unit in actor(person, city, today).posts}


def supervised(person: Person, city: City, today: date) -> frozenset[str]:
    """The units that somebody leads or supervises, with everything below them."""
    return frozenset(unit for post, unit in actor(person, city, today).posts if post in SUPERVISING)


def anonymous() -> Person:
    """The applicant of every anonymous report; nobody can sign in as it."""
    person, _ = Person.objects.get_or_create(login=ANONYMOUS, defaults={"name": "匿名", "is_active": False})
    return person


def on_duty(unit: str, city: City, today: date) -> str | None:
    """The id of whoever answers for what arrives at a unit: its leader, else any post there, else above.

    One statement per unit, written out: it stands in the way of every submission, and takes a tenth of
    the time that the ORM needs to compose it.
    """
    with connection.cursor() as cursor:
        for place in (unit, *(over.id for over in city.above(unit))):
            cursor.execute(ON_DUTY, [place, today, today])
            found = cursor.fetchone()
            if found is not None:
                return str(UUID(str(found[0])))
    return None


@dataclass(frozen=True, slots=True)
class Chain:
    """Who answers for a promise, from the nearest: whoever has it, the leader of the unit, the leader above,
    and those who supervise it. Empty where nobody is found."""

    person: str
    leader: str
    above: str
    supervisors: tuple[str, ...]

    def told(self, links: Iterable[str]) -> list[str]:
        """The people of these links (`person` `leader` `above` `supervisor`), each once."""
        one = {"person": self.person, "leader": self.leader, "above": self.above}
        ids = [id_ for link in links for id_ in ([one[link]] if link in one else self.supervisors)]
        return [id_ for id_ in dict.fromkeys(ids) if id_]


def chain(person: str, unit: str, city: City, today: date) -> Chain:
    """The chain of owners of what `unit` owes, where `person` has the case."""
    over = next(city.above(unit), None) if unit in city.units else None
    above = on_duty(over.id, city, today) if over is not None else None
    return Chain(person, on_duty(unit, city, today) or "", above or "", _supervisors(unit, city, today))


def _supervisors(unit: str, city: City, today: date) -> tuple[str, ...]:
    places = [unit, *(over.id for over in city.above(unit))] if unit in city.units else [unit]
    held = posts_on(today).filter(post="supervisor", unit__in=places, person__is_active=True)
    return tuple(str(pk) for pk in held.order_by("pk").values_list("person", flat=True))


def colleagues(unit: str, today: date) -> list[Person]:
    """Everybody with a post in a unit, by name."""
    held = posts_on(today).filter(unit=unit, person__is_active=True)
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("name", "pk"))


def staff_of(units: Iterable[str], today: date) -> dict[str, list[Person]]:
    """Unit id -> everybody with a post there, by name; units without anybody are left out."""
    held = posts_on(today).filter(unit__in=list(units), person__is_active=True).select_related("person")
    found: dict[str, dict[UUID, Person]] = {}
    for post in held.order_by("person__name", "person"):
        found.setdefault(post.unit, {})[post.person.pk] = post.person
    return {unit: list(people.values()) for unit, people in found.items()}


def names(ids: Iterable[str]) -> dict[str, str]:
    """Person id -> name, for pages that show who did what."""
    found = Person.objects.filter(pk__in={UUID(one) for one in ids if _is_uuid(one)})
    return {str(person.pk): person.name for person in found}


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
