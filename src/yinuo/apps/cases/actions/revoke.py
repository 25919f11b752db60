"""Revoking a result: the event and the end of the document's validity, in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened
from yinuo.apps.documents.actions import revoke as documents
from yinuo.apps.people.models import Person
from yinuo.core.case.commands import Revoke
from yinuo.core.errors import Refusal


def revoke(
    case: Case, reasons: str, *, person: Person, now: datetime, seen: int | None = None
) -> Opened | Refusal:
    with transaction.atomic():
        result = act(case, Revoke(reasons), person=person, now=now, seen=seen)
        if not isinstance(result, Refusal):
            documents.revoke(case.number, now=now)
    return result
