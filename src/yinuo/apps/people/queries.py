"""Who somebody is to the rules: an actor with the posts held today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from yinuo.apps.access.queries import deputed, deputies, stand_ins
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import BY_IDENTITY, BY_NAME, Person, Post
from yinuo.apps.vault.index import blinds
from yinuo.catalogue.city import City
from yinuo.core.case import Actor

SUPERVISING = ("leader", "supervisor")
ANONYMOUS = "anonymous"  # the login of the account that stands for everybody who gave no name


ON_DUTY = """
    SELECT COALESCE(away.deputy_id, post.person_id)
    FROM people_post post JOIN people_person person ON person.id = post.person_id
    LEFT JOIN access_delegation away ON away.post_id = post.id AND away.ended_at IS NULL
      AND away.starts_on <= %s AND away.ends_on >= %s
    WHERE post.unit = %s AND person.is_active AND post.starts_on <= %s
      AND (post.ends_on IS NULL OR post.ends_on >= %s) AND post.post IN ({})
    ORDER BY CASE post.post WHEN 'leader' THEN 0 ELSE 1 END, post.starts_on, post.id LIMIT 1
"""


def called(name: str) -> QuerySet[Person]:
    """Everybody of exactly this name: names are sealed, so no part of one can be looked for."""
    return Person.objects.filter(name_index__in=blinds(BY_NAME, name.strip()))


def posts_on(day: date) -> QuerySet[Post]:
    """The posts that are held on a day."""
    return Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


def actor(person: Person, city: City, today: date) -> Actor:
    """The core's view of a person. A supervising post counts in every unit below its own.

    Posts that are done for somebody absent count as well; `deputy` says which, and for whom.
    """
    if not person.is_staff:
        return Actor(str(person.pk), "applicant")
    held = posts_on(today).filter(person=person)
    own = {(post.post, unit) for post in held for unit in _reach(post.post, post.unit, city)}
    stood = {
        (one.post, unit, str(one.principal))
        for one in deputed(person, today)
        for unit in _reach(one.post, one.unit, city)
        if (one.post, unit) not in own
    }
    both = frozenset(own) | {(post, unit) for post, unit, _ in stood}
    return Actor(str(person.pk), "staff", both, deputy=frozenset(stood))


def _reach(post: str, unit: str, city: City) -> Iterable[str]:
    if unit not in city.units:
        return ()
    if post in SUPERVISING:
        return (below.id for below in city.below(unit))
    return (unit,)


def units_for(action: str, person: Person, city: City, today: date) -> frozenset[str]:
    """The units in which a post of this person may do that (`posts.yaml`)."""
    allowed = city.posts.powers.of(action)
    return frozenset(unit for post, unit in actor(person, city, today).posts if post in allowed)


def may(action: str, person: Person, city: City, today: date) -> bool:
    """Whether some post of this person may do that, in whatever unit. Never for a citizen."""
    return person.is_staff and person.is_active and bool(units_for(action, person, city, today))


def posts_text(person: Person, city: City, today: date) -> list[str]:
    """What somebody holds, as `post@unit`, each once: to compare with what was held at another time."""
    return sorted(f"{post}@{unit}" for post, unit in actor(person, city, today).posts)


def units_led(person: Person, city: City, today: date) -> frozenset[str]:
    """The units that somebody leads in their own right, with everything below them."""
    who = actor(person, city, today)
    own = who.posts - {(post, unit) for post, unit, _ in who.deputy}
    return frozenset(unit for post, unit in own if post == "leader")


def units_of(person: Person, city: City, today: date) -> set[str]:
    """The units whose cases a member of staff may read: they work on them or answer for them."""
    return set(units_for("read-cases", person, city, today))


def supervised(person: Person, city: City, today: date) -> frozenset[str]:
    """The units of which somebody sees the figures: they lead or supervise them, or one above."""
    return units_for("read-figures", person, city, today)


def anonymous() -> Person:
    """The applicant of every anonymous report; nobody can sign in as it."""
    person, _ = Person.objects.get_or_create(login=ANONYMOUS, defaults={"name": "匿名", "is_active": False})
    return person


def with_identity(number: str) -> Person | None:
    """Whose verified identity number this is, in canonical form."""
    return Person.objects.filter(identity_index__in=blinds(BY_IDENTITY, number)).first() if number else None


def on_duty(unit: str, city: City, today: date) -> str | None:
    """The id of whoever answers for what arrives at a unit: its leader, else any post there, else above; the
    deputy of whoever is absent. Only a post that may take a case.

    One statement per unit, written out: it stands in the way of every submission, and takes a tenth of
    the time that the ORM needs to compose it.
    """
    taking = sorted(city.posts.powers.of("take"))
    if not taking:
        return None
    statement = ON_DUTY.format(", ".join(["%s"] * len(taking)))
    with connection.cursor() as cursor:
        for place in (unit, *(over.id for over in city.above(unit))):
            cursor.execute(statement, [today, today, place, today, today, *taking])
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
    held = list(
        posts_on(today).filter(post="supervisor", unit__in=places, person__is_active=True).order_by("pk")
    )
    away = stand_ins(held, today) if held else {}
    return tuple(dict.fromkeys(str(away.get(post.pk, post.person_id)) for post in held))


def colleagues(unit: str, today: date) -> list[Person]:
    """Everybody who may take a case in a unit, by name."""
    return staff_of([unit], today).get(unit, [])


def staff_of(units: Iterable[str], today: date) -> dict[str, list[Person]]:
    """Unit id -> everybody who may take a case there, deputies too, by name; units without anybody are left
    out."""
    places, taking = list(units), catalogue().city.posts.powers.of("take")
    held = posts_on(today).filter(unit__in=places, post__in=taking, person__is_active=True)
    pairs = [(post.unit, post.person) for post in held.select_related("person")]
    pairs += deputies(places, taking, today)
    found: dict[str, dict[UUID, Person]] = {}
    for unit, person in sorted(pairs, key=lambda pair: (pair[1].name, str(pair[1].pk))):
        found.setdefault(unit, {})[person.pk] = person
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
