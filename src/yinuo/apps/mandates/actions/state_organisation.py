"""Somebody states that they represent an organisation by law."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from yinuo.apps.mandates.models import Organisation
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import check_uscc, normalize

LONGEST_NAME = 120


def state_organisation(person: Person, uscc: str, name: str, *, now: datetime) -> Organisation | Refusal:
    """The organisation as stated, not confirmed yet; `invalid-answers` names `uscc` or `name`."""
    if person.is_staff:
        return Refusal("only-an-applicant")
    uscc, name = normalize("uscc", uscc), name.strip()
    wrong = {"uscc": check_uscc(uscc) if uscc else "required", "name": _name_problem(name)}
    fields = {key: code for key, code in wrong.items() if code}
    if fields:
        return Refusal("invalid-answers", fields)
    try:
        with transaction.atomic():
            return Organisation.objects.create(uscc=uscc, name=name, representative=person, stated_at=now)
    except IntegrityError:
        return Refusal("invalid-answers", {"uscc": "organisation-stated"})


def _name_problem(name: str) -> str | None:
    if not name:
        return "required"
    return "too-long" if len(name) > LONGEST_NAME else None
