"""Deleting what somebody tried in a case that is erased, after their mandate had ended."""

from __future__ import annotations

from yinuo.apps.mandates.models import Attempt


def forget_attempts(case: str) -> int:
    """Returns how many there were."""
    deleted, _ = Attempt.objects.filter(case=case).delete()
    return deleted
