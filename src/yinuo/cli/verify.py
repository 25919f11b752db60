"""Check a receipt (JSON), a bundle of a case (JSON) or a signed PDF offline.

A receipt is recomputed from its own facts. Of a bundle, every event, receipt, result, proof and signature
is checked, with the key that --key names, else with the one in the bundle. A PDF is checked against the
authority's certificate: that of this deployment (YINUO_DATA), or the one that --trust names. Nothing is
fetched from anywhere.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yinuo.catalogue.loading import load_calendar
from yinuo.cli.data import catalogue_root, read
from yinuo.core.calendar import Calendar
from yinuo.core.errors import Refusal
from yinuo.core.receipt import verify as verify_receipt

if TYPE_CHECKING:
    from yinuo.apps.ledger.verification import Findings


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--trust", type=Path, metavar="PEM", help="the authority's certificate, for a PDF")
    parser.add_argument("--key", type=Path, metavar="PEM", help="the office's public key, for a bundle")


def run(arguments: argparse.Namespace) -> int:
    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        print(f"yinuo verify: {arguments.file}: {error.strerror}", file=sys.stderr)
        return 2
    if b"%PDF-" in content[:1024]:
        return _pdf(content, arguments.trust or _own_authority())
    return _json(content, arguments.key)


def _own_authority() -> Path:
    data = Path(os.environ.get("YINUO_DATA") or Path.cwd() / "var")
    return data / "keys" / "authority" / "authority.pem"


def _pdf(content: bytes, trust: Path) -> int:
    from yinuo.apps.documents.verification import verify_pdf

    try:
        pem = trust.read_bytes()
    except OSError as error:
        print(f"yinuo verify: no certificate to trust: {trust}: {error.strerror}", file=sys.stderr)
        return 2
    verdict = verify_pdf(content, trust=pem)
    if isinstance(verdict, Refusal):
        print(f"NOT VALID: {verdict.code}")
        return 1
    print(f"valid: signed by {verdict.signer} at {verdict.signed_at}, unchanged since")
    return 0


def _json(content: bytes, key: Path | None) -> int:
    from yinuo.apps.ledger.verification import is_bundle

    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        print("NOT VALID: neither a PDF nor a receipt nor a bundle")
        return 1
    calendar = read(lambda: load_calendar(catalogue_root()))
    if calendar is None:
        return 2
    return _bundle(value, calendar, key) if is_bundle(value) else _receipt(value, calendar)


def _bundle(value: Mapping[str, Any], calendar: Calendar, key: Path | None) -> int:
    from yinuo.apps.ledger.signatures import read_keys
    from yinuo.apps.ledger.verification import verify_bundle

    try:
        trusted = read_keys(key.read_text()) if key else None
    except (OSError, ValueError) as error:
        print(f"yinuo verify: no key to trust: {key}: {error}", file=sys.stderr)
        return 2
    found = verify_bundle(value, calendar, trusted)
    for fault in found.faults:
        print(f"NOT VALID: {fault}")
    if found.faults:
        return 1
    _told(value, found, is_own=key is None)
    return 0


def _told(value: Mapping[str, Any], found: Findings, *, is_own: bool) -> None:
    """What was checked, and what it is worth."""
    from yinuo.apps.ledger.signatures import fingerprint

    held = ", ".join(f"{len(value[part])} {part}" for part in ("events", "receipts", "results"))
    print(f"valid: case {value['case']}: {held}")
    proven = len(value["events"]) - len(found.open)
    print(f"events proven by signed days: {proven} by {len(value['roots'])}")
    if found.open:
        print(f"events of days that are not sealed yet: {', '.join(map(str, found.open))}")
    if is_own:
        print("with the key in the bundle: it agrees with itself; who made it only --key can show")
    if found.key is not None:
        print(f"key: {fingerprint(found.key)}")


def _receipt(value: object, calendar: Calendar) -> int:
    receipt = verify_receipt(value, calendar)
    if isinstance(receipt, Refusal):
        print(f"NOT VALID: {receipt.code} {', '.join(map(str, receipt.facts.get('keys', [])))}".rstrip())  # type: ignore[call-overload]
        return 1
    print(f"valid: due {receipt.due or 'not yet, the clock stands still'}, recomputed from its own facts")
    return 0
