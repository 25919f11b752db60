"""Write, read and compare single items.

`new` makes the first draft of an item file, from a row of facts or empty; `yinuo check` then says what is
left to do. `show` prints an item in words. `diff` says in words what changed between two versions.
An item is an ID of the catalogue, a file, or ID@VERSION: the beginning of the version of a published item,
or ID@published for the one in service.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from yinuo.catalogue import drafting
from yinuo.catalogue.describing import Thing, describe
from yinuo.catalogue.differences import differences
from yinuo.catalogue.loading import CatalogueBrokenError, Foundation, load_foundation, load_item
from yinuo.catalogue.writing import written
from yinuo.cli.data import catalogue_root, start_django
from yinuo.core.form import Text
from yinuo.core.item import Item


def add(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    new = verbs.add_parser("new", help="draft an item file")
    new.add_argument("id", nargs="?", metavar="ID", help="the item's id; with --from, the row to take")
    new.add_argument("--from", dest="rows", type=Path, metavar="FILE", help="rows of facts, JSON lines")
    new.add_argument("--branch", default="bianmin", help="the branch of an empty draft")
    new.add_argument("--name", default="新事项", help="the Chinese name of an empty draft")
    show = verbs.add_parser("show", help="print an item in words")
    show.add_argument("item", metavar="ITEM")
    diff = verbs.add_parser("diff", help="say what changed between two versions")
    diff.add_argument("old", metavar="A")
    diff.add_argument("new", metavar="B")
    for verb in (show, diff):
        verb.add_argument("--lang", choices=("zh", "en"), default="zh")


def run(arguments: argparse.Namespace) -> int:
    verbs = {"new": _new, "show": _show, "diff": _diff}
    try:
        return verbs[arguments.verb](arguments)
    except CatalogueBrokenError as broken:
        for finding in broken.findings:
            print(finding, file=sys.stderr)
        return 1
    except LookupError as error:
        print(f"yinuo item: {error.args[0]}", file=sys.stderr)
        return 1


def _new(arguments: argparse.Namespace) -> int:
    base = load_foundation(catalogue_root())
    for row in list(_rows(arguments)):
        item = drafting.draft(row, base.laws)
        path = _city_folder(base.root) / "items" / item["branch"] / f"{item['id']}.yaml"
        if path.exists():
            raise LookupError(f"{path} is there already; nothing was written over it")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {item['name']['zh']}\n{written(item)}", encoding="utf-8")
        print(path)
    return 0


def _rows(arguments: argparse.Namespace) -> Iterable[dict[str, Any]]:
    if arguments.rows is None:
        if not arguments.id:
            raise LookupError("name the new item's ID, or a file of rows with --from")
        return [{"id": arguments.id, "name_zh": arguments.name, "branch": arguments.branch}]
    rows = [json.loads(line) for line in arguments.rows.read_text(encoding="utf-8").splitlines() if line]
    wanted = [row for row in rows if arguments.id in (None, row.get("id"))]
    if not wanted:
        raise LookupError(f"{arguments.rows} holds no row {arguments.id or ''}".rstrip())
    return wanted


def _show(arguments: argparse.Namespace) -> int:
    base = load_foundation(catalogue_root())
    item = find(arguments.item, base)
    print(f"{_in(item.name, arguments.lang)}  {item.id}@{item.version[:12]}")
    part = ""
    for thing in describe(item, base.laws):
        if (heading := _in(thing.part, arguments.lang)) != part:
            part = heading
            print(f"\n{part}")
        _print_thing(thing, arguments.lang)
    return 0


def _print_thing(thing: Thing, lang: str) -> None:
    print(f"  {_in(thing.name, lang)}  [{thing.key}]")
    for fact in thing.facts:
        title, value = _in(fact.title, lang), _in(fact.value, lang)
        print(f"    {title + ': ' if title else ''}{value}")


def _diff(arguments: argparse.Namespace) -> int:
    base = load_foundation(catalogue_root())
    changes = differences(find(arguments.old, base), find(arguments.new, base), base.laws)
    for change in changes:
        print(_in(change, arguments.lang))
    if not changes:
        print("没有变化" if arguments.lang == "zh" else "nothing has changed")
    return 0


def _in(text: Text, lang: str) -> str:
    return text.zh if lang == "zh" else text.en


def find(name: str, base: Foundation) -> Item:
    """The item that a name on the command line means. Raises LookupError when there is none."""
    key, _, version = name.partition("@")
    if version:
        return _published(key, version)
    path = Path(name) if name.endswith(".yaml") else _path_of(base.root, key)
    if not path.is_file():
        raise LookupError(f"there is no item {name}")
    return load_item(base, path).item


def _path_of(root: Path, key: str) -> Path:
    return next(root.glob(f"*/items/*/{key}.yaml"), root / f"{key}.yaml")


def _published(key: str, version: str) -> Item:
    start_django()
    from yinuo.apps.items.queries import published

    found = published(key, "" if version == "published" else version)
    if found is None:
        raise LookupError(f"no version {version} of {key} was published")
    return found


def _city_folder(root: Path) -> Path:
    return next(path.parent for path in sorted(root.glob("*/city.yaml")))
