"""Names that people gave their files: their words stay, what could hurt goes."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from yinuo.apps.documents.inspection import EXTENSIONS

LONGEST = 80  # characters; with its ending below the 255 bytes that a file system takes, also in Chinese
_UNSAFE = re.compile(r"[^\w.\- ()（）]+")  # controls, marks of writing direction and quotes among them
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # Windows opens no such file


def safe_name(given: str, kind: str) -> str:
    """The file's own name without folders and odd characters, ending as its content demands."""
    composed = unicodedata.normalize("NFC", given.replace("\\", "/"))
    stem = _UNSAFE.sub("_", PurePath(composed).stem).strip(" .")[:LONGEST].rstrip(" .")
    if _DEVICES.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem or 'file'}{EXTENSIONS[kind]}"
