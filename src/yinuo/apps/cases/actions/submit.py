"""Handing in an application: however often it is pressed, it becomes one case."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from yinuo.apps.cases.keeping import named_files
from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.cases.queries import context
from yinuo.apps.cases.recording import append, columns
from yinuo.apps.documents.actions.hand_in import hand_in
from yinuo.apps.documents.actions.release import release
from yinuo.apps.documents.queries import sound
from yinuo.apps.items.queries import catalogue, offered, pinned
from yinuo.apps.mandates.queries import actor_of, mandate_of
from yinuo.apps.notices.actions.announce import announce
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import anonymous, on_duty
from yinuo.apps.promises.actions.project import project
from yinuo.apps.webhooks.actions.announce import announce as tell_programs
from yinuo.catalogue import codes
from yinuo.catalogue.loading import Catalogue
from yinuo.core.case import fold, handle
from yinuo.core.case.commands import Submit
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import settle
from yinuo.core.identifiers import case_number, query_code, task_code
from yinuo.core.item import Item
from yinuo.core.ledger import EMPTY

NEXT_SERIAL = (
    "INSERT INTO cases_dailyserial (day, last) VALUES (%s, 1) "
    "ON CONFLICT (day) DO UPDATE SET last = cases_dailyserial.last + 1 RETURNING last"
)


def submit(draft: Draft, *, person: Person, now: datetime) -> Case | Refusal:
    """The case of a draft. Refused with what is wrong or missing; the draft stays as it is then.

    An anonymous report is parted from its sender here: case, events and files belong to nobody, and the
    draft is emptied. Only the query code leads back to it.
    """
    if not draft.principal and draft.person_id != person.pk:
        return Refusal("not-your-case")
    if draft.case is not None:
        return draft.case
    served, item = catalogue(), pinned(draft.item, draft.item_version)
    if lacking := item.lacks_name(person.level):
        return Refusal(f"real-name-{lacking}")
    units = {unit.id for unit in served.city.competent(item.jurisdiction, item.branch)}
    duty = on_duty(draft.unit, served.city, day_of(now)) if draft.unit in units else None
    if duty is None:
        return Refusal("choose-a-unit", {"unit": "required"})
    try:
        with transaction.atomic():
            return _submit(draft, item, duty, now=now, served=served, person=person)
    except IntegrityError:
        # Another request handed in the same draft between our look and our write.
        return Draft.objects.select_related("case").get(pk=draft.pk).case or Refusal("try-again")


def _submit(
    draft: Draft, item: Item, duty: str, *, now: datetime, served: Catalogue, person: Person
) -> Case | Refusal:
    number = case_number(_task_code(item, draft.unit, served), day_of(now), _serial(day_of(now)))
    code = query_code(os.urandom(16))
    right = mandate_of(person, draft.principal, item.id, day_of(now))
    command = Submit(
        number, code, draft.unit, duty, draft.answers, _fitting(draft, item), draft.principal, right
    )
    hidden = is_anonymous(item, draft.answers)
    sender = anonymous() if hidden else person
    events = handle(command, None, context(actor_of(sender, served.city, day_of(now)), item, now))
    if isinstance(events, Refusal):
        transaction.set_rollback(True)
        return events
    state = fold(events)
    case = Case.objects.create(**columns(state, served.calendar))
    append(case, events, EMPTY)
    project(state, served.calendar, is_new=True)
    announce(state, events, item, now=now)
    tell_programs(state, events, now=now)
    kept = {"person": sender, "answers": {}, "provided": {}} if hidden else {}
    if not Draft.objects.filter(pk=draft.pk, case__isnull=True).update(case=case, changed_at=now, **kept):
        raise IntegrityError("the draft has become a case already")
    files = named_files(draft.provided)
    hand_in(files)
    if hidden:
        release(files, to=sender)
    return case


def _fitting(draft: Draft, item: Item) -> dict[str, list[str]]:
    """The files of materials that the answers call for: nobody hands in more than is asked, nor a virus."""
    keys = {one.key for one in offered(item, settle(item.form, draft.answers))}
    return {key: ids for key, ids in sound(draft.provided).items() if key in keys}


def is_anonymous(item: Item, answers: Mapping[str, object]) -> bool:
    """Whether the sender asked to stay unnamed, on a route that allows it."""
    return item.route.anonymous and answers.get("anonymous") is True


def _serial(day: date) -> int:
    """The next number of the day in one statement; its row stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SERIAL, [day])
        return int(cursor.fetchone()[0])


def _task_code(item: Item, unit: str, served: Catalogue) -> str | None:
    """实施编码 where the base code and the bureau's credit code are known; else the number is shorter."""
    places = [served.city.units[unit], *served.city.above(unit)]
    credit_code = next((place.uscc for place in places if place.uscc), None)
    if item.base_code is None or credit_code is None:
        return None
    return task_code(credit_code, codes.level(item), item.base_code)
