"""Sealing: a finished day gets a signed root over all its events, chained to the day before."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from yinuo.apps.cases.chain import Link, first_day, links
from yinuo.apps.documents.queries import signer
from yinuo.apps.ledger.models import DayRoot
from yinuo.apps.ledger.queries import last_sealed, statement
from yinuo.core.clock import day_of
from yinuo.core.sealing import FIRST, Statement, root_of

# Whoever acts just before midnight writes just after it; no request lasts so long.
SETTLED = timedelta(minutes=10)
ONE_DAY = timedelta(days=1)


def seal_until(now: datetime) -> int:
    """Seal every finished day that is not sealed yet, empty ones too; returns how many. Safe to repeat."""
    last = last_sealed()
    first = last.day + ONE_DAY if last else first_day()
    until = day_of(now - SETTLED) - ONE_DAY
    if first is None or first > until:
        return 0
    before, sealed = statement(last).hash if last else FIRST, 0
    for day, leaves in _days(first, until):
        row = _signed(day, leaves, before, now)
        if not _kept(row):
            break
        before, sealed = statement(row).hash, sealed + 1
    return sealed


def _days(first: date, last: date) -> Iterator[tuple[date, Sequence[Link]]]:
    """Every day, also those without an event."""
    day = first
    for busy, found in links(first, last):
        while day < busy:
            yield day, []
            day += ONE_DAY
        yield day, found
        day += ONE_DAY
    while day <= last:
        yield day, []
        day += ONE_DAY


def _signed(day: date, leaves: Sequence[Link], before: str, now: datetime) -> DayRoot:
    root = root_of([link.hash for link in leaves])
    said = Statement(day, len(leaves), root, before, now.replace(microsecond=0))
    signature = signer().sign_statement(said.text.encode())
    return DayRoot(
        day=day,
        size=said.size,
        root=root,
        before=before,
        signed_at=said.signed_at,
        signature=b64encode(signature).decode(),
        leaves=leaves,
    )


def _kept(row: DayRoot) -> bool:
    """False when another process sealed that day at the same moment: it goes on from there."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True
