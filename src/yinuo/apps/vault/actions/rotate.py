"""Sealing everything anew with the newest key, while everybody goes on reading and writing.

How far it has come is read off the values themselves, so it can be stopped anywhere and called again. One
value is one write; whoever wrote a value meanwhile wrote it with the new key, and theirs stays.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import IntegrityError

from yinuo.apps.vault import ring
from yinuo.apps.vault.columns import Column, sealed_columns
from yinuo.apps.vault.errors import VaultError
from yinuo.apps.vault.queries import Stale, stale_indexes
from yinuo.apps.vault.sealing import head, seal, unseal
from yinuo.apps.vault.storage import sealed_files

PASSES = 5  # what others were writing with the old key during one pass is found by the next


@dataclass(frozen=True, slots=True)
class Step:
    """One value that was looked at. place: `table.column` or `files`. fault: why it stayed as it was."""

    place: str
    row: str
    fault: str = ""
    renewed: bool = True


def begin() -> str:
    """Put the newest key into use; its name. Every process knows it before any seals with it."""
    if settings.KEYS:
        return ring.ring().active
    if ring.fresh().newest.name != ring.fresh().active:
        time.sleep(ring.KNOWN_AFTER * 2)
    return ring.change(lambda held: replace(held, active=held.newest.name)).active


def rotate() -> Iterator[Step]:
    """Step by step, until a pass over everything finds nothing that has to be renewed."""
    key = begin()
    time.sleep(ring.KNOWN_AFTER)
    broken: set[tuple[str, str]] = set()
    for _ in range(PASSES):
        renewed = 0
        for step in _pass(key):
            if step.fault and (step.place, step.row) in broken:
                continue
            if step.fault:
                broken.add((step.place, step.row))
            renewed += step.renewed
            yield step
        if not renewed:
            return


def _pass(key: str) -> Iterator[Step]:
    for column in sealed_columns():
        for pk, old in column.not_under(key):
            yield _renew(column, pk, old)
    for stale in stale_indexes():
        yield _renew_index(stale)
    yield from _renew_files(key)


def _renew(column: Column, pk: object, old: str) -> Step:
    try:
        swapped = column.swap(pk, old, seal(unseal(old, column.place), column.place))
    except VaultError as error:
        return Step(column.place, str(pk), str(error), renewed=False)
    return Step(column.place, str(pk), renewed=swapped)


def _renew_index(stale: Stale) -> Step:
    place = stale.at.place
    try:
        return Step(place, str(stale.pk), renewed=stale.at.swap(stale.pk, stale.old, stale.fresh))
    except IntegrityError:
        return Step(place, str(stale.pk), f"{place}: another row holds the same", renewed=False)


def _renew_files(key: str) -> Iterator[Step]:
    storage = sealed_files()
    for name in storage.names():
        if storage.begins(name) in ("", head(key)):
            continue
        try:
            yield Step("files", name, renewed=storage.seal_anew(name, key))
        except VaultError as error:
            yield Step("files", name, str(error), renewed=False)
