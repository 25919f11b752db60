"""The keys of everything personal: list them, add one, seal everything anew with it, take an old one away.

add: a new key, which only opens until the next rotation. rotate: use the newest key, and seal every value and
every file with it while the site runs; after an interruption it goes on where it was. remove: an old key with
which nothing is sealed any more. See docs/how-to/keep-keys.md.
"""

from __future__ import annotations

import argparse
import os
import stat
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from yinuo.cli.data import start_django
from yinuo.cli.progress import watched

if TYPE_CHECKING:
    from yinuo.apps.vault.keys import Ring
    from yinuo.core.errors import Refusal

NO = {
    "keys-from-environment": "the keys stand in YINUO_KEYS: change them there",
    "rotation-due": "the key {key} is not in use yet: run `yinuo keys rotate` first",
    "no-such-key": "the ring holds no key of that name",
    "key-in-use": "something is sealed with this key: run `yinuo keys rotate` first",
}


def add(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help="the keys, and how much is sealed with each").set_defaults(verb_run=_list)
    verbs.add_parser("add", help="a new key for the next rotation").set_defaults(verb_run=_add)
    verbs.add_parser("rotate", help="seal everything with the newest key").set_defaults(verb_run=_rotate)
    remove = verbs.add_parser("remove", help="take an old key out of the ring for good")
    remove.add_argument("key", metavar="KEY")
    remove.set_defaults(verb_run=_remove)


def run(arguments: argparse.Namespace) -> int:
    start_django()
    from yinuo.apps.vault.errors import VaultError

    try:
        return int(arguments.verb_run(arguments))
    except VaultError as error:
        raise SystemExit(f"yinuo: {error}") from None


def _list(arguments: argparse.Namespace) -> int:
    from yinuo.apps.vault.queries import by_key
    from yinuo.apps.vault.ring import fresh

    held, counted = fresh(), by_key()
    for key in held.keys:
        print(
            f"{key.name}  {key.cipher:<11}  {_use(held, key.name):<6}  {counted[key.name]:>9}  {key.made_at}"
        )
    _warn_of_readers()
    if counted[""]:
        print(f"{counted['']} values are sealed with a key that the ring does not hold")
    return 1 if counted[""] else 0


def _use(held: Ring, name: str) -> str:
    """What a key is for now."""
    if name == held.active:
        return "in use"
    return "next" if name == held.newest.name else "old"


def _warn_of_readers() -> None:
    from django.conf import settings

    from yinuo.apps.vault.ring import key_file

    if not settings.KEYS and stat.S_IMODE(os.stat(key_file()).st_mode) & 0o077:
        print(f"yinuo: others can read {key_file()}: run `chmod 600` on it", file=sys.stderr)


def _add(arguments: argparse.Namespace) -> int:
    from yinuo.apps.vault.actions.add_key import add_key
    from yinuo.core.errors import Refusal

    made = add_key(datetime.now(UTC))
    if isinstance(made, Refusal):
        return _refused(made)
    print(f"{made.name}  {made.cipher}: back the key ring up, then run `yinuo keys rotate`")
    return 0


def _rotate(arguments: argparse.Namespace) -> int:
    from yinuo.apps.vault.actions.rotate import rotate
    from yinuo.apps.vault.queries import left

    renewed = faults = 0
    for step in watched(rotate(), "values", left()):
        renewed += step.renewed
        if step.fault:
            faults += 1
            print(f"{step.row}: {step.fault}")
    print(f"{renewed} values renewed, {faults} faults")
    return 1 if faults else 0


def _remove(arguments: argparse.Namespace) -> int:
    from yinuo.apps.vault.actions.remove_key import remove_key
    from yinuo.core.errors import Refusal

    gone = remove_key(arguments.key)
    if isinstance(gone, Refusal):
        return _refused(gone)
    print(f"{gone.name} is gone from the ring; back-ups that need it need a copy of it")
    return 0


def _refused(no: Refusal) -> int:
    print(f"yinuo: {NO[no.code].format(**no.facts)}", file=sys.stderr)
    return 1
