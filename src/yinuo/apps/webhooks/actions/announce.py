"""Writing down which programs have to hear of what has just happened to a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yinuo.apps.clients.queries import listeners
from yinuo.apps.clients.scopes import CASES
from yinuo.apps.people.models import Person
from yinuo.apps.webhooks.events import KINDS
from yinuo.apps.webhooks.models import Delivery
from yinuo.apps.webhooks.queries import endpoints
from yinuo.core.case import CaseState, Event


def announce(state: CaseState, events: Sequence[Event], *, now: datetime) -> int:
    """In the transaction that writes the events; each address once for each event. Returns how many.

    Told are the programs that the applicant let in, and those of an organisation for which the case is.
    """
    told = [event for event in events if event.kind in KINDS]
    if not told or not endpoints().exists():
        return 0
    person = Person.objects.filter(pk=state.applicant).first()
    if person is None:
        return 0
    programs = listeners(person, state.principal, CASES, now)
    rows = [
        Delivery(
            key=f"{state.number}:{event.seq}:{one.pk}",
            endpoint=one,
            case=state.number,
            kind=event.kind,
            at=event.at,
            next_try_at=now,
        )
        for one in endpoints().filter(client__in=programs)
        for event in told
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
