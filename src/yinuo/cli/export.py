"""Put items into a package, a zip file with their laws, routes and field groups.

An item is an ID of the catalogue, or ID@VERSION: the beginning of the version of a published item. Without
any, all items of the catalogue go in.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from yinuo.catalogue.loading import load
from yinuo.catalogue.packages import pack, pack_published
from yinuo.cli.data import catalogue_root, city_folder, read, start_django


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("items", nargs="*", metavar="ITEM")
    parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="the package to write")


def run(arguments: argparse.Namespace) -> int:
    versions = [name for name in arguments.items if "@" in name]
    if versions and len(versions) < len(arguments.items):
        print("yinuo export: name either published versions or items of the catalogue", file=sys.stderr)
        return 2
    content = _published(versions) if versions else _current(arguments.items)
    if content is None:
        return 1
    arguments.to.write_bytes(content)
    print(f"{arguments.to}: {len(content):,} bytes")
    return 0


def _current(ids: list[str]) -> bytes | None:
    root = catalogue_root()
    catalogue = read(lambda: load(root, os.environ.get("YINUO_CITY")))
    if catalogue is None:
        return None
    missing = [key for key in ids if key not in catalogue.entries]
    if missing:
        print(f"yinuo export: there is no item {', '.join(missing)}", file=sys.stderr)
        return None
    return pack(catalogue, ids or list(catalogue.entries), root)


def _published(names: list[str]) -> bytes | None:
    start_django()
    from yinuo.apps.items.queries import stored

    bundles = []
    for name in names:
        key, _, beginning = name.partition("@")
        version = stored(key, "" if beginning == "published" else beginning)
        if version is None:
            print(f"yinuo export: no version {beginning} of {key} was published", file=sys.stderr)
            return None
        bundles.append(version.bundle)
    root = catalogue_root()
    return pack_published(bundles, city_folder(root).name, root)
