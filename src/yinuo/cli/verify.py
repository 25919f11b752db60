"""Check a receipt (JSON) or a signed PDF offline.

A receipt is recomputed from its own facts. A PDF is checked against the authority's certificate: that of
this deployment (YINUO_DATA), or the one that --trust names. Nothing is fetched from anywhere.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from yinuo.catalogue.loading import load_calendar
from yinuo.cli.data import catalogue_root, read
from yinuo.core.errors import Refusal
from yinuo.core.receipt import verify as verify_receipt


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--trust", type=Path, metavar="PEM", help="the authority's certificate")


def run(arguments: argparse.Namespace) -> int:
    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        print(f"yinuo verify: {arguments.file}: {error.strerror}", file=sys.stderr)
        return 2
    if b"%PDF-" in content[:1024]:
        return _pdf(content, arguments.trust or _own_authority())
    return _receipt(content)


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


def _receipt(content: bytes) -> int:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        print("NOT VALID: neither a PDF nor a receipt")
        return 1
    calendar = read(lambda: load_calendar(catalogue_root()))
    if calendar is None:
        return 2
    receipt = verify_receipt(value, calendar)
    if isinstance(receipt, Refusal):
        print(f"NOT VALID: {receipt.code} {', '.join(map(str, receipt.facts.get('keys', [])))}".rstrip())  # type: ignore[call-overload]
        return 1
    print(f"valid: due {receipt.due or 'not yet, the clock stands still'}, recomputed from its own facts")
    return 0
