"""In which unit and post staff did what: all that an applicant takes along of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from yinuo.apps.cases.queries import Opened
from yinuo.apps.people.models import Post
from yinuo.core.clock import day_of


class Office(NamedTuple):
    """`post` is empty where the post of that day is not known any more."""

    unit: str
    post: str


def offices(found: Opened) -> dict[str, Office]:
    """Id of a member of staff -> where they held what when they first had to do with the case."""
    first = {event.actor: day_of(event.at) for event in reversed(found.events) if event.role == "staff"}
    units = {holder.person: holder.unit for holder in reversed(found.state.chain)}
    held = _posts(first.keys() | units.keys())
    return {
        person: _office(held.get(person, []), units.get(person, found.state.unit), first.get(person))
        for person in first.keys() | units.keys()
    }


def _posts(people: Iterable[str]) -> dict[str, list[Post]]:
    found: dict[str, list[Post]] = {}
    for post in Post.objects.filter(person__in=[UUID(one) for one in people]).order_by("pk"):
        found.setdefault(str(post.person_id), []).append(post)
    return found


def _office(posts: list[Post], unit: str, day: date | None) -> Office:
    """The post in that unit, else one above it from which they acted."""
    then = [one for one in posts if day is None or _is_held(one, day)]
    here = next((one for one in then if one.unit == unit), next(iter(then), None))
    return Office(here.unit, here.post) if here else Office(unit, "")


def _is_held(post: Post, day: date) -> bool:
    return post.starts_on <= day and (post.ends_on is None or post.ends_on >= day)
