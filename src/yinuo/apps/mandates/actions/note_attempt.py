"""Somebody tried to go on for a principal after the mandate had ended: the principal hears of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.apps.items.queries import catalogue
from yinuo.apps.mandates.models import Attempt, Mandate
from yinuo.apps.mandates.queries import name_of
from yinuo.apps.notices.actions.tell import tell
from yinuo.apps.people.models import Person

ONCE = timedelta(hours=1)  # the same try again within this time is the same try


def note_attempt(
    principal: str, item: str, *, person: Person, case: str = "", now: datetime
) -> Attempt | None:
    """None where the person never had a mandate of that principal: then nobody is told of anything."""
    held = Mandate.objects.filter(agent=person, accepted=True).order_by("-given_at")
    mandate = next((one for one in held if one.key == principal), None)
    if mandate is None:
        return None
    same = Attempt.objects.filter(mandate=mandate, item=item, case=case, at__gt=now - ONCE).first()
    if same is not None:
        return same
    attempt = Attempt.objects.create(mandate=mandate, item=item, case=case, at=now)
    _tell(attempt, now)
    return attempt


def _tell(attempt: Attempt, now: datetime) -> None:
    mandate, entry = attempt.mandate, catalogue().entries.get(attempt.item)
    owner = mandate.organisation.representative_id if mandate.organisation else mandate.person_id
    facts = {
        "principal": name_of(mandate),
        "agent": mandate.agent_name,
        "what": entry.item.name if entry else attempt.item,
    }
    tell(str(owner), "mandate-tried", facts, case="", key=f"attempt:{attempt.pk}", now=now)
