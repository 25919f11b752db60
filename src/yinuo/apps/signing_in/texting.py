"""Sending the text messages of signing in: at once, and beside the answer.

Whether a message goes out must not show in how long the answer takes, and the digits of a code are written
down nowhere. So it is sent from memory by a thread; what is lost with the process is asked for again.
"""

from __future__ import annotations

import uuid
from concurrent.futures import Future, ThreadPoolExecutor

import structlog

from yinuo.apps.notices.actions.text import text

log = structlog.get_logger("yinuo.signing_in")
_pool = ThreadPoolExecutor(4, thread_name_prefix="text-message")


def send(to: str, words: str) -> Future[None]:
    return _pool.submit(_send, to, words)


def _send(to: str, words: str) -> None:
    outcome = text(to, words, key=uuid.uuid4().hex)
    if outcome.how != "sent":
        log.warning("text message not sent", how=outcome.how, error=outcome.error)
