"""Beginning an application: a draft that is kept after every page."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.cases.models import Draft
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal
from yinuo.core.item import Item

MOST_DRAFTS = 50


def start(item: Item, *, person: Person, now: datetime) -> Draft | Refusal:
    """A new draft, or the one of this item that was begun before: nobody fills in a thing twice."""
    if person.is_staff:
        return Refusal("only-an-applicant")
    begun = Draft.objects.filter(person=person, case__isnull=True)
    same = begun.filter(item=item.id).order_by("-changed_at").first()
    if same is not None:
        return same
    if begun.count() >= MOST_DRAFTS:
        return Refusal("too-many-drafts", facts={"most": MOST_DRAFTS})
    return Draft.objects.create(
        person=person, item=item.id, item_version=item.version, started_at=now, changed_at=now
    )
