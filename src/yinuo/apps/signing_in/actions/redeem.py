"""Giving a one-time code back."""

from __future__ import annotations

import hmac
from datetime import datetime
from uuid import UUID

from django.db.models import F

from yinuo.apps.signing_in.digits import digest, typed
from yinuo.apps.signing_in.models import Code
from yinuo.core.errors import Refusal

MOST_TRIES = 5


def redeem(code: str, purpose: str, digits: str, *, now: datetime) -> Code | Refusal:
    """The code, used up. `code` is its id, which only the browser knows that asked for it.

    `invalid-answers` says of the field `code`: `wrong-code`, or `code-expired` once it is used, older than
    five minutes, or tried too often. Each try is counted before it is looked at.
    """
    open_ = Code.objects.filter(
        pk=UUID(code), purpose=purpose, used_at__isnull=True, expires_at__gt=now, tries__lt=MOST_TRIES
    )
    if not open_.update(tries=F("tries") + 1):
        return Refusal("invalid-answers", {"code": "code-expired"})
    asked = Code.objects.get(pk=UUID(code))
    given = digest(asked.pk, purpose, asked.phone, typed(digits))
    if not hmac.compare_digest(asked.digest, given):
        return Refusal("invalid-answers", {"code": "wrong-code"})
    if not Code.objects.filter(pk=asked.pk, used_at__isnull=True).update(used_at=now):
        return Refusal("invalid-answers", {"code": "code-expired"})
    return asked
