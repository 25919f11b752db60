"""What programs are told of: that something happened to a case, never what it says about anybody."""

from __future__ import annotations

import json

from django.conf import settings

from yinuo.apps.webhooks.models import Delivery
from yinuo.core.clock import SHANGHAI

# What the applicant's page tells; what the office settles within itself is left out.
KINDS = frozenset({
    "submitted", "supplement-asked", "supplemented", "accepted", "refused", "taken-over", "stepped",
    "suspended", "resumed", "extension-granted", "decided", "issued", "delivered", "closed", "withdrawn",
    "lapsed", "message", "urge-answered", "rating-answered", "revoked", "corrected",
})  # fmt: skip


def body(one: Delivery) -> bytes:
    """Number, kind, moment, and where to read more with a token."""
    return json.dumps(
        {
            "type": f"case.{one.kind}",
            "timestamp": one.at.astimezone(SHANGHAI).isoformat(),
            "data": {
                "number": one.case,
                "kind": one.kind,
                "link": f"{settings.ORIGIN.rstrip('/')}/api/v1/cases/{one.case}",
            },
        }
    ).encode()
