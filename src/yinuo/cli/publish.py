"""Put the catalogue into service: all or nothing.

With any finding nothing changes and the last good catalogue stays in service.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from yinuo.cli.data import catalogue_root, start_django


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH")


def run(arguments: argparse.Namespace) -> int:
    start_django()
    from yinuo.apps.cases.actions.put_into_service import put_into_service

    report = put_into_service(arguments.path or catalogue_root(), datetime.now(UTC), print)
    for finding in report.findings:
        print(finding)
    print(report)
    print("not published: the last good catalogue stays in service" if report.findings else "published")
    return 1 if report.findings else 0
