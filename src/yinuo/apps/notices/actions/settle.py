"""What a person decides about a notice that could not be delivered."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from yinuo.apps.notices.models import UNDELIVERED, Notice, State
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

Way = Literal["again", "done", "drop"]
LONGEST_REASON = 500


def settle(notice: int, way: Way, reason: str, *, person: Person, now: datetime) -> Refusal | None:
    """Try `again`, call it `done` (it did arrive), or `drop` it with a reason, which stays on the record.

    Of two who decide at once one is told `changed-meanwhile`.
    """
    reason = reason.strip()
    if way == "drop" and not reason:
        return Refusal("reasons-needed")
    if len(reason) > LONGEST_REASON:
        return Refusal("too-long")
    changes: dict[Way, dict[str, Any]] = {
        "again": {"state": State.WAITING, "next_try_at": now, "tries": 0, "error": "", "claim": ""},
        "done": {"state": State.SENT, "sent_at": now, "error": "", "claim": ""},
        "drop": {"state": State.DROPPED, "claim": ""},
    }
    record = {"settled_by": str(person.pk), "settled_at": now, "reason": reason}
    undecided = Notice.objects.filter(pk=notice, state__in=UNDELIVERED)
    changed = undecided.update(**changes[way], **record)
    return None if changed else Refusal("changed-meanwhile")
