"""A window has seen the licence of an organisation and who represents it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from yinuo.apps.mandates.models import Organisation
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

LONGEST = 200


def confirm_organisation(
    organisation: Organisation, seen: str, *, by: Person, now: datetime
) -> Organisation | Refusal:
    """Confirmed, with the paper that was seen. One confirmed organisation there is for each code."""
    seen = seen.strip()
    if not seen:
        return Refusal("say-what-was-seen")
    if len(seen) > LONGEST:
        return Refusal("too-long", facts={"most": LONGEST})
    open_ = Organisation.objects.filter(pk=organisation.pk, confirmed_at__isnull=True, ended_at__isnull=True)
    try:
        with transaction.atomic():
            done = open_.update(confirmed_at=now, confirmed_by=by, seen=seen)
    except IntegrityError:
        return Refusal("organisation-confirmed-already")
    organisation.refresh_from_db()
    return organisation if done else Refusal("try-again")
