"""The signed code behind the QR of a document: verifies offline, says nothing about a person."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Literal, get_args

import segno
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from yinuo.apps.documents.signing import Signer
from yinuo.core.errors import Refusal

PREFIX = "YN1"
VERSION = 1
LONGEST = 1000  # characters of a code; ours have about 230
Kind = Literal["result", "receipt"]

_FACTS = re.compile(r"[0-9a-f]{32}")
_WORD = re.compile(r"[\x21-\x7e]{1,80}")


@dataclass(frozen=True, slots=True)
class SealCode:
    """What a code vouches for: that a document with these facts was issued on `issued_on`.

    number: case number or query code. item: item id. Both are 1 to 80 visible ASCII characters.
    facts: `facts_digest` of what the document says. Raises ValueError for any other shape.
    """

    kind: Kind
    number: str
    item: str
    issued_on: date
    facts: str

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"unknown kind of code {self.kind!r}")
        for word in (self.number, self.item):
            if not _WORD.fullmatch(word):
                raise ValueError(f"{word!r} is no number or id")
        if not _FACTS.fullmatch(self.facts):
            raise ValueError("facts are 32 hexadecimal digits")


def facts_digest(facts: Mapping[str, str]) -> str:
    """The first 128 bits, as hexadecimal, of the SHA-256 of the facts as canonical JSON.

    A verifier who reads the document recomputes it. It is no secret: whoever has the code can test a
    guess of all facts at once, so a code belongs on the document and nowhere else.
    """
    canonical = json.dumps(dict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def encode(seal: SealCode, signer: Signer) -> str:
    """`YN1.<payload>.<signature>`, base64url without padding.

    The payload is the JSON array [1, kind, number, item, issued_on, facts]. The Ed25519 signature is
    over the text `YN1.<payload>`, so nothing else that the key signs can be taken for a code.
    """
    fields = [VERSION, seal.kind, seal.number, seal.item, seal.issued_on.isoformat(), seal.facts]
    head = f"{PREFIX}.{_to_base64(json.dumps(fields, separators=(',', ':')).encode())}"
    return f"{head}.{_to_base64(signer.sign_bytes(head.encode()))}"


def decode(text: str, public_key: Ed25519PublicKey) -> SealCode | Refusal:
    """Read a code, bare or in the address that a scanner gives; any text is safe.

    Refuses `not-a-code` and `bad-signature`.
    """
    parts = _bare(text).split(".")
    if len(text) > LONGEST or len(parts) != 3 or parts[0] != PREFIX:
        return Refusal("not-a-code")
    payload, signature = _from_base64(parts[1]), _from_base64(parts[2])
    if not payload or not signature:
        return Refusal("not-a-code")
    try:
        public_key.verify(signature, f"{PREFIX}.{parts[1]}".encode())
    except InvalidSignature:
        return Refusal("bad-signature")
    return _from_payload(payload) or Refusal("not-a-code")


def address(base: str, code: str) -> str:
    """Where the QR leads. base: ends in `#` (the server never sees the code) or in `?c=`."""
    if not base.endswith(("#", "?c=")):
        raise ValueError("the base of a code's address ends in # or ?c=")
    return base + code


def qr_svg(text: str) -> str:
    """The QR of a text as an SVG element, with the quiet zone of four modules (ISO/IEC 18004)."""
    image = BytesIO()
    segno.make_qr(text, error="m").save(
        image, kind="svg", xmldecl=False, nl=False, border=4, dark="#0e2236", omitsize=True
    )
    return image.getvalue().decode()


def _bare(text: str) -> str:
    """Neither `#` nor `=` is a base64url character."""
    return text.strip().rpartition("#")[2].rpartition("?c=")[2]


def _from_payload(payload: bytes) -> SealCode | None:
    """None for a payload of another version, which a newer office may have signed."""
    try:
        version, kind, number, item, issued_on, facts = json.loads(payload)
        if version != VERSION:
            return None
        return SealCode(kind, number, item, date.fromisoformat(issued_on), facts)
    except (ValueError, TypeError):
        return None


def _to_base64(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _from_base64(text: str) -> bytes | None:
    """None unless the text is the one base64url spelling of its bytes."""
    try:
        content = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (NotBase64, ValueError):
        return None
    return content if _to_base64(content) == text else None
