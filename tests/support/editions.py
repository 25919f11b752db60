"""Editions of the catalogue: the repository's city and laws with a few items, to be changed and published."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from support.catalogues import CITY, ROOT

ITEMS = f"{CITY}/items"
ASKED = {"zh": "您要办哪件事？", "en": "What do you want to do?"}
SEVERAL = {"zh": "说不准是哪件", "en": "I am not sure"}
ONE = {"zh": "知道是哪件", "en": "I know which"}


def edition(root: Path, *items: str) -> Path:
    """Below `root` the whole city and just these items; gives `root`."""
    kept = {ROOT / one for one in items}

    def left_out(folder: str, names: list[str]) -> list[str]:
        inside = Path(folder).parent == ROOT / ITEMS
        return [name for name in names if inside and Path(folder) / name not in kept]

    shutil.copytree(ROOT, root, ignore=left_out)
    _name_nothing(root / CITY / "city.yaml", "hot")
    _name_nothing(root / CITY / "retention.yaml", "corrections")
    _ask_for(root / CITY / "paths.yaml", [Path(item).stem for item in items])
    return root


def _name_nothing(place: Path, key: str) -> None:
    """The whole city points to items there that an edition does not have."""
    place.write_text(re.sub(rf"^{key}: .*$", f"{key}: []", place.read_text(), flags=re.MULTILINE))


def _ask_for(paths: Path, items: list[str]) -> None:
    """Questions that lead to these items alone: to several at once, and one question on to each."""
    if len(items) < 2:
        paths.unlink()
        return
    several = {"label": SEVERAL, "items": items[:8]}
    each = [{"label": {"zh": f"办{item}", "en": item}, "items": [item]} for item in items]
    nodes = [
        {"key": "start", "question": ASKED, "options": [several, {"label": ONE, "ask": "one"}]},
        {"key": "one", "question": ASKED, "options": each[:20]},
    ]
    paths.write_text(json.dumps(nodes, ensure_ascii=False, indent=1))


def withdraw(root: Path, item: str) -> None:
    """Take an item out of an edition, and out of what explains and asks for it."""
    (root / path_of(item)).unlink()
    if (paths := root / CITY / "paths.yaml").exists():
        _ask_for(paths, sorted(path.stem for path in (root / ITEMS).rglob("*.yaml")))


def path_of(item: str) -> str:
    """Where the file of an item lies in the catalogue."""
    return next((ROOT / ITEMS).rglob(f"{item}.yaml")).relative_to(ROOT).as_posix()


def edit(root: Path, item: str, old: str, new: str) -> None:
    """Change every occurrence of a text in an item's file; it must be there."""
    place = root / path_of(item)
    text = place.read_text()
    assert old in text, f"{item} has no {old!r}"
    place.write_text(text.replace(old, new))
