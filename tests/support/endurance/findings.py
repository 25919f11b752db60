"""What a month of kills must not have done: each finding is one sentence, and there should be none."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.db import transaction
from support.clocked_worker import rounds
from support.endurance.acting import Record

from yinuo.apps.cases.actions.inform import inform
from yinuo.apps.cases.actions.rebuild import rebuild
from yinuo.apps.cases.actions.tick import tick
from yinuo.apps.cases.calls import closed_in
from yinuo.apps.cases.models import Case, CaseEvent, Draft
from yinuo.apps.cases.queries import audit, opened
from yinuo.apps.items.queries import catalogue
from yinuo.apps.ledger.auditing import audit as audit_ledger
from yinuo.apps.ledger.models import DayRoot
from yinuo.apps.notices.actions.announce import announce
from yinuo.apps.notices.models import Notice, State
from yinuo.apps.notices.outcome import identity
from yinuo.apps.promises.models import PromiseRow, RungReached
from yinuo.core.case import apply
from yinuo.core.case.fold import fold
from yinuo.core.clock import day_of
from yinuo.core.sampling import sample

KINDS = {
    "submit": "submitted",
    "accept": "accepted",
    "supplement": "supplement-asked",
    "answer-supplement": "supplemented",
    "pass": "stepped",
    "suspend": "suspended",
    "resume": "resumed",
    "decide": "decided",
    "issue": "issued",
    "deliver": "delivered",
    "rate": "rated",
    "urge": "urged",
    "say": "message",
    "withdraw": "withdrawn",
}
FOLLOWS = ("closed",)  # written with a rating, in the applicant's name


@dataclass(frozen=True, slots=True)
class Outside:
    """What the other sides have, and what the processes left behind."""

    texts: Sequence[dict[str, str]]
    mails: Sequence[EmailMessage]
    beats: Path
    logs: Sequence[Path]


def findings(record: Record, outside: Outside, now: datetime) -> list[str]:
    checks = (
        record.wrong,
        _processes(outside),
        _acts(record),
        _drafts(record),
        _audited(now),
        _promises(),
        _rungs(),
        _announced(),
        _invented(),
        _texts(outside),
        _mails(outside),
        _roots(now),
        _lots(),
        _rebuilt(),  # puts right what the others have to see
        _left_to_do(now),
    )
    return [one for check in checks for one in check]


def _processes(outside: Outside) -> Iterator[str]:
    if by_itself := rounds(outside.beats)[2]:
        yield f"the worker ended by itself {by_itself} times"
    for path in outside.logs:
        for line in path.read_text(errors="replace").splitlines():
            if "tick failed" in line or "notice failed" in line or "Internal Server Error" in line:
                yield f"{path.stem}: {line[:200]}"


def _acts(record: Record) -> Iterator[str]:
    """Everything that somebody was told is there, once; and nothing is there that nobody did."""
    stored = list(CaseEvent.objects.exclude(role="system").select_related("case"))
    texts = [(e.case.number, e.kind, json.dumps(e.payload, ensure_ascii=False)) for e in stored]
    plain = Counter((number, kind) for number, kind, _ in texts)
    for act in record.acts:
        kind, number = KINDS[act.verb], act.number
        times = (
            sum(act.mark in text for one, what, text in texts if (one, what) == (number, kind))
            if act.mark
            else plain[number, kind]
        )
        if times != 1:
            told = "acknowledged" if act.acknowledged else "found done"
            yield f"{number}: {act.verb} {act.mark} was {told}, and is there {times} times"
    done = Counter(KINDS[act.verb] for act in record.acts)
    there = Counter(e.kind for e in stored if e.kind not in FOLLOWS)
    if done != there:
        yield f"people did {sorted((done - there).items())} more, {sorted((there - done).items())} less"


def _drafts(record: Record) -> Iterator[str]:
    for key, number in record.drafts.items():
        case = Draft.objects.select_related("case").get(pk=key).case
        if case is None or case.number != number:
            yield f"draft {key} was told to be {number} and is {case}"
    if Case.objects.count() != len(set(record.drafts.values())) or Case.objects.filter(draft=None).exists():
        yield f"{len(record.drafts)} drafts became {Case.objects.count()} cases"


def _audited(now: datetime) -> Iterator[str]:
    found = [fault for _number, faults in audit(catalogue().calendar) for fault in faults]
    yield from (f"audit: {fault.number}: {fault.what}" for fault in (*found, *audit_ledger(now)))


def _rebuilt() -> Iterator[str]:
    before = _rows()
    count = sum(1 for _ in rebuild(catalogue().calendar))
    if count != Case.objects.count() or _rows() != before:
        yield "a rebuild changes the rows"


def _rows() -> list[Any]:
    promises = [
        {key: value for key, value in row.items() if key != "id"}
        for row in PromiseRow.objects.order_by("case", "place").values()
    ]
    return [*Case.objects.order_by("pk").values(), *promises]


def _promises() -> Iterator[str]:
    """Told by the events alone, without the projection that wrote the rows."""
    kept = {(row.case, row.place): row for row in PromiseRow.objects.all()}
    for case in Case.objects.all():
        for place, promise in enumerate(fold(opened(case).events).promises):
            row = kept.pop((case.number, place), None)
            if row is None or (row.key, row.about, row.ended_at) != (
                promise.key,
                promise.about,
                promise.ended,
            ):
                yield f"{case.number}: promise {place} ({promise.key}) is missing"
            elif not row.owner or (row.owner != "applicant" and not row.person):
                yield f"{case.number}: promise {place} ({promise.key}) has no owner"
    yield from (f"{number}: there is a promise {place} that nobody made" for number, place in kept)


def _rungs() -> Iterator[str]:
    """Each rung once, with its card or without one, and each card once."""
    rungs = Counter(RungReached.objects.values_list("case", "place", "rung"))
    yield from (f"{key} was reached {times} times" for key, times in rungs.items() if times > 1)
    cards: Counter[tuple[str, str]] = Counter()
    for event in CaseEvent.objects.filter(kind="carded").select_related("case"):
        cards[event.case.number, "{card} card for {key} {about}".format_map(event.payload)] += 1
    yield from (f"{key} was carded {times} times" for key, times in cards.items() if times > 1)


def _announced() -> Iterator[str]:
    """Telling everything once more tells nobody anything new."""
    before = set(Notice.objects.values_list("key", flat=True))
    with transaction.atomic():
        for case in Case.objects.all():
            _tell_again(case)
        after = set(Notice.objects.values_list("key", flat=True))
        transaction.set_rollback(True)
    yield from (f"notice {key} is missing" for key in sorted(after - before))


def _tell_again(case: Case) -> None:
    found, state = opened(case), None
    for event in found.events:
        state = fold([event]) if state is None else apply(state, event)
        announce(state, [event], found.item, now=event.at)
        inform(state, [event], found.item, now=event.at)


def _invented() -> Iterator[str]:
    """No notice tells of an act that was never finished."""
    last = dict(Case.objects.values_list("number", "seq"))
    for key in Notice.objects.values_list("key", flat=True):
        number, what, *_ = key.split(":")
        if number not in last or (what.isdecimal() and int(what) > last[number]):
            yield f"notice {key} tells of what never happened"


def _texts(outside: Outside) -> Iterator[str]:
    there = Counter(message["id"] for message in outside.texts)
    yield from _sent("sms", there, lambda key: identity(key))


def _mails(outside: Outside) -> Iterator[str]:
    there = Counter(str(mail["Message-ID"]).strip("<>").partition("@")[0] for mail in outside.mails)
    yield from _sent("email", there, lambda key: identity(key))


def _sent(channel: str, there: Counter[str], named: Any) -> Iterator[str]:
    rows = {named(row.key): row for row in Notice.objects.filter(channel=channel)}
    for key, times in there.items():
        if times > 1 or key not in rows:
            yield f"{channel} {key} arrived {times} times"
    for key, row in rows.items():
        if row.state == State.SENT and not there[key]:
            yield f"{channel} {row.key} is marked as sent and never arrived"
        if row.state not in (State.SENT, State.UNSURE):
            yield f"{channel} {row.key} is still {row.state} ({row.error})"
        if row.state == State.UNSURE and channel == "sms":
            yield f"{channel} {row.key} is unsure, and its gateway would have known"


def _roots(now: datetime) -> Iterator[str]:
    days = list(DayRoot.objects.order_by("day").values_list("day", flat=True))
    first = min(day_of(at) for at in CaseEvent.objects.values_list("at", flat=True))
    wanted = [first + timedelta(days=n) for n in range((day_of(now) - first).days)]
    if days != wanted:
        yield f"sealed are {len(days)} days, and {len(wanted)} are over"


def _lots() -> Iterator[str]:
    """Every case of the lot of a month was drawn, each once, as anybody can draw it again."""
    for month in CaseEvent.objects.filter(kind="drawn").values_list("about", flat=True).distinct():
        first = date.fromisoformat(f"{month}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        closed = closed_in(first)
        size = catalogue().rules.follow_up.size(len(closed))
        wanted = Counter(sample(closed, DayRoot.objects.get(day=last).root, size))
        there = Counter(
            CaseEvent.objects.filter(kind="drawn", about=month).values_list("case__number", flat=True)
        )
        if wanted != there:
            yield f"of the lot of {month}, {len(wanted)} cases, {sum(there.values())} were drawn"


def _left_to_do(now: datetime) -> Iterator[str]:
    """The worker has done everything: one more round finds nothing."""
    done = tick(now)
    if any((done.changed, done.rungs, done.reminders, done.sealed, done.drawn)):
        yield f"something was left to do: {done}"
