"""Editions of the catalogue: the repository's city and laws with a few items, to be changed and published."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from support.catalogues import CITY, ROOT

ITEMS = f"{CITY}/items"


def edition(root: Path, *items: str) -> Path:
    """Below `root` the whole city and just these items; gives `root`."""
    kept = {ROOT / one for one in items}

    def left_out(folder: str, names: list[str]) -> list[str]:
        inside = Path(folder).parent == ROOT / ITEMS
        return [name for name in names if inside and Path(folder) / name not in kept]

    shutil.copytree(ROOT, root, ignore=left_out)
    _name_no_favourites(root / CITY / "city.yaml")
    return root


def _name_no_favourites(city: Path) -> None:
    """The home page of the whole city points to items that an edition does not have."""
    city.write_text(re.sub(r"^hot: .*$", "hot: []", city.read_text(), flags=re.MULTILINE))


def path_of(item: str) -> str:
    """Where the file of an item lies in the catalogue."""
    return next((ROOT / ITEMS).rglob(f"{item}.yaml")).relative_to(ROOT).as_posix()


def edit(root: Path, item: str, old: str, new: str) -> None:
    """Change every occurrence of a text in an item's file; it must be there."""
    place = root / path_of(item)
    text = place.read_text()
    assert old in text, f"{item} has no {old!r}"
    place.write_text(text.replace(old, new))
