"""Packages of earlier formats, step by step up to the present one.

Format 1 was a single `bundle.json`: {item, groups, route}, as every published version is still stored.
Format 2 holds files as they lie in a catalogue, with the laws, and says its format in `package.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from yinuo.catalogue.writing import written
from yinuo.core.errors import Refusal

FORMAT = 2
Files = dict[str, str]


def upgraded(files: Files) -> Files | Refusal:
    """The files in the present format; a package from the future is refused."""
    try:
        found = _format(files)
        if not 1 <= found <= FORMAT:
            return Refusal("unknown-format", {"format": str(found)})
        for step in range(found, FORMAT):
            files = STEPS[step](files)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Refusal("damaged-package", {"package.json": f"{type(error).__name__}: {error}"})
    return files


def _format(files: Mapping[str, str]) -> int:
    if "package.json" not in files:
        json.loads(files["bundle.json"])["item"]["id"]
        return 1
    manifest = json.loads(files["package.json"])
    if not all(isinstance(one, str) for one in (manifest["city"], *manifest["items"])):
        raise ValueError("city and items are words")
    return int(manifest["format"])


def _from_bundle(files: Files) -> Files:
    """1 → 2: the bundle's parts become files; it knows neither its city nor the texts of its laws."""
    bundle = json.loads(files["bundle.json"])
    item, route = bundle["item"], bundle["route"]
    made = {
        f"items/{item['branch']}/{item['id']}.yaml": written(item),
        f"routes/{route['id']}.yaml": written(route),
        "package.json": json.dumps({"format": 2, "city": "", "items": [item["id"]]}),
    }
    return made | {f"fields/{key}.yaml": written(group) for key, group in bundle["groups"].items()}


STEPS: Mapping[int, Callable[[Files], Files]] = {1: _from_bundle}
