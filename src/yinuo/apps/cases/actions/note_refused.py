"""Somebody asked for what a mandate once let them do: whoever gave it hears of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.mandates.actions.note_attempt import note_attempt
from yinuo.apps.mandates.queries import covered
from yinuo.apps.people.models import Person
from yinuo.core.clock import day_of


def note_refused(person: Person, *, number: str = "", draft: UUID | None = None, now: datetime) -> None:
    """Only where a mandate has ended: nobody is told of a stranger's knocking; the answer is the same."""
    found: QuerySet[Case] | QuerySet[Draft] = Case.objects.filter(number=number)
    if draft is not None:
        found = Draft.objects.filter(pk=draft)
    row = found.exclude(principal="").exclude(covered(person, day_of(now))).first()
    if row is not None:
        note_attempt(row.principal, row.item, person=person, case=number, now=now)
