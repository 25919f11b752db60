"""Deleting what was told: of a case that is erased, what is old, all of a person who closes the account."""

from __future__ import annotations

from collections.abc import Collection

from yinuo.apps.notices.models import Notice, Preference
from yinuo.apps.people.models import Person


def forget(case: str) -> int:
    """Delete everything that anybody was told about a case; returns how much it was."""
    deleted, _ = Notice.objects.filter(case=case).delete()
    return deleted


def forget_some(notices: Collection[int]) -> int:
    """Delete the notices of these keys; returns how many there were."""
    deleted, _ = Notice.objects.filter(pk__in=notices).delete()
    return deleted


def forget_person(person: Person) -> None:
    """Delete everything that a person was told, and how they wanted to be told."""
    Notice.objects.filter(person=person).delete()
    Preference.objects.filter(person=person).delete()
