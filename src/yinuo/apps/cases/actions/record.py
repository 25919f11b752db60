"""Writing what the core allowed: the events, what follows from them, and what the applicant is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yinuo.apps.cases.actions.inform import inform
from yinuo.apps.cases.keeping import handed_in_files
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import last_hash
from yinuo.apps.cases.recording import append, write
from yinuo.apps.documents.actions.hand_in import hand_in
from yinuo.apps.items.queries import catalogue
from yinuo.apps.notices.actions.announce import announce
from yinuo.apps.webhooks.actions.announce import announce as tell_programs
from yinuo.core.case import CaseState, Event
from yinuo.core.item import Item


def record(case: Case, events: Sequence[Event], state: CaseState, item: Item, *, now: datetime) -> None:
    """In the caller's transaction. Raises IntegrityError when somebody else was quicker."""
    append(case, events, last_hash(case))
    write(case, state, catalogue().calendar)
    if files := handed_in_files(events):
        hand_in(files)
    announce(state, events, item, now=now)
    inform(state, events, item, now=now)
    tell_programs(state, events, now=now)
