"""The programs that may use the API, and the addresses at which they are told what happens.

`add` registers a program and prints its secret, once. With --agent it acts in that person's name, with --for
for an organisation that the person may act for; without, people let the program in themselves, and --redirect
says where their browser goes back to. `webhook` enters an https address that is told what happens.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from yinuo.cli.data import start_django
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal

if TYPE_CHECKING:
    from yinuo.apps.people.models import Person


def add(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(dest="doing", required=True, metavar="WHAT")
    doing.add_parser("list", help="the programs, their scopes and their addresses")
    new = doing.add_parser("add", help="register a program")
    new.add_argument("name", metavar="NAME", help="what people read when they are asked")
    new.add_argument(
        "--scope", action="append", default=[], metavar="SCOPE", help="may be given several times"
    )
    new.add_argument(
        "--redirect", action="append", default=[], metavar="URL", help="where the browser goes back to"
    )
    new.add_argument(
        "--public", action="store_true", help="a program that cannot keep a secret, as on a phone"
    )
    new.add_argument("--agent", metavar="LOGIN", help="the telephone number of the agent of an organisation")
    new.add_argument("--for", dest="organisation", metavar="NAME", help="the organisation, by its name")
    close = doing.add_parser("close", help="close a program; its tokens open nothing any more")
    close.add_argument("client", metavar="CLIENT")
    hook = doing.add_parser("webhook", help="tell a program what happens, at this address")
    hook.add_argument("client", metavar="CLIENT")
    hook.add_argument("address", metavar="URL")
    for name, about in (
        ("unhook", "tell an address nothing any more"),
        ("again", "send what was given up once more"),
    ):
        doing.add_parser(name, help=about).add_argument("endpoint", type=int, metavar="NUMBER")


def run(arguments: argparse.Namespace) -> int:
    start_django()
    return {
        "list": _list,
        "add": _add,
        "close": _close,
        "webhook": _webhook,
        "unhook": _unhook,
        "again": _again,
    }[arguments.doing](arguments)


def _list(arguments: argparse.Namespace) -> int:
    from yinuo.apps.clients.queries import open_clients
    from yinuo.apps.webhooks.queries import dead, endpoints

    given_up = [one.endpoint_id for one in dead()]
    for client in open_clients():
        whose = "of an organisation" if client.user_id else "let in by people"
        print(f"{client.client_id}  {client.name}  {whose}  {' '.join(client.scopes)}")
        for one in endpoints().filter(client=client):
            print(f"  {one.pk}  {one.address}  {given_up.count(one.pk)} given up")
    return 0


def _add(arguments: argparse.Namespace) -> int:
    from yinuo.apps.clients.actions.add_client import add_client
    from yinuo.apps.people.models import Person

    agent = Person.objects.by_login(arguments.agent) if arguments.agent else None
    if arguments.agent and agent is None:
        return _refused(Refusal("no-such-person"))
    principal = _principal(agent, arguments.organisation)
    if isinstance(principal, Refusal):
        return _refused(principal)
    added = add_client(
        arguments.name,
        arguments.scope,
        redirect_uris=arguments.redirect,
        agent=agent,
        principal=principal,
        keeps_secret=not arguments.public,
    )
    if isinstance(added, Refusal):
        return _refused(added)
    print(f"client_id      {added.client.client_id}")
    if added.secret:
        print(f"client_secret  {added.secret}")
        print("The secret is shown this once only.")
    return 0


def _principal(agent: Person | None, name: str | None) -> str | Refusal:
    """As cases name the organisation; empty where the agent acts for himself."""
    from yinuo.apps.mandates.queries import acting

    if not name:
        return ""
    rights = acting(agent, day_of(datetime.now(UTC))) if agent is not None else []
    found = next((one.principal for one in rights if one.name == name), None)
    return found if found is not None else Refusal("without-a-mandate")


def _close(arguments: argparse.Namespace) -> int:
    from yinuo.apps.clients.actions.close_client import close_client

    result = close_client(arguments.client, now=datetime.now(UTC))
    return _refused(result) if isinstance(result, Refusal) else _done(f"closed: {result.name}")


def _webhook(arguments: argparse.Namespace) -> int:
    from yinuo.apps.clients.queries import by_id
    from yinuo.apps.webhooks.actions.add_endpoint import add_endpoint

    client = by_id(arguments.client)
    if client is None:
        return _refused(Refusal("no-such-program"))
    added = add_endpoint(client, arguments.address, now=datetime.now(UTC))
    if isinstance(added, Refusal):
        return _refused(added)
    print(f"number  {added.endpoint.pk}")
    print(f"secret  {added.secret}")
    return _done("The secret is shown this once only.")


def _unhook(arguments: argparse.Namespace) -> int:
    from yinuo.apps.webhooks.actions.close_endpoint import close_endpoint

    result = close_endpoint(arguments.endpoint, now=datetime.now(UTC))
    return _refused(result) if result is not None else _done("closed")


def _again(arguments: argparse.Namespace) -> int:
    from yinuo.apps.webhooks.actions.send_again import send_again

    return _done(f"{send_again(arguments.endpoint, now=datetime.now(UTC))} messages wait again")


def _done(words: str) -> int:
    print(words)
    return 0


def _refused(no: Refusal) -> int:
    fields = ", ".join(f"{key}: {code}" for key, code in no.fields.items())
    print(f"yinuo clients: {no.code}{f' ({fields})' if fields else ''}", file=sys.stderr)
    return 1
