"""Whether a bundle holds, decided offline from the file, the calendars and a public key."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from yinuo.apps.ledger.signatures import Key, decoded, is_signed, read_keys, write_keys
from yinuo.core.calendar import Calendar
from yinuo.core.case import CaseState, Event, fold
from yinuo.core.clock import SHANGHAI, day_of
from yinuo.core.errors import Refusal
from yinuo.core.ledger import EMPTY
from yinuo.core.merkle import verify_inclusion
from yinuo.core.promise import KEYS as KINDS
from yinuo.core.receipt import verify
from yinuo.core.sealing import Statement, statement_of

SCHEMA = "yinuo-bundle/1"
KEYS = {"schema", "case", "events", "receipts", "results", "roots", "key"}
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(slots=True)
class Findings:
    """faults: one line each, empty when all holds. open: the events of days that are not sealed yet."""

    faults: list[str] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    key: Key | None = None  # of those that were used, the first


def is_bundle(value: object) -> bool:
    """Whether it wants to be one."""
    return isinstance(value, Mapping) and (value.get("schema") == SCHEMA or "events" in value)


def verify_bundle(value: Mapping[str, Any], calendar: Calendar, trusted: list[Key] | None = None) -> Findings:
    """Every hash, receipt, result, proof and signature. Without `trusted` the keys in the bundle are used,
    and then the findings say only that the bundle agrees with itself. Any JSON is safe."""
    if value.get("schema") != SCHEMA or set(value) != KEYS or not isinstance(value["case"], str):
        return Findings(["the file is not a bundle as yinuo-bundle/1 describes it"])
    lists = (value["events"], value["receipts"], value["results"], value["roots"])
    if not all(isinstance(one, list) for one in lists) or not value["events"]:
        return Findings(["the file is not a bundle as yinuo-bundle/1 describes it"])
    return _Check(value, calendar, trusted).findings()


class _Check:
    """One bundle being checked; each method yields the faults of its part."""

    def __init__(self, value: Mapping[str, Any], calendar: Calendar, trusted: list[Key] | None) -> None:
        self.value, self.calendar = value, calendar
        self.keys = trusted or []
        self.trusted = trusted
        self.events: list[Event | None] = []
        self.days: dict[date, Statement] = {}
        self.open: list[int] = []

    def findings(self) -> Findings:
        faults = [*self._key(), *self._chain(), *self._roots(), *self._proofs(), *self._results()]
        faults += self._receipts()
        return Findings(faults, self.open, self.keys[0] if self.keys else None)

    def _key(self) -> Iterator[str]:
        try:
            inside = read_keys(self.value["key"])
        except (ValueError, TypeError):
            yield "the key in the bundle cannot be read"
            return
        if self.trusted is None:
            self.keys = inside
        elif not {write_keys([one]) for one in inside} <= {write_keys([one]) for one in self.trusted}:
            yield "the key in the bundle is not the one that was given"

    def _chain(self) -> Iterator[str]:
        before: object = EMPTY
        for seq, one in enumerate(self.value["events"], start=1):
            event = self._event(seq, one, before)
            self.events.append(event)
            if event is None:
                yield f"event {seq}: its text, its hash and the event before it do not fit together"
            before = one.get("hash") if isinstance(one, Mapping) else None

    def _event(self, seq: int, one: Any, before: object) -> Event | None:
        """The event of a text that hashes to its hash and stands at its place; else None."""
        try:
            if set(one) != {"text", "hash", "proof"} or _sha256(one["text"].encode()) != one["hash"]:
                return None
            named, case, number, kind, at, actor, role, payload = json.loads(one["text"])
            if (named, case, number) != (before, self.value["case"], seq):
                return None
            moment = datetime.fromisoformat(at).astimezone(SHANGHAI)
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError, OverflowError):
            return None
        return Event(seq, kind, moment, actor, role, payload)

    def _roots(self) -> Iterator[str]:
        for place, one in enumerate(self.value["roots"], start=1):
            try:
                text, signature = one["statement"], one["signature"]
                said = statement_of(text)
            except (KeyError, TypeError, ValueError):
                yield f"root {place}: it is not the statement of a day"
                continue
            if set(one) != {"statement", "signature"} or not is_signed(text, signature, self.keys):
                yield f"root of {said.day}: the signature does not fit"
            elif said.day in self.days:
                yield f"root of {said.day}: there are two"
            else:
                self.days[said.day] = said

    def _proofs(self) -> Iterator[str]:
        latest = max(self.days, default=None)
        for seq, (one, event) in enumerate(zip(self.value["events"], self.events, strict=True), start=1):
            if event is None:
                continue  # named already, and what day it is of cannot be known
            day, proof = day_of(event.at), one["proof"]
            if proof is not None:
                if not self._is_proven(one["hash"], day, proof):
                    yield f"event {seq}: the proof does not lead to the root of {day}"
            elif latest is not None and day <= latest:
                yield f"event {seq}: there is no proof, though {latest} is sealed"
            else:
                self.open.append(seq)

    def _is_proven(self, leaf: str, day: date, proof: Any) -> bool:
        said = self.days.get(day)
        try:
            if said is None or set(proof) != {"day", "index", "path"} or proof["day"] != day.isoformat():
                return False
            path = [bytes.fromhex(one) for one in proof["path"] if _HASH.fullmatch(one)]
            whole = len(path) == len(proof["path"]) and type(proof["index"]) is int
            root = bytes.fromhex(said.root)
            return whole and verify_inclusion(leaf.encode(), proof["index"], said.size, path, root)
        except (TypeError, ValueError):
            return False

    def _results(self) -> Iterator[str]:
        issued = {e.seq: e.payload for e in self.events if e is not None and e.kind == "issued"}
        for place, one in enumerate(self.value["results"], start=1):
            seq = one.get("event") if isinstance(one, Mapping) and type(one.get("event")) is int else None
            said = issued.pop(seq, None) if seq is not None else None
            if said is None or set(one) != {"event", "issued", "pdf"} or _text(one["issued"]) != _text(said):
                yield f"result {place}: no event says that it was issued so"
            elif one["pdf"] is None:
                yield f"result {place} (event {seq}): the file is missing"
            elif _sha256(decoded(one["pdf"]) if isinstance(one["pdf"], str) else None) != said.get("sha256"):
                yield f"result {place} (event {seq}): the file is not the one that was issued"
        yield from (f"event {seq}: its result is missing" for seq in sorted(issued))

    def _receipts(self) -> Iterator[str]:
        state = self._state()
        for place, one in enumerate(self.value["receipts"], start=1):
            whole = isinstance(one, Mapping) and set(one) == {"promise", "about", "receipt"}
            kind = f" ({one['promise']})" if whole and one["promise"] in KINDS else ""
            name = f"receipt {place}{kind}"
            found = verify(one["receipt"], self.calendar) if whole else Refusal("not-a-receipt")
            if isinstance(found, Refusal):
                wrong = found.facts.get("keys")
                listed = ", ".join(map(str, wrong)) if isinstance(wrong, list) else ""
                yield f"{name}: {found.code} {listed}".rstrip()
            elif state is not None and not self._is_owed(one, place, state):
                yield f"{name}: it is not the one that follows from the events"
        if state is not None and len(self.value["receipts"]) < len(state.promises):
            yield f"receipts: there are {len(self.value['receipts'])}, the events make {len(state.promises)}"

    def _is_owed(self, one: Mapping[str, Any], place: int, state: CaseState) -> bool:
        """Whether the promise at that place, as the events add up, has this very receipt."""
        calendar = self.calendar.of_version(str(one["receipt"]["calendar"]))
        if place > len(state.promises) or calendar is None:
            return False
        promise = state.promises[place - 1]
        receipt = promise.account(calendar, state.item_version).as_json()
        named = (one["promise"], one["about"]) == (promise.key, promise.about)
        return named and _text(one["receipt"]) == _text(receipt)

    def _state(self) -> CaseState | None:
        """What the events add up to; None where one of them is broken, which is a fault of its own."""
        events = [event for event in self.events if event is not None]
        if len(events) < len(self.events):
            return None
        try:
            return fold(events)
        except Exception:  # the texts are a stranger's
            return None


def _sha256(content: bytes | None) -> str:
    return hashlib.sha256(content).hexdigest() if content is not None else ""


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
