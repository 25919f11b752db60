"""The ledger: one signed root for each day."""

from __future__ import annotations

from django.db import models


class DayRoot(models.Model):
    """A day that was sealed. Append-only; everything but `leaves` is signed and published.

    root, before: hexadecimal. signature: base64. leaves: `[case number, seq, hash]` of every event of the
    day, in the order of the tree. They make the proofs, and let an audit say which event is gone.
    """

    day = models.DateField(unique=True)
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    before = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signature = models.CharField(max_length=88)
    leaves = models.JSONField()
