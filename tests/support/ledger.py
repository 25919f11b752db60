"""Cases over two days that are sealed, the audit of all of it, and a bundle to be spoilt."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from support.actors import Cast
from support.fixed_clock import at
from support.journeys import accepted, closed

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import audit
from yinuo.apps.items.queries import catalogue
from yinuo.apps.ledger.actions.seal import seal_until
from yinuo.apps.ledger.auditing import audit as audit_ledger
from yinuo.apps.ledger.bundle import bundle

AFTER = at("10-15 09:00")


@dataclass(frozen=True, slots=True)
class Sealed:
    """`closed` has a result and ended on 10-12, `accepted` was so on 10-14; on 10-13 nothing happened."""

    closed: Case
    accepted: Case


def sealed_cases(cast: Cast) -> Sealed:
    cases = Sealed(closed(cast), accepted(cast, at=at("10-14 10:00")))
    assert seal_until(AFTER) == 3
    return cases


def lines(now: datetime = AFTER) -> list[str]:
    """What `yinuo audit` prints, but for its last line."""
    found = [fault for _number, faults in audit(catalogue().calendar) for fault in faults]
    return [f"{fault.number}: {fault.what}" for fault in (*found, *audit_ledger(now))]


def bundle_of(case: Case) -> dict[str, Any]:
    """As it is read from the file that was downloaded."""
    value: dict[str, Any] = json.loads(json.dumps(bundle(case.number, catalogue().calendar)))
    return value


def flipped(text: str, place: int = 0) -> str:
    """One bit of one character is another."""
    return text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]


# What is changed in a bundle of a closed case -> what is said about it, in part.
CHANGES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "the words of an event": (
        lambda b: b["events"][2].update(text=b["events"][2]["text"].replace("材料", "資料")),
        "event 3: its text",
    ),
    "a hash": (lambda b: b["events"][4].update(hash=flipped(b["events"][4]["hash"])), "event 5: its text"),
    "an event taken out": (lambda b: b["events"].pop(3), "event 4: its text"),
    "two events swapped": (lambda b: b["events"].reverse(), "event 1: its text"),
    "the case": (lambda b: b.update(case=flipped(b["case"])), "event 1: its text"),
    "a proof": (
        lambda b: b["events"][5]["proof"]["path"].__setitem__(0, flipped(b["events"][5]["proof"]["path"][0])),
        "event 6: the proof",
    ),
    "the place in a proof": (lambda b: b["events"][5]["proof"].update(index=0), "event 6: the proof"),
    "a proof left out": (lambda b: b["events"][5].update(proof=None), "event 6: there is no proof"),
    "the root of a day": (
        lambda b: b["roots"][0].update(statement=b["roots"][0]["statement"].replace('"size":8', '"size":9')),
        "root of 2026-10-12: the signature",
    ),
    "a signature": (
        lambda b: b["roots"][0].update(signature=flipped(b["roots"][0]["signature"])),
        "root of 2026-10-12: the signature",
    ),
    "the day of a receipt": (
        lambda b: b["receipts"][1]["receipt"].update(due="2026-10-30"),
        "receipt 2 (decide): receipt-differs due",
    ),
    "the name of a receipt": (
        lambda b: b["receipts"][1].update(promise="accept"),
        "receipt 2 (accept): it is not the one that follows from the events",
    ),
    "a receipt of another promise": (
        lambda b: b["receipts"][1].update(receipt=b["receipts"][0]["receipt"]),
        "receipt 2 (decide): it is not the one that follows from the events",
    ),
    "a receipt left out": (lambda b: b["receipts"].pop(), "receipts: there are"),
    "a byte of a result": (
        lambda b: b["results"][0].update(pdf=flipped(b["results"][0]["pdf"], 400)),
        "result 1 (event 5): the file is not the one that was issued",
    ),
    "what was issued": (
        lambda b: b["results"][0]["issued"].update(sha256="0" * 64),
        "result 1: no event says that it was issued so",
    ),
    "a result left out": (lambda b: b["results"].clear(), "event 5: its result is missing"),
    "the file of a result": (
        lambda b: b["results"][0].update(pdf=None),
        "result 1 (event 5): the file is missing",
    ),
    "the key": (lambda b: b.update(key=flipped(b["key"], 60)), "the key in the bundle"),
}
