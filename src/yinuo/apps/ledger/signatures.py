"""Checking the signature of a statement with public keys alone: no server, no database."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

Key = ec.EllipticCurvePublicKey
_PEM = re.compile(r"-----BEGIN PUBLIC KEY-----\n[^-]+-----END PUBLIC KEY-----\n")


def read_keys(pem: str) -> list[Key]:
    """The P-256 keys of a text. Raises ValueError where anything else stands in it, or nothing at all."""
    blocks = _PEM.findall(pem)
    try:
        found = [load_pem_public_key(block.encode()) for block in blocks]
    except UnsupportedAlgorithm as error:
        raise ValueError("not a P-256 public key") from error
    keys = [one for one in found if isinstance(one, Key) and isinstance(one.curve, ec.SECP256R1)]
    if not keys or len(keys) != len(blocks) or write_keys(keys) != pem:
        raise ValueError("not a list of P-256 public keys")
    return keys


def write_keys(keys: list[Key]) -> str:
    return "".join(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode() for key in keys)


def fingerprint(key: Key) -> str:
    """SHA-256 of the key as DER: what two people compare by reading it out."""
    return sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def is_signed(text: str, signature: str, keys: list[Key]) -> bool:
    """Whether one of the keys made the signature (base64 of r‖s) over the text."""
    raw = decoded(signature)
    if raw is None or len(raw) != 64:
        return False
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    return any(_fits(key, encode_dss_signature(r, s), text.encode()) for key in keys)


def _fits(key: Key, signature: bytes, text: bytes) -> bool:
    try:
        key.verify(signature, text, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def decoded(text: str) -> bytes | None:
    """The bytes of base64 in its one spelling, None for any other text, and for what is no text."""
    try:
        raw = b64decode(text, validate=True)
    except (NotBase64, ValueError, TypeError):
        return None
    return raw if b64encode(raw).decode() == text else None
