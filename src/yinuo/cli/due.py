"""Compute a due date and show how it is reached.

START is a date (2026-02-12) or an ISO time (2026-02-12T10:00, Shanghai time unless it has an offset).
LIMIT is 5wd (working days), 60cd (calendar days), 2mo (months), 24h (hours) or now (immediate).
A pause FROM..TO takes out the days after FROM up to TO; without TO it is still open.
"""

from __future__ import annotations

import argparse
import json
import sys

from yinuo.catalogue.loading import load_calendar
from yinuo.cli.data import catalogue_root, read
from yinuo.core.clock import Extension, Limit, Pause, Stopped, Unit
from yinuo.core.errors import Refusal
from yinuo.core.receipt import Receipt, account, moment


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("start", metavar="START")
    parser.add_argument("limit", metavar="LIMIT")
    parser.add_argument(
        "--pause", action="append", default=[], metavar="FROM..TO[:KIND]", help="may be repeated"
    )
    parser.add_argument("--extend", action="append", default=[], metavar="LIMIT", help="adds to the budget")
    parser.add_argument("--no-roll", action="store_true", help="a last day that is a day off does not move")
    parser.add_argument("--json", action="store_true", help="print the receipt as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    calendar = read(lambda: load_calendar(catalogue_root()))
    if calendar is None:
        return 1
    try:
        limit = _limit(arguments.limit, rolls=not arguments.no_roll)
        extensions = [Extension(_extension(text)) for text in arguments.extend]
        pauses = [_pause(text) for text in arguments.pause]
        receipt = account(_moment(arguments.start), limit, calendar, pauses, extensions)
        print(json.dumps(receipt.as_json(), ensure_ascii=False) if arguments.json else _shown(receipt))
    except (ValueError, OverflowError) as error:
        print(f"yinuo due: {error}", file=sys.stderr)
        return 2
    return 0


def _limit(text: str, *, rolls: bool) -> Limit:
    limit = Limit.parse(text, rolls=rolls)
    if isinstance(limit, Refusal):
        raise ValueError(f"{text!r} is no limit: write 5wd, 60cd, 2mo, 24h or now")
    return limit


def _extension(text: str) -> Limit:
    limit = _limit(text, rolls=False)
    if limit.unit is Unit.IMMEDIATE:
        raise ValueError("an extension adds an amount: 'now' adds nothing")
    return limit


def _moment(text: str):  # type: ignore[no-untyped-def]
    try:
        return moment(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no date or time: write 2026-02-12 or 2026-02-12T10:00") from error


def _pause(text: str) -> Pause:
    """FROM..TO[:KIND]; a colon of a time is not taken for that of the kind."""
    first, dots, rest = text.partition("..")
    if not dots:
        raise ValueError(f"{text!r} is no pause: write FROM..TO or FROM..TO:KIND")
    end, kind = rest, "pause"
    head, colon, tail = rest.rpartition(":")
    if colon and not tail[:1].isdigit():
        end, kind = head, tail
    return Pause(_moment(first), _moment(end) if end else None, kind or "pause")


def _shown(receipt: Receipt) -> str:
    lines = [f"{row.day}  {row.label}" for row in receipt.days()]
    note = " (provisional: a year without a published calendar was projected)" if receipt.provisional else ""
    return "\n".join([f"due: {_due(receipt)}{note}", *lines, f"calendar: {receipt.calendar.version}"])


def _due(receipt: Receipt) -> str:
    stopped: Stopped | None = receipt.stopped
    if stopped is None:
        return str(receipt.due.isoformat() if receipt.due else "")
    left = f"{stopped.left} s" if stopped.unit is Unit.HOUR else f"{stopped.left} {stopped.unit.value}s"
    return f"none, stopped on {stopped.on.isoformat()} with {left} left"
