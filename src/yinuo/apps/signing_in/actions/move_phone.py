"""Moving an account to another phone number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.people.actions.change_phone import change_phone
from yinuo.apps.people.models import Person
from yinuo.apps.signing_in import texting
from yinuo.apps.signing_in.actions.redeem import redeem
from yinuo.apps.signing_in.models import Purpose
from yinuo.core.errors import Refusal


def move_phone(
    person: Person,
    code: str,
    digits: str,
    *,
    farewell: Callable[[], str],
    now: datetime,
    but: UUID | None = None,
) -> Person | Refusal:
    """The person with the number that got the code. The old number is told so in the words of `farewell`,
    and all sessions end `but` this one."""
    used = redeem(code, Purpose.PHONE, digits, now=now)
    if isinstance(used, Refusal):
        return used
    before = person.phone
    with transaction.atomic():
        moved = change_phone(person, used.phone) if used.person_id == person.pk else Refusal("not-yours")
        if not isinstance(moved, Refusal):
            end_sessions(moved, "phone-moved", now, but=but)
    if isinstance(moved, Refusal):
        return Refusal("invalid-answers", {"code": "wrong-code"})
    if before:
        texting.send(before, farewell())
    return moved
