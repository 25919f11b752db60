"""Text messages over the city's gateway; the protocol is in docs/how-to/send-notices.md."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings

from yinuo.apps.notices.models import Notice
from yinuo.apps.notices.outcome import SENT, Outcome, identity

TIMEOUT = 10.0  # seconds
BUSY = frozenset({408, 425, 429})  # the refusals of HTTP that are meant for a while


def send(notice: Notice, to: str) -> Outcome:
    """Never `unsure`: the gateway sends each id once, so a try that was cut off may be made again."""
    return hand_over(to, notice.sms, notice.key)


def hand_over(to: str, words: str, key: str) -> Outcome:
    message = {"to": to, "text": words, "id": identity(key)}
    try:
        status = _post(json.dumps(message, ensure_ascii=False).encode())
    except TimeoutError:
        return Outcome("later", "timeout")
    except (OSError, HTTPException):
        return Outcome("later", "connection")
    if 200 <= status < 300:
        return SENT
    return Outcome("later" if status >= 500 or status in BUSY else "dead", f"http-{status}")


def _post(body: bytes) -> int:
    """The status of the answer; a redirect is one like any other, and is not followed."""
    address = urlsplit(settings.SMS_URL)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=TIMEOUT)
    path = f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_KEY}"}
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
