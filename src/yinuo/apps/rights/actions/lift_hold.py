"""Ending a hold before its day."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.people.models import Person
from yinuo.apps.rights.models import Hold
from yinuo.core.errors import Refusal


def lift_hold(hold: Hold, why: str, *, person: Person, now: datetime) -> Hold | Refusal:
    """From now on the rule counts again. `invalid-answers` of `why`; `hold-over`: somebody was quicker."""
    if not why.strip():
        return Refusal("invalid-answers", {"why": "required"})
    open_ = Hold.objects.filter(pk=hold.pk, lifted_at__isnull=True).first()
    if open_ is None:
        return Refusal("hold-over")
    open_.lifted_at, open_.lifted_by, open_.lifted_why = now, person, why.strip()[:500]
    open_.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    return open_
