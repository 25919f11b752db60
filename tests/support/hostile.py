"""Broken input: what people mistype, what machines send, what somebody sends who means harm."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image

WORDS = (
    "", " ", "0", "-1", "1e999", "9" * 400, "NaN", "true", "null", "None", "undefined", "[]", "{}",
    "a" * 5000,
    "张" * 3000, "\u202e反", "👨‍👩‍👧‍👦", "é", "\ufeff", "\ud7ff", "a\0b", "\r\nSet-Cookie: a=b",
    "\x1b[31m", "\\", "%00", "%",
    "%u0000", "' OR 1=1 --", "'; DROP TABLE people_person; --", "<script>alert(1)</script>", "{{ 7*7 }}",
    "{% debug %}", "${7*7}", "../../../../etc/passwd", "..\\..\\x", "/etc/passwd\0.png",
    "file:///etc/passwd",
    "http://127.0.0.1:22/", "//evil.example", "javascript:alert(1)", "2026-02-30", "0000-00-00",
    "9999-12-31",
    "-0001-01-01", "2026-10-12T25:61", "24:00", "１２３", "١٢٣", "½", "Ⅷ", "0x10", "1_000", "+86",
    "110101190001010000",
    "13800000001", "45.62,122.84", "91,181", "00000000-0000-4000-8000-000000000000", "ACEFHJKMNPR3",
    "on", "*", "?",
    "#", "&", "=", ";", "|", "YN1.", "YN1.e30.e30", ".", "..", "a.b.c", "=cmd|' /C calc'!A0", "@SUM(1)",
    "\t", "\n",
)  # fmt: skip
NAMES = (
    "照片.png", "a.pdf", "../../a.png", "..", ".", "a\0.png", "x" * 300 + ".jpg", "con", "a.php.png",
    "<b>.png",
    "\u202egnp.exe", "a\r\nb.png", "'.png", '".png', "/etc/passwd", "C:\\a.png", " ", "a/b/c.pdf",
    "👨‍👩‍👧.png",
)  # fmt: skip
ALPHABET = "abcXYZ019 _-./:,;'\"<>&%=+*()[]{}|\\\t\n张三李四京A·—“”０１\u0301\u200b\u202e😀"
HEADERS = (
    "HTTP_ACCEPT_LANGUAGE", "HTTP_COOKIE", "HTTP_REFERER", "HTTP_X_FORWARDED_FOR", "HTTP_X_REQUEST_ID",
    "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_ACCEPT", "HTTP_AUTHORIZATION",
    "HTTP_ORIGIN", "HTTP_USER_AGENT", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_CSRFTOKEN",
    "HTTP_IDEMPOTENCY_KEY", "HTTP_ACCEPT_ENCODING", "HTTP_X_HTTP_METHOD_OVERRIDE",
)  # fmt: skip
STARTS = (
    b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"PK\x03\x04", b"<svg ", b"MZ", b"",
)  # fmt: skip
TYPES = (
    "text/plain", "application/json", "application/xml", "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=utf-16",
    "a/b; charset=x", "",
)  # fmt: skip


def text(rng: Random) -> str:
    """Something for a field: often a known trouble-maker, else characters at random."""
    if rng.random() < 0.6:
        return rng.choice(WORDS)
    return "".join(rng.choice(ALPHABET) for _ in range(rng.randint(0, 40)))


def altered(rng: Random, value: str) -> str:
    """A true value with a few characters changed, lost, doubled or put in."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, len(value))
        how = rng.randint(0, 3)
        put_in = rng.choice(ALPHABET) if how < 2 else value[at : at + rng.randint(0, 9)] * how
        value = value[:at] + put_in + value[at + (how != 1) :]
    return value


def damaged(rng: Random, content: bytes) -> bytes:
    """A true file with bytes changed, cut off, or a piece of it repeated."""
    made = bytearray(content)
    for _ in range(rng.randint(1, 12)):
        if made:
            made[rng.randrange(len(made))] = rng.randrange(256)
    cut = rng.randint(0, len(made))
    how = rng.randint(0, 3)
    if how == 0:
        return bytes(made[:cut])
    return bytes(made[:cut] + made[cut // 2 : cut] + made[cut:]) if how == 1 else bytes(made)


def header(rng: Random) -> str:
    """No header has a line break: the server takes those apart before Django sees them."""
    made = text(rng).replace("\r", "").replace("\n", "")
    return made.encode("utf-8", "replace").decode("latin-1")


def value(rng: Random, depth: int = 3) -> Any:
    """Anything that JSON can say."""
    leaves: tuple[Callable[[], Any], ...] = (
        lambda: text(rng),
        lambda: rng.choice((None, True, False, 0, -1, 10**30, 1.5, float("inf"))),
        lambda: rng.randint(-(10**12), 10**12),
    )
    if depth == 0 or rng.random() < 0.5:
        return rng.choice(leaves)()
    if rng.random() < 0.5:
        return [value(rng, depth - 1) for _ in range(rng.randint(0, 3))]
    return {text(rng): value(rng, depth - 1) for _ in range(rng.randint(0, 3))}


def bent(rng: Random, given: Any) -> Any:
    """A true JSON value with something in it replaced, left out or doubled; the given one stays."""
    made = json.loads(json.dumps(given))
    holder: Any = {"": made}
    place: Any = ""
    for _ in range(rng.randint(0, 6)):
        inner = holder[place]
        if not isinstance(inner, dict | list) or not inner:
            break
        keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        holder, place = inner, rng.choice(keys)
    _replace(rng, holder, place)
    return made


def _replace(rng: Random, holder: Any, place: Any) -> None:
    how = rng.randint(0, 3)
    if how == 0 and place != "":
        del holder[place]
    elif how == 1 and isinstance(holder, list):
        holder.insert(0, holder[place])
    elif how == 2 and isinstance(holder[place], str):
        holder[place] = altered(rng, holder[place])
    else:
        holder[place] = value(rng)


def file(rng: Random, true_ones: Sequence[bytes]) -> bytes:
    """What somebody may upload: a damaged true file, noise behind a true beginning, a bomb of pixels."""
    how = rng.randint(0, 9)
    if how < 6:
        return damaged(rng, rng.choice(true_ones))
    if how < 8:
        starts = (
            b"%PDF-1.7\n",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0",
            b"GIF89a",
            b"PK\x03\x04",
            b"<svg ",
            b"MZ",
            b"",
        )
        return rng.choice(starts) + rng.randbytes(rng.randint(0, 400))
    return wide_picture() if how == 8 else rng.choice(true_ones)


def wide_picture() -> bytes:
    """A few hundred bytes that say they are a picture of 400 million pixels."""
    buffer = BytesIO()
    Image.new("1", (1, 1)).save(buffer, "PNG")
    made = bytearray(buffer.getvalue())
    made[16:24] = (20_000).to_bytes(4, "big") * 2
    return bytes(made)
