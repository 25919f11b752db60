"""The receipt: the day-by-day account of how a due date was reached, and its recomputation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yinuo.core.calendar import Calendar, DayKind
from yinuo.core.clock import (
    SHANGHAI,
    Extension,
    Limit,
    Pause,
    Phase,
    Reached,
    Stopped,
    Unit,
    day_of,
    day_stretches,
    end_of_day,
    instant,
    instant_stretches,
    reach,
)
from yinuo.core.errors import Refusal

SCHEMA = "yinuo-receipt/1"


@dataclass(frozen=True, slots=True)
class Row:
    """One day of a receipt. `count` of `of` are used when it ends, counted in `unit`."""

    day: date
    what: str  # trigger | counted | weekend | holiday | makeup | paused | rolled
    count: int = 0
    of: int = 0
    pause: Pause | None = None
    unit: Unit | None = None

    @property
    def label(self) -> str:
        if self.what == "counted":
            return f"counted {self.count}/{self.of}"
        if self.what == "makeup":
            return f"makeup counted {self.count}/{self.of}"
        if self.pause is not None:
            return f"paused: {self.pause.kind}, {self.pause.ground}".rstrip(", ")
        return self.what


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day-by-day account of one clock; `days()` walks it, nothing else does."""

    start: date | datetime
    limit: Limit
    pauses: tuple[Pause, ...]
    extensions: tuple[Extension, ...]
    calendar: Calendar
    ground: str
    item: str | None
    reached: Reached

    @property
    def due(self) -> date | datetime | None:
        return None if isinstance(self.reached.due, Stopped) else self.reached.due

    @property
    def stopped(self) -> Stopped | None:
        return self.reached.due if isinstance(self.reached.due, Stopped) else None

    @property
    def provisional(self) -> bool:
        """Whether a year without a notice had a say in the date."""
        return any(self._leans(phase) for phase in self.reached.phases) or self._rolls_into_unknown()

    def _leans(self, phase: Phase) -> bool:
        """Whether a day that has not been announced was looked at while this stretch was counted."""
        if phase.unit not in (Unit.WORKING_DAY, Unit.IMMEDIATE):
            return False
        first, last = day_of(phase.start), day_of(self._end(phase))
        if phase.unit is Unit.WORKING_DAY and last > first:
            first += timedelta(days=1)
        return not (self.calendar.is_announced(first) and self.calendar.is_announced(last))

    def _end(self, phase: Phase) -> date | datetime:
        """Where a stretch ends: reached, or stopped."""
        if phase.end is not None:
            return phase.end
        return self.stopped.on if self.stopped else phase.start

    def _rolls_into_unknown(self) -> bool:
        nominal, due = self.reached.nominal, self.due
        if not self.limit.rolls or nominal is None or due is None or isinstance(nominal, datetime):
            return False
        return not (self.calendar.is_announced(nominal) and self.calendar.is_announced(day_of(due)))

    def days(self) -> list[Row]:
        """One row per day, from the trigger to the due date, or to the day on which the clock stopped."""
        rows = [Row(day_of(self.start), "trigger")]
        for phase in self.reached.phases:
            rows.extend(self._walk(phase, rows[-1].day))
        rows.extend(self._roll(rows[-1].day))
        return rows

    def _walk(self, phase: Phase, after: date) -> Iterator[Row]:
        last = self._end(phase)
        if phase.unit is Unit.HOUR:
            yield from _hour_rows(phase, self.pauses, after, instant(last))
            return
        count = 0
        for day in _days_after(after, day_of(last)):
            row = self._row(day, phase, count)
            count = row.count or count
            yield row

    def _row(self, day: date, phase: Phase, count: int) -> Row:
        pause = _pause_over(day, self.pauses)
        if pause is not None:
            return Row(day, "paused", pause=pause)
        kind = self.calendar.kind(day)
        if phase.unit in (Unit.WORKING_DAY, Unit.IMMEDIATE):
            if kind in (DayKind.WEEKEND, DayKind.HOLIDAY):
                return Row(day, kind.value)
            if phase.unit is Unit.IMMEDIATE:
                return Row(day, "rolled")
        what = "makeup" if kind is DayKind.MAKEUP and phase.unit is Unit.WORKING_DAY else "counted"
        return Row(day, what, count + 1, phase.budget, unit=phase.unit)

    def _roll(self, nominal: date) -> Iterator[Row]:
        due = self.due
        if due is None or isinstance(due, datetime):
            return
        for day in _days_after(nominal, due):
            yield Row(day, "rolled" if day == due else self.calendar.kind(day).value)

    def as_json(self) -> dict[str, object]:
        """The fixed schema `yinuo-receipt/1`, which `verify` reads.

        `digest` is the SHA-256 of everything else, since a wrong ground or hour changes no date.
        """
        facts = self._facts()
        return facts | {"digest": hashlib.sha256(_text(facts).encode()).hexdigest()}

    def _facts(self) -> dict[str, object]:
        stopped = self.stopped
        return {
            "schema": SCHEMA,
            "start": written(self.start),
            "limit": self.limit.as_json() | {"ground": self.ground},
            "pauses": [pause_json(p) for p in self.pauses],
            "extensions": [extension_json(e) for e in self.extensions],
            "due": written(self.due) if self.due else None,
            "stopped": _stopped_json(stopped) if stopped else None,
            "provisional": self.provisional,
            "calendar": self.calendar.version,
            "item": self.item,
            "days": [{"date": row.day.isoformat(), "label": row.label} for row in self.days()],
        }


