"""Writing down that a member of staff saw something: one statement, however much a page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from django.db import connection

from yinuo.apps.looks.models import Look, Opening
from yinuo.apps.looks.queries import IN_LISTS
from yinuo.apps.people.models import Person
from yinuo.core.case.looking import Purpose
from yinuo.core.clock import SHANGHAI, day_of

# Within it the same look is counted, not written again (a page that is opened anew is no second look).
SLOT = timedelta(minutes=10)
COLUMNS = (
    "person", "post", "unit", "kind", "case", "case_unit", "subject", "thing", "purpose", "opening", "slot",
    "day", "first_at", "last_at", "count",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What was shown. `kind`: case, file, result, call, rating-code, list or organisation. `thing`: its id
    where a case has several. `subject`: whose it is where no case stands behind it."""

    kind: str
    case: str
    unit: str
    thing: str = ""
    subject: Person | None = None


@dataclass(frozen=True, slots=True)
class As:
    """Who looks, in which post of which unit, and by what right."""

    person: Person
    post: str
    unit: str
    purpose: Purpose
    opening: Opening | None = None


def look(looks: Sequence[tuple[As, Seen]], *, now: datetime) -> int:
    """One row for each thing, or one more in the count of the row of these ten minutes; in lists, of this
    day. Returns how many things were seen."""
    rows = [_row(who, seen, now) for who, seen in looks]
    if not rows:
        return 0
    values = [value for row in rows for value in _values(row)]
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(rows)), values)
    return len(rows)


def _row(who: As, seen: Seen, now: datetime) -> Look:
    return Look(
        person=who.person, post=who.post, unit=who.unit, kind=seen.kind, case=seen.case, case_unit=seen.unit,
        subject=seen.subject, thing=seen.thing, purpose=who.purpose.value, opening=who.opening,
        slot=_slot(who.purpose, now), day=day_of(now), first_at=now, last_at=now, count=1,
    )  # fmt: skip


def _slot(purpose: Purpose, now: datetime) -> datetime:
    if purpose.value in IN_LISTS:
        return datetime.combine(day_of(now), time(), SHANGHAI)
    return now - timedelta(seconds=now.timestamp() % SLOT.total_seconds())


def _values(row: Look) -> list[Any]:
    fields = [Look._meta.get_field(name) for name in COLUMNS]
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]  # type: ignore[union-attr]


@cache
def _statement(rows: int) -> str:
    """Read alike by SQLite and PostgreSQL."""
    names = [f'"{Look._meta.get_field(name).column}"' for name in COLUMNS]  # type: ignore[union-attr]
    row = f"({', '.join(['%s'] * len(names))})"
    return f"""
        INSERT INTO looks_look ({", ".join(names)}) VALUES {", ".join([row] * rows)}
        ON CONFLICT ("person_id", "kind", "case", "thing", "purpose", "slot")
        DO UPDATE SET "count" = looks_look."count" + 1, "last_at" = excluded."last_at"
    """  # noqa: S608 - the names of our own columns
