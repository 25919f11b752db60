"""Counting one case from its events alone: no table is asked, so a wrong table cannot hide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from yinuo.core.calendar import Calendar
from yinuo.core.case.events import Event
from yinuo.core.case.fold import fold
from yinuo.core.case.state import CaseState, Stage
from yinuo.core.clock import Stopped, day_of, day_stretches
from yinuo.core.figures.tally import MAIN, Period, Tally
from yinuo.core.promise import REMEDY, Colour, Promise, colour, is_past
from yinuo.core.supervision import DEFAULT, Supervision

SHADES = {Colour.YELLOW: "yellow", Colour.RED: "red", Colour.VIOLATION: "violation"}


@dataclass(frozen=True, slots=True)
class Part:
    """What one case adds to the figures of a unit. `person`: whoever has, or then had, the case."""

    unit: str
    item: str
    person: str
    tally: Tally


def gathered(parts: Iterable[Part], group: Callable[[Part], str | None]) -> dict[str, Tally]:
    """The sum of each group; a part whose group is None is left out."""
    sums: dict[str, Tally] = defaultdict(Tally)
    for part in parts:
        key = group(part)
        if key is not None:
            sums[key].add(part.tally)
    return dict(sums)


@dataclass(frozen=True, slots=True)
class View:
    """From where cases are looked at: which period, at what moment, by which calendar and colours."""

    period: Period
    now: datetime
    calendar: Calendar
    supervision: Supervision = DEFAULT


def count(events: Sequence[Event], view: View) -> Iterator[Part]:
    """The case itself for the unit that has it, each promise for the unit that owed it."""
    state = fold(events)
    yield Part(state.unit, state.item, state.owner.person, _of_case(state, events, view))
    for promise in state.promises:
        tally = _of_promise(promise, state, view)
        if promise.owner != "applicant" and (tally.counts or tally.days or tally.stops):
            yield Part(promise.owner, state.item, _holder(state, promise), tally)


def _holder(state: CaseState, promise: Promise) -> str:
    """Whoever had the case when the promise ended, or has it now."""
    until = promise.ended or state.changed
    links = [link.person for link in state.chain if link.since <= until]
    return links[-1] if links else state.owner.person


def _of_case(state: CaseState, events: Sequence[Event], view: View) -> Tally:
    period, counts = view.period, Counter(_standing(state, view))
    if period.has(state.received):
        counts.update(["received"] + ["supplemented"] * ("supplement-asked" in state.kinds))
    if period.has(state.accepted):
        counts.update(["accepted"] + ["deemed"] * state.deemed)
    if period.has(state.decided):
        counts.update(["decided"] + ["denied"] * (state.granted is False))
    if period.has(state.ended):
        counts.update(_ending(state))
    counts.update(_rated(state, events, period))
    return Tally(counts)


def _standing(state: CaseState, view: View) -> Iterator[str]:
    """How an open case stands now; one that waits only to be collected is open no more."""
    if state.ended is not None or state.stage is Stage.DELIVERED:
        return
    yield "open"
    running = next((p for p in state.open_promises if p.key in MAIN and not p.is_paused), None)
    if running is None:
        yield "stopped"
        return
    due = running.due(view.calendar)
    if not isinstance(due, Stopped) and day_of(due) == day_of(view.now) and not is_past(due, view.now):
        yield "due-today"
    threshold = view.supervision.threshold(running.key, state.item, running.owner)
    shade = SHADES.get(colour(running, view.now, view.calendar, threshold))
    if shade is not None:
        yield shade


def _ending(state: CaseState) -> Iterator[str]:
    if state.stage is Stage.REFUSED:
        yield "refused"
    if state.stage is Stage.CLOSED:
        yield "closed"
        if state.rating is not None:
            yield "closed-rated"


def _rated(state: CaseState, events: Sequence[Event], period: Period) -> Iterator[str]:
    """The rating of the whole case; one that an appeal took out is counted apart."""
    for event in events:
        if event.kind == "rated" and not event.payload["visit"] and period.has(event.at):
            yield "rating-out" if is_taken_out(state, 0) else f"rating-{event.payload['level']}"


def is_taken_out(state: CaseState, visit: int) -> bool:
    """Whether another unit upheld an appeal against the rating of that visit."""
    appeal = state.appeals.get(visit)
    return appeal is not None and bool(appeal.get("upheld"))


def _of_promise(promise: Promise, state: CaseState, view: View) -> Tally:
    tally = Tally()
    if promise.key in MAIN:
        _main(tally, promise, view)
    elif promise.key in REMEDY:
        tally.counts.update(_remedy(promise, state, view))
    elif promise.key == "card" and view.period.has(promise.start):
        tally.counts[f"card-{promise.about}"] += 1
    return tally


def _main(tally: Tally, promise: Promise, view: View) -> None:
    period, calendar, today = view.period, view.calendar, day_of(view.now)
    for stop, begun, ended in _stops(promise):
        if period.has(begun):
            tally.stops[stop] += 1
            tally.stopped[stop] += max(calendar.working_days(begun, ended or today), 0)
    if promise.ended is None or promise.void or not period.has(promise.ended):
        return
    key = promise.key
    tally.counts.update([f"{key}-ended"] + [f"{key}-kept"] * _is_kept(promise.due(calendar), promise.ended))
    if promise.statutory is not None:
        lawful = _is_kept(promise.statutory_due(calendar), promise.ended)
        tally.counts.update([f"{key}-bound"] + [f"{key}-lawful"] * lawful)
    if key == "decide":
        tally.counts["extended"] += bool(promise.extensions)
        tally.days[used(promise, promise.ended, calendar)] += 1


def _is_kept(due: date | datetime | Stopped | None, at: datetime) -> bool:
    return due is not None and not isinstance(due, Stopped) and not is_past(due, at)


def _stops(promise: Promise) -> Iterator[tuple[tuple[str, str], date, date | None]]:
    for pause in promise.pauses:
        ended = None if pause.end is None else day_of(pause.end)
        yield (pause.kind, pause.ground), day_of(pause.start), ended


def used(promise: Promise, until: datetime, calendar: Calendar) -> int:
    """Working days d with start < d <= end on which the clock ran."""
    at, last, total = day_of(promise.start).toordinal(), day_of(until).toordinal(), 0
    for stop, resume in day_stretches(promise.pauses):
        if stop >= last:
            break
        total += max(calendar.rank(stop) - calendar.rank(at), 0)
        at = max(at, last if resume is None else resume)
    return total + max(calendar.rank(last) - calendar.rank(at), 0)


def _remedy(promise: Promise, state: CaseState, view: View) -> Iterator[str]:
    counts = promise.key == "verify" and not is_taken_out(state, int(promise.about))
    if counts and view.period.has(promise.start):
        yield "bad-ratings"
        if any(_is_call(one, promise.about) for one in state.promises):
            yield "called-back"
    due = promise.due(view.calendar)
    if promise.void or isinstance(due, Stopped) or not view.period.has(due):
        return
    yield "remedies-due"
    if is_past(due, promise.ended or view.now):
        yield "remedies-broken"
    elif promise.ended is not None:
        yield "remedies-kept"


def _is_call(promise: Promise, visit: str) -> bool:
    """Whether that is a call after the rating of a visit, and it was made."""
    return (
        promise.key == "call-back"
        and promise.about == visit
        and promise.ended is not None
        and not promise.void
    )
