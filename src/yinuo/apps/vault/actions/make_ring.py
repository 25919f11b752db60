"""Making the first key ring, but never a second one for values that were sealed with a lost one."""

from __future__ import annotations

from yinuo.apps.vault import ring
from yinuo.apps.vault.columns import holds_anything
from yinuo.apps.vault.errors import RingMissingError


def make_ring() -> None:
    """Raises RingMissingError where the database holds sealed values and there is no ring."""
    if ring.is_there():
        return
    if holds_anything():
        raise RingMissingError(
            f"no key ring at {ring.key_file()}, but sealed values in the database: put the ring back from "
            "its back-up (docs/how-to/keep-keys.md)"
        )
    ring.make()
