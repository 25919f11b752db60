"""Publishing a catalogue: all or nothing. A broken one leaves the last good one in service."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yinuo.apps.items.models import ItemVersion, Publication
from yinuo.apps.items.queries import forget
from yinuo.catalogue.checking import Report, check
from yinuo.catalogue.loading import Catalogue, CatalogueBrokenError, Entry, load
from yinuo.catalogue.reader import walk


def publish(root: Path, now: datetime, done: Callable[[Entry], None] = lambda entry: None) -> Report:
    """Check the catalogue below `root`; without a finding it goes into service, otherwise nothing changes."""
    try:
        catalogue = load(root, settings.CITY)
    except CatalogueBrokenError as broken:
        return Report(0, 0, 0, 0, tuple(broken.findings))
    report = check(catalogue, done)
    if not report.findings:
        _keep(root, catalogue, now)
    return report


def _keep(root: Path, catalogue: Catalogue, now: datetime) -> None:
    folder = fingerprint(root)
    target = settings.DATA / "catalogue" / folder
    if not target.exists():
        _copy(root, target)
    with transaction.atomic():
        known = set(ItemVersion.objects.values_list("item", "version"))
        ItemVersion.objects.bulk_create(
            ItemVersion(item=key, version=entry.item.version, bundle=entry.bundle, published_at=now)
            for key, entry in catalogue.entries.items()
            if (key, entry.item.version) not in known
        )
        latest = Publication.objects.order_by("-pk").first()
        if latest is None or latest.folder != folder:
            Publication.objects.create(folder=folder, items=len(catalogue.entries), published_at=now)
    forget()


def _copy(root: Path, target: Path) -> None:
    """Beside its place first, so that a half-made copy is never served."""
    beside = target.with_suffix(".part")
    shutil.rmtree(beside, ignore_errors=True)
    for path in walk(root):
        place = beside / path.relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    beside.rename(target)


def fingerprint(root: Path) -> str:
    """SHA-256 over the names and contents of every file."""
    total = hashlib.sha256()
    for path in walk(root):
        total.update(path.relative_to(root).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
