"""The key ring as a value: keys by name, one of them in use; how it is written, what is derived from it."""

from __future__ import annotations

import base64
import binascii
import json
import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yinuo.apps.vault.ciphers import KEY_LENGTH, Sealer, sealer
from yinuo.apps.vault.errors import RingUnreadableError

SECRET = 32  # bytes
_NAME = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Key:
    """name: 8 hexadecimal digits. secret: 32 random bytes, from which every working key is derived.

    made_at: ISO 8601, "" when the key came from the environment.
    """

    name: str
    cipher: str
    secret: bytes = field(repr=False)
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Ring:
    """keys: the oldest first. active: the name of the key that seals; the others only open."""

    active: str
    keys: tuple[Key, ...]

    def get(self, name: str) -> Key | None:
        return next((key for key in self.keys if key.name == name), None)

    @property
    def current(self) -> Key:
        return next(key for key in self.keys if key.name == self.active)

    @property
    def newest(self) -> Key:
        return self.keys[-1]

    def with_key(self, key: Key) -> Ring:
        return replace(self, keys=(*self.keys, key))

    def without(self, name: str) -> Ring:
        return replace(self, keys=tuple(key for key in self.keys if key.name != name))


def new_key(cipher: str, now: datetime) -> Key:
    made_at = now.isoformat(timespec="seconds")
    return Key(secrets.token_hex(4), cipher, secrets.token_bytes(SECRET), made_at)


def written(ring: Ring) -> str:
    """The ring as its file holds it."""
    keys = [
        {"name": one.name, "cipher": one.cipher, "made_at": one.made_at, "secret": _to_text(one.secret)}
        for one in ring.keys
    ]
    return json.dumps({"active": ring.active, "keys": keys}, indent=1) + "\n"


def from_file(text: str) -> Ring:
    """Raises RingUnreadableError."""
    try:
        held: dict[str, Any] = json.loads(text)
        keys = [_key(one["name"], one["cipher"], one["secret"], one["made_at"]) for one in held["keys"]]
        return _sound(Ring(str(held["active"]), tuple(keys)))
    except (ValueError, KeyError, TypeError) as error:
        raise RingUnreadableError(f"the key ring is none ({type(error).__name__})") from None


@lru_cache(maxsize=4)
def from_words(text: str) -> Ring:
    """`name:cipher:secret`, several separated by commas; the first is in use. Raises RingUnreadableError."""
    try:
        keys = [_key(*word.strip().split(":")) for word in text.split(",")]
        return _sound(Ring(keys[0].name, tuple(reversed(keys))))
    except (ValueError, TypeError) as error:
        raise RingUnreadableError(f"YINUO_KEYS holds no keys ({type(error).__name__})") from None


def _key(name: str, cipher: str, secret: str, made_at: str = "") -> Key:
    raw = _from_text(secret)
    if not _NAME.fullmatch(name) or cipher not in KEY_LENGTH or len(raw) != SECRET:
        raise ValueError("a name of 8 hexadecimal digits, a cipher, 32 bytes")
    return Key(name, cipher, raw, made_at)


def _sound(ring: Ring) -> Ring:
    names = [key.name for key in ring.keys]
    if len(set(names)) != len(names) or ring.active not in names:
        raise ValueError("a name stands twice, or the key in use is missing")
    return ring


def _to_text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()


def _from_text(secret: str) -> bytes:
    try:
        return base64.b64decode(secret, validate=True)
    except binascii.Error:
        raise ValueError("a secret is base64") from None


@lru_cache(maxsize=2048)
def sealer_for(key: Key, place: str) -> Sealer:
    """Each place (`table.column`, `files`) has a key of its own: none uses up the nonces of another."""
    return sealer(key.cipher, _derived(key, f"seal {place}", KEY_LENGTH[key.cipher]))


@lru_cache(maxsize=512)
def index_key(key: Key, purpose: str) -> bytes:
    """The key of the blind indexes of a purpose."""
    return _derived(key, f"blind {purpose}", SHA256.digest_size)


def _derived(key: Key, use: str, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=f"yinuo {use}".encode()).derive(key.secret)
