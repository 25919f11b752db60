"""Take a package of items into the catalogue: all of it or nothing.

What the package brings is tried out in a copy first; with any finding the catalogue stays as it is. Packages
of every earlier format are understood. The city's own laws are kept, missing ones are added.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from yinuo.catalogue.importing import take_in
from yinuo.catalogue.packages import unpack
from yinuo.cli.data import catalogue_root, city_folder
from yinuo.core.errors import Refusal

REASONS = {
    "no-package": "is no package",
    "too-large-package": "is larger than a package can be",
    "strange-file": "holds a file that does not belong in a package",
    "unknown-format": "has a format that this version does not know; a newer yinuo made it",
    "damaged-package": "is damaged",
}


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--replace", action="store_true", help="overwrite what is here and differs")


def run(arguments: argparse.Namespace) -> int:
    try:
        package = unpack(arguments.file.read_bytes())
    except OSError as error:
        print(f"yinuo import: {error}", file=sys.stderr)
        return 1
    if isinstance(package, Refusal):
        details = "; ".join(f"{name}: {why}" for name, why in package.fields.items())
        print(f"yinuo import: {arguments.file} {REASONS[package.code]} {details}".rstrip(), file=sys.stderr)
        return 1
    root = catalogue_root()
    done = take_in(package, root, city_folder(root).name, replace=arguments.replace)
    for finding in done.findings:
        print(finding)
    if done.findings:
        print(f"{len(done.findings)} findings: the catalogue stays as it was")
        return 1
    print(f"{len(package.items)} items, {len(done.laws)} new laws")
    return 0
