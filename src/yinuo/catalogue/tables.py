"""Rows as CSV that spreadsheet programs open as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

# A cell that begins so is run as a formula by spreadsheet programs.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUOTE = "'"


def as_csv(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """UTF-8 with a byte order mark, one head line, CRLF ends (RFC 4180). A cell that would be run as a
    formula gets a leading apostrophe, which whoever reads the file by program takes off again."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(columns), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _inert(cell) for key, cell in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    return _QUOTE + cell if cell.startswith(_FORMULA) else cell
