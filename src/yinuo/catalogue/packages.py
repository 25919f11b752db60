"""Item packages: items with all they stand on, in one zip file that another city can take in.

A package holds `package.json` ({format, city, items}), `items/<branch>/<id>.yaml`, the `routes/` and
`fields/` that the items use, and `laws.yaml` with the laws that they cite. Equal items make equal bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from yinuo.catalogue.loading import Catalogue, Entry
from yinuo.catalogue.reader import read_text
from yinuo.catalogue.upgrading import FORMAT, upgraded
from yinuo.catalogue.writing import written
from yinuo.core.errors import Refusal

MANIFEST = "package.json"
LAWS = "laws.yaml"
MOST_FILES = 5_000
MOST_BYTES = 50_000_000
_DAY_ONE = (1980, 1, 1, 0, 0, 0)  # zip knows no earlier time; the content alone decides on the bytes
_FOLDERS = {"items": 3, "routes": 2, "fields": 2}


@dataclass(frozen=True, slots=True)
class Package:
    """`files`: name inside the package -> text. `laws`: the cited laws as they stand in laws.yaml."""

    city: str
    items: tuple[str, ...]
    files: Mapping[str, str]
    laws: tuple[Mapping[str, Any], ...]


def pack(catalogue: Catalogue, ids: Iterable[str], root: Path) -> bytes:
    """The zip file of these items. Raises KeyError for an id that the catalogue does not have."""
    entries = [catalogue.entries[key] for key in sorted(set(ids))]
    items = {entry.item.id: entry.bundle["item"] for entry in entries}
    return _sealed(dict(_files(entries, root)), items, catalogue.city.id, root)


def pack_published(bundles: Iterable[Mapping[str, Any]], city: str, root: Path) -> bytes:
    """The zip file of published versions, from the bundles that were kept of them."""
    files: dict[str, str] = {}
    items = {bundle["item"]["id"]: bundle["item"] for bundle in bundles}
    for bundle in bundles:
        raised = upgraded({"bundle.json": json.dumps(bundle)})
        assert not isinstance(raised, Refusal)
        files |= raised
    return _sealed(files, items, city, root)


def _sealed(files: dict[str, str], items: Mapping[str, Any], city: str, root: Path) -> bytes:
    raw = read_text((root / LAWS).read_text(encoding="utf-8"), LAWS).value
    cited = {law for item in items.values() for law in _cited(item)}
    files[LAWS] = written_list([law for law in raw if law["id"] in cited])
    manifest = {"format": FORMAT, "city": city, "items": sorted(items)}
    files[MANIFEST] = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    return _zipped(files)


def _files(entries: Iterable[Entry], root: Path) -> Iterator[tuple[str, str]]:
    for entry in entries:
        yield f"items/{entry.item.branch}/{entry.item.id}.yaml", entry.source.text or ""
        route = entry.item.route.id
        yield f"routes/{route}.yaml", (root / "routes" / f"{route}.yaml").read_text(encoding="utf-8")
        for group in entry.bundle["groups"]:
            yield f"fields/{group}.yaml", (root / "fields" / f"{group}.yaml").read_text(encoding="utf-8")


def _cited(value: object) -> Iterator[str]:
    """Every law that a map `{law: …, article: …}` anywhere in an item names."""
    if isinstance(value, Mapping):
        if "article" in value and isinstance(value.get("law"), str):
            yield value["law"]
        for inner in value.values():
            yield from _cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _cited(inner)


def written_list(laws: Iterable[Mapping[str, Any]]) -> str:
    return (
        "\n".join(f"- {written(law).rstrip().replace(chr(10), chr(10) + '  ')}\n" for law in laws) or "[]\n"
    )


def _zipped(files: Mapping[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _DAY_ONE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name])
    return made.getvalue()


def unpack(content: bytes) -> Package | Refusal:
    """A package of any format since the first, or what is wrong with the file."""
    files = _unzipped(content)
    if isinstance(files, Refusal):
        return files
    files = upgraded(files)
    if isinstance(files, Refusal):
        return files
    manifest = json.loads(files[MANIFEST])
    laws = read_text(files.get(LAWS, "[]"), LAWS)
    if laws.findings or not isinstance(laws.value, list):
        return Refusal("damaged-package", {LAWS: str(laws.findings[0]) if laws.findings else "is no list"})
    named = {name: text for name, text in files.items() if name not in (MANIFEST, LAWS)}
    return Package(str(manifest["city"]), tuple(manifest["items"]), named, tuple(laws.value))


def _unzipped(content: bytes) -> dict[str, str] | Refusal:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
                return Refusal("too-large-package")
            strange = [info.filename for info in infos if not _is_known(info.filename)]
            if strange:
                return Refusal("strange-file", {strange[0]: "does not belong in a package"})
            return {info.filename: archive.read(info).decode("utf-8") for info in infos}
    except (zipfile.BadZipFile, UnicodeDecodeError, EOFError, RuntimeError, NotImplementedError, zlib.error):
        return Refusal("no-package")


def _is_known(name: str) -> bool:
    """Only names that a package has: nothing outside its folders, no way up the tree."""
    path = PurePosixPath(name)
    if name in (MANIFEST, LAWS, "bundle.json"):
        return True
    plain = name == str(path) and ".." not in path.parts and "\\" not in name
    return plain and path.suffix == ".yaml" and _FOLDERS.get(path.parts[0]) == len(path.parts)
