"""Serve: migrate, publish the catalogue, then web and worker until stopped."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
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
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="yinuo-metrics-"))
    print(f"serving on http://{bind}/ — stop with Ctrl+C", flush=True)
    return keep(web, [worker, *beside])


def keep(first: list[str], others: Sequence[list[str]]) -> int:
    """Run all until the first ends, and give its status; one of the others that ends is started again."""
    leading, beside = subprocess.Popen(first), [subprocess.Popen(one) for one in others]
    signal.signal(signal.SIGTERM, lambda *_: leading.terminate())
    try:
        while (status := _ended(leading)) is None:
            beside = [_running(process) for process in beside]
        return status
    except KeyboardInterrupt:
        return 0
    finally:
        for process in (leading, *beside):
            process.terminate()


def _ended(process: subprocess.Popen[bytes]) -> int | None:
    """Its status; None when it still runs after a second."""
    try:
        return process.wait(1)
    except subprocess.TimeoutExpired:
        return None


def _running(process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    if (status := process.poll()) is None:
        return process
    print(f"yinuo run: a process ended with {status} and is started again", file=sys.stderr)
    return subprocess.Popen(process.args)
