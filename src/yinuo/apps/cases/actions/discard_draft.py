"""Throwing an application away before it was handed in."""

from __future__ import annotations

from yinuo.apps.cases.models import Draft
from yinuo.core.errors import Refusal


def discard_draft(draft: Draft) -> Refusal | None:
    deleted, _ = Draft.objects.filter(pk=draft.pk, case__isnull=True).delete()
    return None if deleted else Refusal("already-submitted")
