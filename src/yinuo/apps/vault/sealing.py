"""Sealing texts and bytes: `v1.<key>.` and what the cipher makes, bound to the place where it lies."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64Error

from yinuo.apps.vault.ciphers import Sealer, lock, unlock
from yinuo.apps.vault.errors import SealBrokenError, UnknownKeyError
from yinuo.apps.vault.keys import Key, sealer_for
from yinuo.apps.vault.ring import fresh, ring

VERSION = "v1"
HEAD = 12  # characters of `v1.<8 hexadecimal digits>.`


def seal(plain: str, place: str) -> str:
    """`place`: `table.column`. An empty text stays empty: there is nothing to hide."""
    if not plain:
        return ""
    key = ring().current
    locked = lock(sealer_for(key, place), plain.encode(), place.encode())
    return head(key.name) + urlsafe_b64encode(locked).decode()


def unseal(sealed: str, place: str) -> str:
    """Raises UnknownKeyError or SealBrokenError."""
    if not sealed:
        return ""
    key = _key_of(sealed[:HEAD], place)
    try:
        locked = urlsafe_b64decode(sealed[HEAD:])
    except (NotBase64Error, ValueError):
        raise SealBrokenError(place) from None
    return _opened(sealer_for(key, place), locked, place).decode()


def seal_bytes(plain: bytes, name: str) -> bytes:
    """The content of the file of that name."""
    key = ring().current
    return head(key.name).encode() + lock(sealer_for(key, "files"), plain, name.encode())


def unseal_bytes(sealed: bytes, name: str) -> bytes:
    """Raises UnknownKeyError or SealBrokenError."""
    key = _key_of(sealed[:HEAD].decode("latin-1"), name)
    return _opened(sealer_for(key, "files"), sealed[HEAD:], name)


def head(key: str) -> str:
    """How everything begins that was sealed with a key."""
    return f"{VERSION}.{key}."


def _key_of(start: str, place: str) -> Key:
    version, _, rest = start.partition(".")
    if version != VERSION or not rest.endswith("."):
        raise SealBrokenError(place)
    name = rest[:-1]
    key = ring().get(name) or fresh().get(name)
    if key is None:
        raise UnknownKeyError(name, place)
    return key


def _opened(sealer: Sealer, locked: bytes, place: str) -> bytes:
    plain = unlock(sealer, locked, place.encode())
    if plain is None:
        raise SealBrokenError(place)
    return plain
