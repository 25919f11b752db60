"""Set up and serve the demo: sample people, living cases in every state, web and worker."""

from __future__ import annotations

import argparse
import os
import secrets
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec

from yinuo.cli.data import catalogue_root, start_django


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="web processes")
    parser.add_argument("--no-serve", action="store_true", help="set up only")


def run(arguments: argparse.Namespace) -> int:
    os.environ["YINUO_DEMO"] = "1"
    os.environ.setdefault("YINUO_ORIGIN", f"http://{arguments.bind}")
    os.environ.setdefault("YINUO_PLAIN_HTTP", "1")  # its people are invented
    os.environ.setdefault("YINUO_CATALOGUE", str(catalogue_root()))
    port = _connect_gateway(arguments.bind)
    provider = _connect_provider(arguments.bind)
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

    return serve(arguments.bind, arguments.workers, list(_beside(port, provider)))


def _beside(port: int | None, provider: int | None) -> Iterator[list[str]]:
    """What runs beside web and worker: the gateway and the identity provider of the demo."""
    if port is not None:
        print(f"text messages arrive at http://127.0.0.1:{port}/", flush=True)
        yield _gateway(port)
    if provider is not None:
        print(f"the identity provider is at http://127.0.0.1:{provider}/", flush=True)
        yield [sys.executable, "-m", "yinuo.demo.provider", "--port", str(provider)]


def _connect_gateway(bind: str) -> int | None:
    """The port of a gateway of our own, which the settings then name; None where another one is connected."""
    if os.environ.get("YINUO_SMS_URL"):
        return None
    _host, _colon, web = bind.rpartition(":")
    port = _free_port(int(web) + 1 if web.isdecimal() else 0)
    os.environ["YINUO_SMS_URL"] = f"http://127.0.0.1:{port}/"
    os.environ["YINUO_SMS_KEY"] = secrets.token_hex(16)
    return port


def _connect_provider(bind: str) -> int | None:
    """The port of an identity provider of our own, which the settings then name; None where another one is
    named, or where the package of the provider is not installed (`pip install yinuo[demo]`)."""
    if os.environ.get("YINUO_OIDC_ISSUER") or find_spec("oidc_provider_mock") is None:
        return None
    _host, _colon, web = bind.rpartition(":")
    port = _free_port(int(web) + 2 if web.isdecimal() else 0)
    os.environ["YINUO_OIDC_ISSUER"] = f"http://127.0.0.1:{port}"
    os.environ["YINUO_OIDC_CLIENT_ID"] = "yinuo-demo"
    os.environ["YINUO_OIDC_CLIENT_SECRET"] = secrets.token_hex(16)
    return port


def _free_port(wanted: int) -> int:
    """That port of this machine, or another one where it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                continue
            return int(probe.getsockname()[1])
    raise SystemExit("yinuo demo: there is no free port for the text messages")


def _gateway(port: int) -> list[str]:
    from django.conf import settings

    inbox = settings.DATA / "text-messages.jsonl"
    return [sys.executable, "-m", "yinuo.demo.gateway", "--port", str(port), "--inbox", str(inbox)]


def _say(step: str) -> None:
    """One line that is written over on a terminal, plain lines elsewhere."""
    if sys.stdout.isatty():
        print(f"\r\033[K… {step}", end="", flush=True)
    else:
        print(f"… {step}", flush=True)


def _greeting(items: int) -> str:
    from yinuo.demo.cases import states
    from yinuo.demo.citizens import CITIZENS
    from yinuo.demo.people import PASSWORD

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
            "  administrator          administrator of accounts: sees no case",
            "Staff need a second factor; the demo shows its code on the page that asks for it.",
            "",
        ]
    )
