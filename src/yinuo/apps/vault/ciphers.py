"""The two ciphers that seal: AES-256-GCM, and SM4-GCM (GB/T 32907) where 商用密码 is asked for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE, TAG = 12, 16  # bytes, as NIST SP 800-38D recommends
AES, SM4 = "aes-256-gcm", "sm4-gcm"
KEY_LENGTH = {AES: 32, SM4: 16}  # bytes
NAMES = tuple(KEY_LENGTH)


class Sealer(Protocol):
    """`encrypt` gives the ciphertext and its tag; `decrypt` raises InvalidTag."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True, repr=False)
class Sm4Gcm:
    """SM4-GCM with the face of AESGCM."""

    key: bytes

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        way = Cipher(algorithms.SM4(self.key), modes.GCM(nonce)).encryptor()
        way.authenticate_additional_data(associated_data)
        return way.update(data) + way.finalize() + way.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        way = Cipher(algorithms.SM4(self.key), modes.GCM(nonce, data[-TAG:])).decryptor()
        way.authenticate_additional_data(associated_data)
        return way.update(data[:-TAG]) + way.finalize()


def sealer(cipher: str, key: bytes) -> Sealer:
    return AESGCM(key) if cipher == AES else Sm4Gcm(key)


def lock(sealer: Sealer, plain: bytes, place: bytes) -> bytes:
    """nonce + ciphertext + tag."""
    nonce = os.urandom(NONCE)
    return nonce + sealer.encrypt(nonce, plain, place)


def unlock(sealer: Sealer, locked: bytes, place: bytes) -> bytes | None:
    """The plain bytes, None when a single one was changed or they were locked for another place."""
    if len(locked) < NONCE + TAG:
        return None
    try:
        return sealer.decrypt(locked[:NONCE], locked[NONCE:], place)
    except InvalidTag:
        return None
