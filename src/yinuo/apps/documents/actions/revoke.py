"""Ending the validity of the documents of a case."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.documents.models import Document


def revoke(case: str, *, now: datetime) -> int:
    """Marks every document of the case; returns how many were still good."""
    return Document.objects.filter(case=case, revoked_at__isnull=True).update(revoked_at=now)
