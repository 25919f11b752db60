"""Going through a long list: the next page begins after this one, whatever came in meanwhile."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet

from yinuo.core.errors import Refusal

SALT = "yinuo.api.cursor"
M = TypeVar("M", bound=Model)


def page(rows: QuerySet[M], cursor: str, size: int) -> tuple[list[M], str | None] | Refusal:
    """The newest first. The cursor is signed: nobody can make one up. `invalid-request` for any other."""
    if cursor:
        try:
            rows = rows.filter(pk__lt=signing.loads(cursor, salt=SALT))
        except signing.BadSignature:
            return Refusal("invalid-request", {"cursor": "invalid"})
    found: list[Any] = list(rows.order_by("-pk")[: size + 1])
    after = signing.dumps(found[size - 1].pk, salt=SALT) if len(found) > size else None
    return found[:size], after
