"""Somebody comes to a door: counted, and let in or told when to come back."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.limits.counting import wait
from yinuo.apps.limits.digests import digest
from yinuo.apps.limits.figures import LIMITS, Per
from yinuo.core.errors import Refusal


def count(
    scope: str,
    *,
    person: str | None = None,
    address: str | None = None,
    code: str | None = None,
    now: datetime,
) -> Refusal | None:
    """None: go on. Else `too-often` with the fact `seconds` until it is worth coming back.

    `scope` is a door of `figures.LIMITS` (KeyError for another). `person` is whatever names the account: its
    id, or what was typed, the same for accounts that do not exist. What is None is not counted. The address
    comes first: one that is shut out counts against nobody.
    """
    given: dict[Per, str | None] = {"address": address, "code": code, "person": person}
    moment = int(now.timestamp())
    for limit in LIMITS[scope]:
        value = given[limit.per]
        seconds = wait(limit, digest(scope, limit, value), moment) if value is not None else 0
        if seconds:
            return Refusal("too-often", facts={"seconds": seconds})
    return None
