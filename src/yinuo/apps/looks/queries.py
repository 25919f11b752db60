"""Reading looks: what a citizen is shown, what a supervisor has to see, what stands open for a moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from yinuo.apps.looks.models import Look, Opening
from yinuo.apps.people.models import Person
from yinuo.core.case.looking import Purpose

IN_LISTS = (Purpose.LIST.value, Purpose.SEARCH.value)
WITHOUT_OWN_CASE = (Purpose.OVERSIGHT.value, Purpose.REASON.value)


def opened_by_glass(person: Person, now: datetime) -> set[str]:
    """The numbers of the cases that this person broke the glass of, while it stays broken."""
    return set(_open(person, now).filter(way="glass").values_list("case", flat=True))


def opening_of(person: Person, case: str, now: datetime) -> Opening | None:
    """The last reason that this person stated for a case, while it holds."""
    return _open(person, now).filter(case=case).order_by("-at", "-pk").first()


def _open(person: Person, now: datetime) -> QuerySet[Opening]:
    return Opening.objects.filter(person=person, at__lte=now, until__gt=now)


def of_citizen(person: Person, cases: QuerySet[Any]) -> QuerySet[Look]:
    """Every look at these cases (a query of their numbers) and at the person's own entries, newest first."""
    found = Look.objects.filter(Q(case__in=cases) | Q(case="", subject=person))
    return found.select_related("person", "opening").order_by("-first_at", "-pk")


def of_case(number: str) -> QuerySet[Look]:
    found = Look.objects.filter(case=number)
    return found.select_related("person", "opening").order_by("-first_at", "-pk")


def in_lists(looks: QuerySet[Look]) -> QuerySet[Any, Any]:
    """In whose lists the name stood: `day` `unit` `case` and how many `people`, the newest day first."""
    found = looks.filter(purpose__in=IN_LISTS).order_by().values("day", "unit", "case")
    return found.annotate(people=Count("person", distinct=True)).order_by("-day", "unit", "case")


def opened_looks(looks: QuerySet[Look]) -> QuerySet[Look]:
    return looks.exclude(purpose__in=IN_LISTS)


def without_own_case(units: Collection[str], day: date) -> QuerySet[Look]:
    """Looks of a day at cases of these units that were not the looker's own, and not through the glass."""
    found = Look.objects.filter(case_unit__in=units, day=day, purpose__in=WITHOUT_OWN_CASE)
    return found.select_related("person", "opening").order_by("first_at", "pk")


def unseen(units: Collection[str], day: date) -> QuerySet[Look]:
    return without_own_case(units, day).filter(seen_at__isnull=True)


def counts(units: Collection[str], day: date) -> QuerySet[Any, Any]:
    """How many different `cases` each `person` came upon for each `purpose` on a day."""
    found = Look.objects.filter(case_unit__in=units, day=day).exclude(case="").order_by()
    return found.values("person", "purpose").annotate(cases=Count("case", distinct=True))


def glasses(units: Collection[str]) -> QuerySet[Opening]:
    """Every break-glass of a case of these units: the unreviewed first, the longest owed on top."""
    found = Opening.objects.filter(way="glass", case_unit__in=units).select_related("person", "reviewer")
    return found.order_by("reviewed_at", "review_by", "pk")


def to_review(units: Collection[str]) -> QuerySet[Opening]:
    return glasses(units).filter(reviewed_at__isnull=True)


def units_with_news(day: date) -> set[str]:
    """The units of which somebody has something to look through: looks of that day, or an open review."""
    looks = Look.objects.filter(day=day, purpose__in=WITHOUT_OWN_CASE, seen_at__isnull=True)
    glass = Opening.objects.filter(way="glass", reviewed_at__isnull=True)
    return {*looks.values_list("case_unit", flat=True), *glass.values_list("case_unit", flat=True)}


def broken_by(person: Person) -> QuerySet[Opening]:
    """The last ten that somebody broke."""
    found = Opening.objects.filter(way="glass", person=person).select_related("reviewer")
    return found.order_by("-at", "-pk")[:10]


def looks_before(moment: datetime) -> QuerySet[Look]:
    """What was last seen before a moment, the oldest first."""
    return Look.objects.filter(last_at__lt=moment).order_by("pk")
