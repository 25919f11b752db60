"""Reading the entries: one's own, and for whoever answers for the accounts, all of them in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from yinuo.apps.entries.models import Entry, Kind, Outcome, Tally
from yinuo.apps.people.models import Person
from yinuo.core.clock import SHANGHAI

OWN = (Kind.SIGN_IN, Kind.RESET, Kind.CONFIRM)  # what the owner of an account is shown


def recent(person: Person, most: int) -> list[Entry]:
    """The last attempts at an account, the latest first."""
    return list(Entry.objects.filter(person=person, kind__in=OWN).order_by("-at", "-pk")[:most])


def all_of(person: Person) -> QuerySet[Entry]:
    """Everything that is kept about somebody, the latest first."""
    return Entry.objects.filter(person=person).order_by("-at", "-pk")


def last_visit(person: Person) -> datetime | None:
    """When this person last came in; None for whoever never did."""
    came = Entry.objects.filter(person=person, kind=Kind.SIGN_IN, outcome=Outcome.WORKED)
    return came.order_by("-at").values_list("at", flat=True).first()


def failures_since(person: Person, moment: datetime | None) -> int:
    """How many attempts at an account failed after a moment; None: ever."""
    failed = Entry.objects.filter(person=person, kind__in=OWN, outcome=Outcome.FAILED)
    return (failed.filter(at__gt=moment) if moment is not None else failed).count()


@dataclass(frozen=True, slots=True)
class Day:
    """What failed on a day: `(kind, way)` -> how often, with '' for the pages that were refused; what was
    forged; and from how many places the failures came."""

    day: date
    failed: Mapping[tuple[str, str], int]
    forged: Mapping[str, int]
    places: int


def days(today: date, many: int) -> list[Day]:
    """The last days, the latest first; also those on which nothing failed."""
    first = today - timedelta(days=many - 1)
    failed, places, forged = _failed(first), _places(first), _forged(first)
    each = [today - timedelta(days=n) for n in range(many)]
    return [Day(day, failed.get(day, {}), forged.get(day, {}), places.get(day, 0)) for day in each]


def _since(first: date) -> Any:
    """What failed since the beginning of a day, each with its own day."""
    begin = datetime(first.year, first.month, first.day, tzinfo=SHANGHAI)
    return Entry.objects.filter(at__gte=begin, outcome=Outcome.FAILED).annotate(
        day=TruncDate("at", tzinfo=SHANGHAI)
    )


def _failed(first: date) -> dict[date, dict[tuple[str, str], int]]:
    found: dict[date, dict[tuple[str, str], int]] = {}
    for row in _since(first).values("day", "kind", "way").annotate(n=Count("pk")):
        counts = found.setdefault(row["day"], {})
        key = (row["kind"], "" if row["kind"] == Kind.REFUSED else row["way"])
        counts[key] = counts.get(key, 0) + row["n"]
    return found


def _places(first: date) -> dict[date, int]:
    rows = _since(first).values("day").annotate(n=Count("digest", distinct=True))
    return {row["day"]: row["n"] for row in rows}


def _forged(first: date) -> dict[date, dict[str, int]]:
    found: dict[date, dict[str, int]] = {}
    for one in Tally.objects.filter(day__gte=first):
        found.setdefault(one.day, {})[one.kind] = one.count
    return found


def last_failures() -> QuerySet[Entry]:
    """Everything that failed or was refused, the latest first."""
    failed = Entry.objects.filter(outcome=Outcome.FAILED)
    return failed.select_related("person").order_by("-at", "-pk")


def entries_before(moment: datetime) -> QuerySet[Entry]:
    """What happened before a moment, the oldest first."""
    return Entry.objects.filter(at__lt=moment).order_by("pk")
