"""Whoever was asked agrees to act for somebody, or does not."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.mandates.models import Mandate
from yinuo.apps.mandates.queries import offered_to
from yinuo.apps.notices.actions.tell import tell
from yinuo.apps.notices.wording import Facts
from yinuo.apps.people.models import Person
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import Text

ANSWERS = {True: Text("接受", "accepted"), False: Text("没有接受", "not accepted")}


def answer(mandate: Mandate, *, agree: bool, person: Person, now: datetime) -> Mandate | Refusal:
    """Only the one whose phone number was named; to agree, the name has to be theirs as well."""
    if not offered_to(person).filter(pk=mandate.pk).exists():
        return Refusal("not-asked-you")
    if agree and mandate.last_day < day_of(now):
        return Refusal("mandate-over")
    if agree and mandate.agent_name != person.name:
        return Refusal("names-another")
    open_ = Mandate.objects.filter(pk=mandate.pk, accepted__isnull=True, revoked_at__isnull=True)
    if not open_.update(agent=person, accepted=agree, answered_at=now):
        return Refusal("try-again")
    mandate.refresh_from_db()
    facts: Facts = {"agent": mandate.agent_name, "answer": ANSWERS[agree]}
    key = f"mandate:{mandate.pk}:answered"
    tell(str(mandate.given_by_id), "mandate-answered", facts, case="", key=key, now=now)
    return mandate
