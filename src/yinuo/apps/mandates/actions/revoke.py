"""Ending a mandate before its day: the principal takes it back, or the agent lays it down."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from yinuo.apps.mandates.models import Mandate
from yinuo.apps.mandates.queries import name_of
from yinuo.apps.notices.actions.tell import tell
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

LONGEST = 300


def revoke(mandate: Mandate, reason: str, *, person: Person, now: datetime) -> Mandate | Refusal:
    """It ends at once (民法典第一百七十三条); both sides are told, with the reason."""
    reason = reason.strip()
    if person.pk not in _parties(mandate):
        return Refusal("not-yours-to-end")
    if not reason:
        return Refusal("reason-needed")
    if len(reason) > LONGEST:
        return Refusal("too-long", facts={"most": LONGEST})
    open_ = Mandate.objects.filter(pk=mandate.pk, revoked_at__isnull=True)
    if not open_.update(revoked_at=now, revoked_by=person, reason=reason):
        return Refusal("mandate-over")
    mandate.refresh_from_db()
    _tell(mandate, now)
    return mandate


def _parties(mandate: Mandate) -> set[UUID]:
    organisation = mandate.organisation
    owner = organisation.representative_id if organisation else mandate.person_id
    return {one for one in (owner, mandate.agent_id) if one is not None}


def _tell(mandate: Mandate, now: datetime) -> None:
    facts = {"principal": name_of(mandate), "agent": mandate.agent_name, "reason": mandate.reason}
    for one in _parties(mandate):
        key = f"mandate:{mandate.pk}:ended:{one}"
        tell(str(one), "mandate-ended", facts, case="", key=key, now=now)
