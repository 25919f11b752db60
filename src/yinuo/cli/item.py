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
from pathlib import Path
from typing import Any

from yinuo.catalogue import drafting
from yinuo.catalogue.describing import Thing, describe
from yinuo.catalogue.differences import differences
from yinuo.catalogue.loading import CatalogueBrokenError, Foundation, load_foundation, load_item
from yinuo.catalogue.writing import written
from yinuo.cli.data import catalogue_root, city_folder, start_django
from yinuo.core.form import Text
from yinuo.core.item import Item

UNCHANGED = Text("没有变化", "nothing has changed")
UNSEEN = Text(
    "看得见的没有变化，变的是场景或内部的写法", "nothing visible has changed, only scenarios or keys"
)


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
    texts: dict[Path, str] = {}
    for row in _rows(arguments):
        item = drafting.draft(row, base.laws)
        path = _city_folder(base.root) / "items" / item["branch"] / f"{item['id']}.yaml"
        if path in texts:
            raise LookupError(f"{item['id']} stands twice; nothing was written")
        if (there := _path_of(base.root, item["id"])) is not None:
            raise LookupError(f"{there} is there already; nothing was written")
        title = " ".join(item["name"]["zh"].split())
        texts[path] = f"# {title}\n{written(item)}"
    _write(texts)
    return 0


def _write(texts: dict[Path, str]) -> None:
    """All files or none."""
    made: list[Path] = []
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            made.append(path)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        raise LookupError(f"{error}; nothing was written") from error
    print(*made, sep="\n")


def _rows(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    if arguments.rows is None:
        if not arguments.id:
            raise LookupError("name the new item's ID, or a file of rows with --from")
        row = {"id": arguments.id, "name_zh": arguments.name, "branch": arguments.branch}
        return [_sound(row, "the new item")]
    rows = _read(arguments.rows)
    wanted = [row for row in rows if arguments.id in (None, row["id"])]
    if not wanted:
        raise LookupError(f"{arguments.rows} holds no row {arguments.id or ''}".rstrip())
    return wanted


def _read(path: Path) -> list[dict[str, Any]]:
    """Every row of a file, whichever is wanted: with one broken line the file is not to be trusted."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LookupError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    lines = enumerate(text.split("\n"), 1)
    return [_row(line, f"{path}:{n}") for n, line in lines if line.strip()]


def _row(line: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LookupError(f"{place} is no JSON: {getattr(error, 'msg', error)}") from error
    return _sound(row, place)


def _sound(row: dict[str, Any], place: str) -> dict[str, Any]:
    wrong = drafting.problem(row)
    if wrong is not None:
        raise LookupError(f"{place}: {wrong}")
    return row


def _show(arguments: argparse.Namespace) -> int:
    base = load_foundation(catalogue_root())
    item = find(arguments.item, base)
    print(f"{item.name.said(arguments.lang)}  {item.id}@{item.version[:12]}")
    part = ""
    for thing in describe(item, base.laws):
        if (heading := thing.part.said(arguments.lang)) != part:
            part = heading
            print(f"\n{part}")
        _print_thing(thing, arguments.lang)
    return 0


def _print_thing(thing: Thing, lang: str) -> None:
    print(f"  {thing.name.said(lang)}  [{thing.key}]")
    for fact in thing.facts:
        title, value = fact.title.said(lang), fact.value.said(lang)
        print(f"    {title + ': ' if title else ''}{value}")


def _diff(arguments: argparse.Namespace) -> int:
    base = load_foundation(catalogue_root())
    old, new = find(arguments.old, base), find(arguments.new, base)
    changes = differences(old, new, base.laws)
    unseen = UNCHANGED if old.version == new.version else UNSEEN
    for change in changes or [unseen]:
        print(change.said(arguments.lang))
    return 0


def find(name: str, base: Foundation) -> Item:
    """The item that a name on the command line means. Raises LookupError when there is none."""
    if name.endswith(".yaml"):
        path: Path | None = Path(name)
    elif "@" in name:
        key, _, version = name.partition("@")
        return _published(key, version)
    else:
        path = _path_of(base.root, name)
    if path is None or not path.is_file():
        raise LookupError(f"there is no item {name}")
    return load_item(base, path).item


def _path_of(root: Path, key: str) -> Path | None:
    return next((path for path in _city_folder(root).glob("items/*/*.yaml") if path.stem == key), None)


def _published(key: str, version: str) -> Item:
    start_django()
    from django.db import DatabaseError

    from yinuo.apps.items.queries import published

    try:
        found = published(key, "" if version == "published" else version)
    except DatabaseError as error:
        raise LookupError(f"the database is not ready ({error}): run `yinuo manage migrate`") from error
    if found is None:
        raise LookupError(f"no version {version} of {key} was published")
    return found


def _city_folder(root: Path) -> Path:
    try:
        return city_folder(root)
    except StopIteration:
        raise LookupError(f"{root} holds no city: there is no folder with a city.yaml") from None
