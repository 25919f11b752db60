"""Deleting a mandate, a child or an organisation that has ended, once it has been kept long enough."""

from __future__ import annotations

from yinuo.apps.mandates.models import Mandate, Organisation, Ward


def forget_ended(one: Mandate | Ward | Organisation) -> bool:
    """With what was tried under it. False where an organisation still has a mandate that is kept longer."""
    if isinstance(one, Organisation) and one.mandates.exists():
        return False
    one.delete()
    return True
