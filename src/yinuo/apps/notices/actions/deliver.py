"""Sending what waits in the outbox: claimed, sent, and marked, each for good before the next."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F

from yinuo.apps.notices import mail, sms
from yinuo.apps.notices.channels import address, connected
from yinuo.apps.notices.models import Notice, State
from yinuo.apps.notices.outcome import Outcome
from yinuo.apps.notices.queries import due

log = structlog.get_logger("yinuo.notices")

MINUTE = timedelta(minutes=1)
LEFT_AFTER = MINUTE  # a worker that has not said how it went for so long is gone
WAITS = (1 * MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 720 * MINUTE)  # after the first try, the second …
SENDERS: Mapping[str, Callable[[Notice, str], Outcome]] = {"sms": sms.send, "email": mail.send}


def deliver(now: datetime, limit: int = 50) -> Counter[str]:
    """Send up to `limit` notices that are due; returns how many were sent, put off, dead or unsure.

    Nothing goes out twice, whenever a process is killed: a notice is claimed, and the claim committed, before
    anything is sent. Of what was claimed and never marked, a text message is sent again under the same id,
    which the gateway sends once; an e-mail becomes `unsure`, for a person to decide.
    """
    clock = _clock(now)
    counts: Counter[str] = Counter(unsure=_recover(now))
    for pk in list(due(now).values_list("pk", flat=True)[:limit]):
        notice = _claim(pk, clock())
        if notice is not None:
            outcome = _send(notice)
            _mark(notice, outcome, clock())
            counts[outcome.how] += 1
    return +counts


def _clock(now: datetime) -> Callable[[], datetime]:
    """`now` and on: the last message of a run may be claimed minutes after its beginning."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


def _recover(now: datetime) -> int:
    left = Notice.objects.filter(state=State.SENDING, claimed_at__lt=now - LEFT_AFTER)
    with transaction.atomic(durable=True):
        left.filter(channel="sms").update(state=State.WAITING, next_try_at=now)
        return left.filter(channel="email").update(state=State.UNSURE, error="stopped")


def _claim(pk: int, at: datetime) -> Notice | None:
    """The notice, if no other worker was quicker."""
    claim = uuid.uuid4().hex
    facts: dict[str, Any] = {
        "state": State.SENDING,
        "claim": claim,
        "claimed_at": at,
        "tries": F("tries") + 1,
    }
    with transaction.atomic(durable=True):
        free = Notice.objects.filter(pk=pk, state=State.WAITING, next_try_at__lte=at)
        if not free.update(**facts):
            return None
    return Notice.objects.select_related("person__notice_preference").filter(pk=pk, claim=claim).first()


def _send(notice: Notice) -> Outcome:
    if notice.channel not in connected():
        return Outcome("later", "not-connected")
    to = address(notice.person, notice.channel)
    if not to:
        return Outcome("dead", "no-address")
    try:
        return SENDERS[notice.channel](notice, to)
    except Exception as error:  # a slip of ours must not keep all other messages back
        log.error("notice failed", notice=notice.pk, error=type(error).__name__)
        return Outcome("unsure", "failed")


def _mark(notice: Notice, outcome: Outcome, at: datetime) -> None:
    """Only for whoever still holds the claim: a late answer changes nothing that was decided meanwhile."""
    mine = Notice.objects.filter(pk=notice.pk, claim=notice.claim, state__in=(State.SENDING, State.UNSURE))
    with transaction.atomic(durable=True):
        mine.update(**_changes(notice, outcome, at))
    if outcome.how != "sent":
        log.warning("notice not delivered", notice=notice.pk, how=outcome.how, error=outcome.error)


def _changes(notice: Notice, outcome: Outcome, at: datetime) -> dict[str, Any]:
    if outcome.how == "sent":
        return {"state": State.SENT, "sent_at": at, "error": ""}
    if outcome.how == "later" and notice.tries <= len(WAITS):
        next_try = at + WAITS[notice.tries - 1]
        return {"state": State.WAITING, "next_try_at": next_try, "error": outcome.error}
    return {"state": State.UNSURE if outcome.how == "unsure" else State.DEAD, "error": outcome.error}
