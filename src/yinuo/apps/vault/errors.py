"""What goes wrong with keys and sealed values. No message holds a key or a value."""

from __future__ import annotations


class VaultError(Exception):
    """Something personal cannot be sealed or opened."""


class RingMissingError(VaultError):
    """There is no key ring where one must be."""


class RingUnreadableError(VaultError):
    """The key ring is there and is none."""


class UnknownKeyError(VaultError):
    """A value was sealed with a key that the ring does not hold."""

    def __init__(self, key: str, place: str) -> None:
        super().__init__(f"{place}: sealed with the key {key}, which the key ring does not hold")


class SealBrokenError(VaultError):
    """A value was changed, moved from elsewhere, or never sealed; or the key of that name is another one."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place}: a sealed value was changed, or its key is not the one it was sealed with")
