"""For migrations: sealing what an earlier version kept in the clear."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yinuo.apps.vault import ring
from yinuo.apps.vault.columns import Column
from yinuo.apps.vault.sealing import VERSION, seal, seal_bytes
from yinuo.apps.vault.storage import SealedFiles, sealed_files


def sealing(table: str, *columns: str, pk: str = "id") -> Callable[[Any, Any], None]:
    """What a RunPython runs after the columns have become sealed ones."""

    def run(apps: Any, schema_editor: Any) -> None:
        for name in columns:
            _seal(Column(table, pk, name))

    return run


def _seal(column: Column) -> None:
    begins = f"{VERSION}."
    where = f"{{column}} <> '' AND substr({{column}}, 1, {len(begins)}) <> %s"
    for key, plain in column.rows("{pk}, {column}", where, [begins]):
        ring.make()  # here, since a new deployment has nothing to seal and gets its ring afterwards
        column.swap(key, plain, seal(plain, column.place))


def seal_files(apps: Any, schema_editor: Any) -> None:
    """Every stored file that is not sealed yet."""
    begins, storage = f"{VERSION}.", sealed_files()
    for name in storage.names():
        if not storage.begins(name).startswith(begins):
            ring.make()
            _seal_file(storage, name)


def _seal_file(storage: SealedFiles, name: str) -> None:
    with open(storage.path(name), "rb") as file:
        storage.replace(name, seal_bytes(file.read(), name))
