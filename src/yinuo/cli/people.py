"""Accounts and posts of staff from the command line: for the first administrator, and when nobody else can.

`list` prints everybody with the posts of today. `add` makes an account and prints its first password, once.
`give` and `end` a post, `close` an account, `reset` the second factor, the password or both. Each asks
for --reason, and stands in the record like those that an administrator makes. `end-sessions` signs out one
person everywhere, staff or citizen, or with --all everybody, and changes no account.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from yinuo.cli.data import in_service
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal

if TYPE_CHECKING:
    from yinuo.apps.people.models import Person


def add(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(dest="doing", required=True, metavar="WHAT")
    doing.add_parser("list", help="every account, and the posts of today")
    new = _change(doing, "add", "a new account")
    new.add_argument("name", metavar="NAME")
    give = _change(doing, "give", "give a post in a unit")
    _post(give)
    give.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DAY", help="default: today")
    give.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DAY", help="default: open")
    end = _change(doing, "end", "end a post")
    _post(end)
    end.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DAY", help="default: at once")
    _change(doing, "close", "close an account")
    reset = _change(doing, "reset", "a new second factor, a new password, or both")
    reset.add_argument("what", choices=("factor", "password", "both"))
    out = doing.add_parser("end-sessions", help="sign somebody out everywhere, or everybody")
    whom = out.add_mutually_exclusive_group(required=True)
    whom.add_argument(
        "login", nargs="?", metavar="LOGIN-OR-PHONE", help="a staff number or a citizen's phone"
    )
    whom.add_argument("--all", action="store_true", help="everybody, citizens and staff")
    _reason(out)


def _change(doing: Any, name: str, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = doing.add_parser(name, help=words)
    parser.add_argument("login", metavar="NUMBER", help="the staff number")
    _reason(parser)
    return parser


def _reason(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, help="goes on the record")


def _post(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("post", metavar="POST")
    parser.add_argument("unit", metavar="UNIT")


def run(arguments: argparse.Namespace) -> int:
    in_service()
    now = datetime.now(UTC)
    if arguments.doing == "list":
        return _list(day_of(now))
    if arguments.doing == "add":
        return _add(arguments, now)
    if arguments.doing == "end-sessions":
        return _end_sessions(arguments, now)
    from yinuo.apps.access.queries import staff

    person = staff().filter(login=arguments.login).first()
    if person is None:
        return _told(Refusal("no-such-account"))
    return DOING[arguments.doing](person, arguments, now)


def _list(today: date) -> int:
    from yinuo.apps.access.queries import staff
    from yinuo.apps.people.queries import posts_on

    for person in staff():
        held = posts_on(today).filter(person=person).order_by("unit", "post")
        posts = ", ".join(f"{post.post}@{post.unit}" for post in held) or "-"
        print(f"{person.login}  {person.name}  {posts if person.is_active else 'closed'}")
    return 0


def _add(arguments: argparse.Namespace, now: datetime) -> int:
    from yinuo.apps.access.actions.add_account import add_account

    made = add_account(arguments.login, arguments.name, arguments.reason, by=None, now=now)
    if isinstance(made, Refusal):
        return _told(made)
    print(f"{made[0].login} {made[0].name}")
    return _password(made[1])


def _password(password: str) -> int:
    print(f"password for the first sign-in, good for 72 hours: {password}")
    return 0


def _give(person: Person, arguments: argparse.Namespace, now: datetime) -> int:
    from yinuo.apps.access.actions.give_post import give_post

    first = arguments.first or day_of(now)
    reason = arguments.reason
    return _told(
        give_post(
            person, arguments.post, arguments.unit, first, arguments.last, reason=reason, by=None, now=now
        )
    )


def _end(person: Person, arguments: argparse.Namespace, now: datetime) -> int:
    from yinuo.apps.access.actions.end_post import end_post
    from yinuo.apps.access.queries import posts_of

    last = arguments.last or day_of(now) - timedelta(days=1)
    wanted = (arguments.post, arguments.unit)
    held = [post for post in posts_of(person) if (post.post, post.unit) == wanted]
    return _told(end_post(held[0], last, arguments.reason, by=None, now=now) if held else Refusal("not-held"))


def _close(person: Person, arguments: argparse.Namespace, now: datetime) -> int:
    from yinuo.apps.access.actions.close_account import close_account

    return _told(close_account(person, arguments.reason, by=None, now=now))


def _reset(person: Person, arguments: argparse.Namespace, now: datetime) -> int:
    from yinuo.apps.access.actions.reset_factor import reset_factor
    from yinuo.apps.access.actions.reset_password import reset_password

    if arguments.what in ("factor", "both"):
        done = _told(reset_factor(person, arguments.reason, by=None, now=now))
        if done or arguments.what == "factor":
            return done
    password = reset_password(person, arguments.reason, by=None, now=now)
    return _told(password) if isinstance(password, Refusal) else _password(password)


def _end_sessions(arguments: argparse.Namespace, now: datetime) -> int:
    from yinuo.apps.access.actions.sign_out_by_office import sign_out_by_office
    from yinuo.apps.people.models import Person

    person = None if arguments.all else Person.objects.by_login(arguments.login)
    if person is None and not arguments.all:
        return _told(Refusal("no-such-account"))
    ended = sign_out_by_office(person, arguments.reason, now)
    if isinstance(ended, Refusal):
        return _told(ended)
    print(f"{ended} sessions ended")
    return 0


def _told(done: object) -> int:
    if not isinstance(done, Refusal):
        print("done, and on the record")
        return 0
    fields = ", ".join(f"{key}: {code}" for key, code in done.fields.items())
    print(f"yinuo people: {done.code}{f' ({fields})' if fields else ''}", file=sys.stderr)
    return 1


DOING = {"give": _give, "end": _end, "close": _close, "reset": _reset}