def account(
    start: date | datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    *,
    ground: str = "",
    item: str | None = None,
) -> Receipt:
    """The receipt of one clock. Pauses and extensions may come in any order; errors as in `clock.due`."""
    pauses, extensions = _in_order(pauses), tuple(sorted(extensions, key=repr))
    reached = reach(start, limit, calendar, pauses, extensions)
    return Receipt(start, limit, pauses, extensions, calendar, ground, item, reached)


def verify(value: object, calendar: Calendar) -> Receipt | Refusal:
    """Recompute a receipt from its own facts: `not-a-receipt`, `unknown-calendar` or `receipt-differs`."""
    if not isinstance(value, Mapping) or value.get("schema") != SCHEMA:
        return Refusal("not-a-receipt")
    known = calendar.of_version(str(value.get("calendar")))
    if known is None:
        return Refusal("unknown-calendar", facts={"calendar": value.get("calendar")})
    try:
        receipt = _recompute(value, known)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
        return Refusal("not-a-receipt")
    facts = receipt.as_json()
    differing = [key for key, fact in facts.items() if key not in value or _text(value[key]) != _text(fact)]
    differing += sorted(str(key) for key in value.keys() - facts.keys())
    return Refusal("receipt-differs", facts={"keys": differing}) if differing else receipt


def _recompute(value: Mapping[str, object], calendar: Calendar) -> Receipt:
    limit, pauses, extensions = value["limit"], value["pauses"], value["extensions"]
    if not (isinstance(limit, Mapping) and isinstance(pauses, list) and isinstance(extensions, list)):
        raise TypeError("limit, pauses or extensions of another shape")
    return account(
        moment(str(value["start"])),
        Limit.from_json(limit),
        calendar,
        [pause_from_json(p) for p in pauses],
        [extension_from_json(e) for e in extensions],
        ground=str(limit["ground"]),
        item=None if value["item"] is None else str(value["item"]),
    )


def _pause_over(day: date, pauses: Sequence[Pause]) -> Pause | None:
    ordinal = day.toordinal()
    for pause in pauses:
        ((stop, resume),) = day_stretches([pause])
        if stop < ordinal and (resume is None or ordinal <= resume):
            return pause
    return None


def _hour_rows(phase: Phase, pauses: Sequence[Pause], after: date, last: datetime) -> Iterator[Row]:
    start = instant(phase.start)
    for day in _days_after(after, day_of(last)):
        until = min(end_of_day(day), last)
        used = _running(start, until, pauses)
        whole = _pause_over(day, pauses)
        if whole and used == _running(start, min(end_of_day(day - timedelta(days=1)), until), pauses):
            yield Row(day, "paused", pause=whole)
        else:
            yield Row(day, "counted", int(used.total_seconds() // 3600), phase.budget, unit=Unit.HOUR)


def _running(start: datetime, until: datetime, pauses: Sequence[Pause]) -> timedelta:
    """The time from `start` to `until` during which an hour clock ran."""
    total = max(until - start, timedelta())
    for stop, resume in instant_stretches(pauses):
        out = min(resume or until, until) - max(stop, start)
        total -= max(out, timedelta())
    return total


def _days_after(first: date, last: date) -> Iterator[date]:
    for n in range(1, (last - first).days + 1):
        yield first + timedelta(days=n)


def _in_order(pauses: Sequence[Pause]) -> tuple[Pause, ...]:
    return tuple(sorted(pauses, key=lambda p: (instant(p.start), p.kind, p.ground, str(p.end))))


def _text(value: object) -> str:
    """One text for one JSON value, so that 1, 1.0 and true are three things."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=repr)


def written(value: date | datetime) -> str:
    """As `moment` reads it back: an instant in Shanghai's time."""
    return instant(value).isoformat() if isinstance(value, datetime) else value.isoformat()


def moment(text: str) -> date | datetime:
    """A date, or an ISO instant; a time without an offset is Shanghai's. Raises ValueError."""
    if len(text) <= 10:
        return date.fromisoformat(text)
    parsed = datetime.fromisoformat(text)
    return parsed.replace(tzinfo=SHANGHAI) if parsed.tzinfo is None else parsed.astimezone(SHANGHAI)


def pause_json(pause: Pause) -> dict[str, object]:
    end = written(pause.end) if pause.end else None
    return {"from": written(pause.start), "to": end, "kind": pause.kind, "ground": pause.ground}


def pause_from_json(value: Mapping[str, object]) -> Pause:
    end = None if value["to"] is None else moment(str(value["to"]))
    return Pause(moment(str(value["from"])), end, str(value["kind"]), str(value["ground"]))


def extension_json(extension: Extension) -> dict[str, object]:
    on = extension.on.isoformat() if extension.on else None
    limit = extension.limit.as_json()
    return {"limit": limit, "on": on, "reason": extension.reason, "ground": extension.ground}


def extension_from_json(value: Mapping[str, object]) -> Extension:
    limit, on = value["limit"], value["on"]
    if not isinstance(limit, Mapping):
        raise TypeError("an extension without a limit")
    day = None if on is None else date.fromisoformat(str(on))
    return Extension(Limit.from_json(limit), day, str(value["reason"]), str(value["ground"]))


def _stopped_json(stopped: Stopped) -> dict[str, object]:
    return {"on": written(stopped.on), "left": stopped.left, "unit": stopped.unit.value}
