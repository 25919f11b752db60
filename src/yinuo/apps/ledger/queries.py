"""Reading the ledger: the days that were sealed, what each says, and the keys that check it."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from yinuo.apps.documents.queries import signer
from yinuo.apps.ledger.models import DayRoot
from yinuo.core.sealing import Statement


def sealed() -> QuerySet[DayRoot]:
    """Every day that was sealed, the latest first, without its leaves."""
    return DayRoot.objects.order_by("-day").defer("leaves")


def last_sealed() -> DayRoot | None:
    return sealed().first()


def day_root(day: date) -> DayRoot | None:
    return sealed().filter(day=day).first()


def root_of(day: date) -> str | None:
    """The root of a day, None when it is not sealed."""
    row = day_root(day)
    return row.root if row else None


def statement(row: DayRoot) -> Statement:
    """What was signed, as the row says it."""
    return Statement(row.day, row.size, row.root, row.before, row.signed_at)


def published(row: DayRoot) -> dict[str, str]:
    """A day as it is published: the exact text that was signed, and the signature."""
    return {"statement": statement(row).text, "signature": row.signature}


def keys() -> str:
    """PEM of the public keys that sign, or signed, days: the one of now is the first."""
    return signer().statement_keys.decode()
