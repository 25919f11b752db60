"""Doing a thing once for each key that a program made up, however often it sends it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from yinuo.apps.clients.models import Kept
from yinuo.apps.clients.queries import Caller
from yinuo.core.errors import Refusal

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered. `again`: it was kept from an earlier request."""

    status: int
    body: str
    again: bool = False


def once(
    key: str, asked: bytes, do: Callable[[], Answer | Refusal], *, who: Caller, now: datetime
) -> Answer | Refusal:
    """The answer of the first request with that key; a refused one is not kept and may be sent anew.

    `asked`: all that makes the request what it is; another one under the same key is `key-reused`. The key
    and what was done are written together, so a process that is killed leaves both or neither; of two at
    once the second waits for the first.
    """
    mine = {"client": who.client, "person": who.person, "key": _digest(key.encode())}
    digest = _digest(asked)
    with transaction.atomic():
        Kept.objects.filter(**mine, made_at__lte=now - KEPT).delete()
        row, is_new = Kept.objects.get_or_create(**mine, defaults={"digest": digest, "made_at": now})
        if not is_new:
            return Answer(row.status, row.body, True) if row.digest == digest else Refusal("key-reused")
        done = do()
        if isinstance(done, Refusal):
            row.delete()
            return done
        row.status, row.body = done.status, done.body
        row.save(update_fields=["status", "body"])
    return done


def _digest(of: bytes) -> str:
    return hashlib.sha256(of).hexdigest()
