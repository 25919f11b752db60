"""Beginning an application: a draft that is kept after every page."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.cases.models import Draft
from yinuo.apps.items.queries import catalogue
from yinuo.apps.mandates.queries import actor_of
from yinuo.apps.people.models import Person
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.item import Item

MOST_DRAFTS = 50


def start(item: Item, *, person: Person, now: datetime, principal: str = "") -> Draft | Refusal:
    """A new draft, or the one of this item that was begun before: nobody fills in a thing twice.

    `principal`: for whom, as `apps.mandates.queries.acting` names them; empty: for oneself.
    """
    if person.is_staff:
        return Refusal("only-an-applicant")
    if principal and not actor_of(person, catalogue().city, day_of(now)).stands_for(principal, item.id):
        return Refusal("without-a-mandate")
    if lacking := item.lacks_name(person.level):
        return Refusal(f"real-name-{lacking}")
    begun = Draft.objects.filter(person=person, case__isnull=True)
    same = begun.filter(item=item.id, principal=principal).order_by("-changed_at").first()
    if same is not None:
        return same
    if begun.count() >= MOST_DRAFTS:
        return Refusal("too-many-drafts", facts={"most": MOST_DRAFTS})
    return Draft.objects.create(
        person=person,
        item=item.id,
        item_version=item.version,
        principal=principal,
        started_at=now,
        changed_at=now,
    )
