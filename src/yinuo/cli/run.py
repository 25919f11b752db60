"""Serve: migrate, publish the catalogue, then web and worker until stopped."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from yinuo.cli.data import catalogue_root, start_django


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="web processes")


def run(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("YINUO_CATALOGUE", str(catalogue_root()))
    start_django()
    from yinuo.project.setting_up import is_in_service, prepare

    report = prepare(datetime.now(UTC), lambda step: print(f"… {step}", flush=True))
    for finding in report.findings:
        print(finding, file=sys.stderr)
    if not is_in_service():
        print("yinuo run: no catalogue is in service; mend the findings above", file=sys.stderr)
        return 1
    return serve(arguments.bind, arguments.workers)


def serve(bind: str, workers: int, beside: Sequence[list[str]] = ()) -> int:
    """Web and worker as two processes, and what is started beside them; when the web ends, all end."""
    web = [
        sys.executable, "-m", "gunicorn", "yinuo.project.wsgi:application",
        "--bind", bind, "--workers", str(workers), "--log-level", "warning",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "yinuo", "worker"]
    processes = [subprocess.Popen(command) for command in (web, worker, *beside)]
    print(f"serving on http://{bind}/ — stop with Ctrl+C", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: _stop(processes))
    try:
        return processes[0].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(processes)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
