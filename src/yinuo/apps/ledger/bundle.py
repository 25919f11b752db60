"""The bundle: all of one case that its applicant can keep and have checked without the server."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from yinuo.apps.cases.chain import Chained, chained
from yinuo.apps.documents.queries import result_file
from yinuo.apps.ledger.models import DayRoot
from yinuo.apps.ledger.queries import keys, published
from yinuo.apps.ledger.verification import SCHEMA
from yinuo.core.calendar import Calendar
from yinuo.core.case import CaseState, fold
from yinuo.core.clock import day_of
from yinuo.core.sealing import proof_of


def bundle(number: str, calendar: Calendar) -> dict[str, Any]:
    """What docs/reference/bundle-format.md describes, of the events that are stored and no others."""
    chain = list(chained(number))
    days = {row.day: row for row in DayRoot.objects.filter(day__in={day_of(one.event.at) for one in chain})}
    return {
        "schema": SCHEMA,
        "case": number,
        "events": [_event(one, number, days) for one in chain],
        "receipts": _receipts(fold(one.event for one in chain), calendar),
        "results": list(_results(chain)),
        "roots": [published(days[day]) for day in sorted(days)],
        "key": keys(),
    }


def _event(one: Chained, number: str, days: Mapping[date, DayRoot]) -> dict[str, object]:
    row = days.get(day_of(one.event.at))
    return {"text": one.text, "hash": one.hash, "proof": _proof(row, number, one.event.seq) if row else None}


def _proof(row: DayRoot, number: str, seq: int) -> dict[str, object] | None:
    """The way from the event to the root of its day."""
    places = [index for index, leaf in enumerate(row.leaves) if leaf[:2] == [number, seq]]
    if not places:
        return None
    path = proof_of([leaf[2] for leaf in row.leaves], places[0])
    return {"day": row.day.isoformat(), "index": places[0], "path": path}


def _receipts(state: CaseState, calendar: Calendar) -> list[dict[str, object]]:
    return [
        {
            "promise": promise.key,
            "about": promise.about,
            "receipt": promise.account(calendar, state.item_version).as_json(),
        }
        for promise in state.promises
    ]


def _results(chain: Sequence[Chained]) -> Iterator[dict[str, object]]:
    """What was issued, with what its event says of it. A file that is gone is null."""
    for event in (one.event for one in chain):
        if event.kind == "issued":
            file = result_file(str(event.payload["document"]))
            pdf = b64encode(file).decode() if file is not None else None
            yield {"event": event.seq, "issued": dict(event.payload), "pdf": pdf}
