"""Set up and serve the demo: sample people, living cases in every state, web and worker."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime

from yinuo.cli.data import catalogue_root, start_django


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="web processes")
    parser.add_argument("--no-serve", action="store_true", help="set up only")


def run(arguments: argparse.Namespace) -> int:
    os.environ["YINUO_DEMO"] = "1"
    os.environ.setdefault("YINUO_ORIGIN", f"http://{arguments.bind}")
    os.environ.setdefault("YINUO_CATALOGUE", str(catalogue_root()))
    start_django()
    from yinuo.demo.populating import populate
    from yinuo.project.setting_up import is_in_service, prepare

    report = prepare(datetime.now(UTC), _say)
    for finding in report.findings:
        print(finding, file=sys.stderr)
    if not is_in_service():
        print("yinuo demo: no catalogue is in service; mend the findings above", file=sys.stderr)
        return 1
    populate(datetime.now(UTC), _say)
    print(_greeting(report.items))
    if arguments.no_serve:
        return 0
    from yinuo.cli.run import serve

    return serve(arguments.bind, arguments.workers)


def _say(step: str) -> None:
    """One line that is written over on a terminal, plain lines elsewhere."""
    if sys.stdout.isatty():
        print(f"\r\033[K… {step}", end="", flush=True)
    else:
        print(f"… {step}", flush=True)


def _greeting(items: int) -> str:
    from yinuo.demo.cases import states
    from yinuo.demo.people import CITIZENS, PASSWORD

    cases = ", ".join(f"{count} {stage}" for stage, count in states().items())
    citizen, name = next(iter(CITIZENS.items()))
    return "\n".join(
        [
            "",
            f"{items} services. Cases: {cases}.",
            "",
            f"Everybody's password is  {PASSWORD}",
            f"  {citizen:<22} {name}, a citizen (also 13800000002 … 13800000005)",
            "  taobei-traffic-1       window and inspector, Taobei traffic brigade",
            "  taobei-traffic-2       reviewer there",
            "  taobei-traffic-3       approver and leader there",
            "  taobei-window-1/2/3    household window; likewise <unit id>-1/2/3 for every unit",
            "  supervisor             supervisor of the whole bureau",
            "  editor                 editor of the catalogue",
            "",
        ]
    )
