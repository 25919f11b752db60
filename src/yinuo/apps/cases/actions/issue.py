"""Issuing: the signed result and the event that says so, both or neither."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened, context, opened
from yinuo.apps.documents.actions.discard import discard
from yinuo.apps.documents.actions.make_result import make_result
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import actor
from yinuo.core.case import handle
from yinuo.core.case.commands import Issue
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal


def issue(case: Case, *, person: Person, now: datetime, seen: int | None = None) -> Opened | Refusal:
    """The core is asked before anything is made: no document exists for a case that may not have it."""
    served, found = catalogue(), opened(case, now)
    who = actor(person, served.city, day_of(now))
    allowed = handle(Issue({}), found.state, context(who, found.item, now))
    if isinstance(allowed, Refusal):
        return allowed
    with transaction.atomic():
        document = make_result(found.state, found.item, served, now=now)
        if isinstance(document, Refusal):
            return document
        facts = {"document": str(document.pk), "sha256": document.sha256, "name": found.item.result.name.zh}
        result = act(case, Issue(facts), person=person, now=now, seen=seen)
        if isinstance(result, Refusal):
            discard(document)
    return result
