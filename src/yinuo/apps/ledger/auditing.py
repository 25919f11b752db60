"""Whether the sealed days still hold: their rows, their chain, and the events that they were sealed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from yinuo.apps.cases.chain import Link, first_day, links, unknown
from yinuo.apps.cases.queries import Fault
from yinuo.apps.documents import auditing as documents
from yinuo.apps.ledger.actions.seal import ONE_DAY, SETTLED
from yinuo.apps.ledger.models import DayRoot
from yinuo.apps.ledger.queries import keys, statement
from yinuo.apps.ledger.signatures import Key, is_signed, read_keys
from yinuo.apps.promises.queries import cases as promised
from yinuo.core.clock import day_of
from yinuo.core.sealing import FIRST, root_of

LATE = timedelta(hours=1)  # the clock ticks every minute; a day that is open longer was not sealed


def audit(now: datetime) -> Iterator[Fault]:
    """Everything that belongs to no single case: sealed days, files, rows of cases that are gone."""
    yield from _days(now)
    yield from (Fault("files", what) for what in documents.files())
    for number in sorted(unknown(documents.cases())):
        yield Fault(number, "there are documents, but no case")
    for number in sorted(unknown(promised())):
        yield Fault(number, "there are promises, but no case")


def _days(now: datetime) -> Iterator[Fault]:
    today, trusted = day_of(now), read_keys(keys())
    rows: list[DayRoot] = []
    for pk in DayRoot.objects.order_by("day").values_list("pk", flat=True):
        row = _readable(pk, today)
        if row is None:
            yield Fault("days", f"row {pk} cannot be read, or is of a day that is not over")
        else:
            rows.append(row)
    rows.sort(key=lambda row: row.day)
    yield from _chain(rows, trusted)
    try:
        yield from _gaps([row.day for row in rows], day_of(now - SETTLED - LATE))
        for row, found in _with_events(rows):
            yield from _events(row, found)
    except Exception as error:  # a row that was changed by hand fails in any way; its case is named above
        yield Fault("days", f"the events cannot be read ({type(error).__name__})")


def _readable(pk: int, today: date) -> DayRoot | None:
    try:
        row = DayRoot.objects.defer("leaves").get(pk=pk)
        return row if statement(row).text and row.day < today else None
    except Exception:  # as above
        return None


def _gaps(days: list[date], today: date) -> Iterator[Fault]:
    """From the first event on, every day that is over has to be there."""
    begin = min(filter(None, (first_day(), *days[:1])), default=today)
    for day in (*days, today):
        if begin < day:
            yield Fault(begin.isoformat(), f"not sealed, nor is any day until {day - ONE_DAY}")
        begin = max(begin, day + ONE_DAY)


def _chain(rows: list[DayRoot], trusted: list[Key]) -> Iterator[Fault]:
    """Each row is what was signed, and names the day before it."""
    before: str | None = FIRST
    for row in rows:
        said, day = statement(row), row.day.isoformat()
        holds = is_signed(said.text, row.signature, trusted)
        if not holds:
            yield Fault(day, "the signature does not fit what the row says")
        elif before not in (None, said.before):
            yield Fault(day, "the day before it is not the one that it was chained to")
        before = said.hash if holds else None


def _with_events(rows: list[DayRoot]) -> Iterator[tuple[DayRoot, list[Link]]]:
    """Every row with the events that its day has now; these are read in one pass."""
    busy = links(rows[0].day, rows[-1].day) if rows else iter(())
    ahead = next(busy, None)
    for row in rows:
        while ahead and ahead[0] < row.day:
            ahead = next(busy, None)
        yield row, ahead[1] if ahead and ahead[0] == row.day else []


def _events(row: DayRoot, found: list[Link]) -> Iterator[Fault]:
    leaves = _leaves(row)
    if leaves is None or (len(leaves), root_of([link.hash for link in leaves])) != (row.size, row.root):
        yield Fault(row.day.isoformat(), "the list of its events does not give its root")
        if (len(found), _root(found)) != (row.size, row.root):
            yield Fault(row.day.isoformat(), "its events do not give its root")
    else:
        yield from _differences(row.day, leaves, found)


def _leaves(row: DayRoot) -> list[Link] | None:
    try:
        return [Link(str(number), int(seq), str(hash_)) for number, seq, hash_ in row.leaves]
    except Exception:  # as above
        return None


def _root(found: list[Link]) -> str:
    return root_of([str(link.hash) for link in found])


def _differences(day: date, sealed: Iterable[Link], found: Iterable[Link]) -> Iterator[Fault]:
    """What is gone, what is other, what came later."""
    then = {(link.number, link.seq): link.hash for link in sealed}
    now = {(link.number, link.seq): link.hash for link in found}
    for number, seq in sorted(then.keys() - now.keys()):
        yield Fault(number, f"event {seq} of {day} is gone")
    for number, seq in sorted(now.keys() - then.keys()):
        yield Fault(number, f"event {seq} was not there when {day} was sealed")
    for number, seq in sorted(then.keys() & now.keys()):
        if then[number, seq] != now[number, seq]:
            yield Fault(number, f"event {seq} is not the one that was sealed on {day}")
