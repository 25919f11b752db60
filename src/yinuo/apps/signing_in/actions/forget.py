"""Deleting the ways in to an account that its owner closes."""

from __future__ import annotations

from yinuo.apps.people.models import BY_PHONE, Person
from yinuo.apps.signing_in.models import Code, Link
from yinuo.apps.vault.index import blinds


def forget_ways_in(person: Person) -> None:
    """The links to identity providers, and every code that was asked for."""
    Link.objects.filter(person=person).delete()
    if person.phone:
        Code.objects.filter(phone_index__in=blinds(BY_PHONE, person.phone)).delete()
