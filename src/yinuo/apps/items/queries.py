"""The catalogue in service, and the versions that cases have pinned."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from yinuo.apps.items.models import ItemVersion, Publication
from yinuo.catalogue.assembly import item_from_bundle
from yinuo.catalogue.loading import Catalogue, CatalogueBrokenError, load, load_calendar
from yinuo.catalogue.reader import walk
from yinuo.catalogue.search import Index, build
from yinuo.core.calendar import Calendar
from yinuo.core.form import Answers
from yinuo.core.item import Item, Material

LOOK_AGAIN = 5.0  # seconds until a new publication is noticed by a running process
LAG = timedelta(seconds=LOOK_AGAIN)


class NothingPublishedError(RuntimeError):
    """No catalogue is in service yet: `yinuo publish` puts one there."""


@dataclass(slots=True)
class _Served:
    publications: tuple[Publication, ...] = ()
    looked: float = 0.0


@dataclass(frozen=True, slots=True)
class Edition:
    """A publication and what it holds. Equal editions are the same publication, so one may be a cache key."""

    version: str  # SHA-256 over the names and contents of all files
    published_at: datetime
    catalogue: Catalogue = field(compare=False, repr=False)


_served = _Served()


def catalogue() -> Catalogue:
    """The catalogue in service, its calendar knowing those before it. Raises NothingPublishedError."""
    return _served_by(_publications())


def edition() -> Edition:
    """The catalogue in service, with when it was published. Raises NothingPublishedError as well."""
    published = _publications()
    return Edition(published[-1].folder, published[-1].published_at, _served_by(published))


def served_from() -> Path:
    """The folder with the files of the catalogue in service; whoever changes them breaks it."""
    return _place(_publications()[-1].folder)


def index() -> Index:
    """The search index over the catalogue in service."""
    return _index(_publications()[-1].folder)


def pinned(item: str, version: str) -> Item:
    """The version of an item that a case was submitted under."""
    current = catalogue().entries.get(item)
    return current.item if current and current.item.version == version else _stored(item, version)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an item that was in service. `bundle`: all that it was made of."""

    item: str
    version: str
    published_at: datetime
    bundle: Mapping[str, Any]


def versions(item: str) -> list[Version]:
    """Every version of an item that was ever in service, the newest first."""
    kept = ItemVersion.objects.filter(item=item).order_by("-published_at", "-pk")
    return [Version(one.item, one.version, one.published_at, one.bundle) for one in kept]


def stored(item: str, beginning: str = "") -> Version | None:
    """The newest published version that begins so, or the newest of all."""
    return next((one for one in versions(item) if one.version.startswith(beginning)), None)


def published(item: str, beginning: str = "") -> Item | None:
    """The item of that version."""
    found = stored(item, beginning)
    return _stored(item, found.version) if found is not None else None


def offered(item: Item, answers: Answers) -> list[Material]:
    """The materials that fit these answers: what is needed, and what may be handed in as well."""
    return [one for one in item.materials if one.when is None or one.when.holds(answers)]


def _publications() -> tuple[Publication, ...]:
    """All of them, the latest last."""
    known = _served.publications
    if not known or time.monotonic() - _served.looked > LOOK_AGAIN:
        forget()
        known = tuple(Publication.objects.order_by("pk"))
        if not known:
            raise NothingPublishedError("no catalogue has been published")
        _served.publications, _served.looked = known, time.monotonic()
    return known


def _served_by(published: tuple[Publication, ...]) -> Catalogue:
    return _with_past(tuple((one.folder, one.published_at) for one in published))


@lru_cache(maxsize=2)
def _with_past(published: tuple[tuple[str, datetime], ...]) -> Catalogue:
    """The last of these, its calendar knowing those before it; each counted until processes looked again."""
    served, calendar, files = _load(published[-1][0]), None, None
    for folder, since in published:
        held = _year_files(folder)
        if held == files:
            continue
        found, files = served.calendar if folder == published[-1][0] else _calendar(folder), held
        if found is not None and (calendar is None or found.version != calendar.version):
            calendar = found.replacing(calendar, since + LAG) if calendar else found
    return replace(served, calendar=calendar or served.calendar)


def _year_files(folder: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in walk(_place(folder) / "calendars"))


@lru_cache(maxsize=16)
def _calendar(folder: str) -> Calendar | None:
    """The calendar of an old publication; None where its files are kept no more or no longer read."""
    try:
        return load_calendar(_place(folder))
    except CatalogueBrokenError:
        return None


def _place(folder: str) -> Path:
    return settings.DATA / "catalogue" / folder


def forget() -> None:
    """Look at the database again at the next question."""
    _served.looked = -LOOK_AGAIN - 1 - time.monotonic()


@lru_cache(maxsize=2)
def _load(folder: str) -> Catalogue:
    return load(_place(folder), settings.CITY)


@lru_cache(maxsize=2)
def _index(folder: str) -> Index:
    served = _load(folder)
    return build(served.items.values(), served.synonyms)


@lru_cache(maxsize=512)
def _stored(item: str, version: str) -> Item:
    return item_from_bundle(ItemVersion.objects.get(item=item, version=version).bundle)
