"""How a receiver knows that a message is ours: the headers of Standard Webhooks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping
from datetime import datetime

PREFIX = "whsec_"


def new_secret() -> str:
    """32 random bytes, written as the standard writes them."""
    return PREFIX + base64.b64encode(os.urandom(32)).decode()


def headers(message: str, body: bytes, secret: str, at: datetime) -> Mapping[str, str]:
    """`webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature` over all three, joined by dots."""
    moment = str(int(at.timestamp()))
    signed = b".".join((message.encode(), moment.encode(), body))
    key = base64.b64decode(secret.removeprefix(PREFIX))
    made = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {"webhook-id": message, "webhook-timestamp": moment, "webhook-signature": f"v1,{made}"}
