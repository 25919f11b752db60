"""Sending what waits: claimed, sent, and marked, each for good before the next."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F

from yinuo.apps.webhooks.events import body
from yinuo.apps.webhooks.models import Delivery, State
from yinuo.apps.webhooks.posting import post
from yinuo.apps.webhooks.queries import due
from yinuo.apps.webhooks.signing import headers

log = structlog.get_logger("yinuo.webhooks")

MINUTE = timedelta(minutes=1)
LEFT_AFTER = 2 * MINUTE  # a worker that has not said how it went for so long is gone
# After the first try, the second …: most receivers are back within a day, none is asked for ever.
WAITS = (1 * MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 480 * MINUTE, 1440 * MINUTE)


def deliver(now: datetime, limit: int = 50) -> Counter[str]:
    """Send up to `limit` messages that are due; how many were sent, put off or given up.

    What was claimed and never marked is sent again under the same id: a receiver leaves out what it had.
    """
    _recover(now)
    counts: Counter[str] = Counter()
    for pk in list(due(now).values_list("pk", flat=True)[:limit]):
        one = _claim(pk, now)
        if one is not None:
            counts[_mark(one, _send(one, now), now)] += 1
    return counts


def _recover(now: datetime) -> None:
    with transaction.atomic(durable=True):
        left = Delivery.objects.filter(state=State.SENDING, claimed_at__lt=now - LEFT_AFTER)
        left.update(state=State.WAITING, next_try_at=now)


def _claim(pk: int, now: datetime) -> Delivery | None:
    """The message, if no other worker was quicker."""
    claim = uuid.uuid4().hex
    facts: dict[str, Any] = {
        "state": State.SENDING,
        "claim": claim,
        "claimed_at": now,
        "tries": F("tries") + 1,
    }
    with transaction.atomic(durable=True):
        if not Delivery.objects.filter(pk=pk, state=State.WAITING, next_try_at__lte=now).update(**facts):
            return None
    return Delivery.objects.select_related("endpoint").filter(pk=pk, claim=claim).first()


def _send(one: Delivery, now: datetime) -> str:
    """Empty, or why it was not taken."""
    message = body(one)
    return post(one.endpoint.address, message, headers(f"yinuo-{one.pk}", message, one.endpoint.secret, now))


def _mark(one: Delivery, error: str, now: datetime) -> str:
    """Only for whoever still holds the claim."""
    how = "sent" if not error else "later" if one.tries <= len(WAITS) else "dead"
    changes: dict[str, dict[str, Any]] = {
        "sent": {"state": State.SENT, "sent_at": now, "error": ""},
        "later": {"state": State.WAITING, "error": error, "next_try_at": now},
        "dead": {"state": State.DEAD, "error": error},
    }
    if how == "later":
        changes[how]["next_try_at"] = now + WAITS[one.tries - 1]
    with transaction.atomic(durable=True):
        Delivery.objects.filter(pk=one.pk, claim=one.claim, state=State.SENDING).update(**changes[how])
    if error:
        log.warning("webhook not delivered", delivery=one.pk, how=how, error=error)
    return how
