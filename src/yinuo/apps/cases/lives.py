"""The figures from the events alone: every case folded anew, and no table of cases or promises asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from yinuo.apps.cases.models import CaseEvent
from yinuo.apps.cases.recording import event_of
from yinuo.core.case import Event
from yinuo.core.figures import Part, Tally, View, count, gathered


def from_events(
    view: View, group: Callable[[Part], str | None], units: frozenset[str] | None = None
) -> dict[str, Tally]:
    """The same counts from the events alone; `group` gives a part's key. No projection is read."""
    return gathered(parts(lives(), view, units), group)


def parts(cases: Iterable[list[Event]], view: View, units: frozenset[str] | None) -> Iterator[Part]:
    """What each case adds; for some units: of the cases that they have, what they owed."""
    for events in cases:
        found = list(count(events, view))
        if units is None or found[0].unit in units:
            yield from (part for part in found if units is None or part.unit in units)


def lives() -> Iterator[list[Event]]:
    """The events of every case, case by case."""
    life: list[Event] = []
    last = None
    for row in CaseEvent.objects.order_by("case_id", "seq").iterator(chunk_size=2000):
        if last is not None and row.case_id != last:
            yield life
            life = []
        last = row.case_id
        life.append(event_of(row))
    if life:
        yield life
