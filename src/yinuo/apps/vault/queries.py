"""What is sealed with which key, and which blind indexes are still under an older one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yinuo.apps.vault.columns import Column, Index, indexes, sealed_columns
from yinuo.apps.vault.errors import VaultError
from yinuo.apps.vault.index import blind, is_blind_of
from yinuo.apps.vault.ring import fresh
from yinuo.apps.vault.sealing import head, unseal
from yinuo.apps.vault.storage import sealed_files


def by_key() -> Counter[str]:
    """Name of the key -> values and files; "" for those that no key of the ring sealed."""
    names = {head(key.name): key.name for key in fresh().keys}
    found: Counter[str] = Counter()
    for column in sealed_columns():
        found.update(column.by_key())
    storage = sealed_files()
    found.update(storage.begins(name) for name in storage.names())
    counted: Counter[str] = Counter()
    for begin, count in found.items():
        counted[names.get(begin, "")] += count
    return counted


def left() -> int:
    """How many values another key than the newest sealed: what a rotation has before it."""
    newest = fresh().newest.name
    return sum(count for key, count in by_key().items() if key != newest)


@dataclass(frozen=True, slots=True)
class Stale:
    """A blind index of a row under another key than the one in use, and what it should be."""

    at: Column
    pk: Any
    old: str
    fresh: str


def stale_indexes() -> Iterator[Stale]:
    """What is no index of its value (the number of a member of staff, say) is left out."""
    for index in indexes():
        for pk, old, source in index.rows():
            text = _opened(index, source)
            fresh_one = blind(index.purpose, text) if text else old
            if old != fresh_one and is_blind_of(old, index.purpose, text):
                yield Stale(index.at, pk, old, fresh_one)


def _opened(index: Index, source: str) -> str:
    """ "" for what cannot be opened; that is told where its own column is renewed."""
    try:
        return unseal(source, index.source.place)
    except VaultError:
        return ""
