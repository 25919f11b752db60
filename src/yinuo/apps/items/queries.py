"""The catalogue in service, and the versions that cases have pinned."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

from yinuo.apps.items.models import ItemVersion, Publication
from yinuo.catalogue.assembly import item_from_bundle
from yinuo.catalogue.loading import Catalogue, load
from yinuo.catalogue.search import Index, build
from yinuo.core.form import Answers
from yinuo.core.item import Item, Material

LOOK_AGAIN = 5.0  # seconds until a new publication is noticed by a running process


class NothingPublishedError(RuntimeError):
    """No catalogue is in service yet: `yinuo publish` puts one there."""


@dataclass(slots=True)
class _Served:
    publication: Publication | None = None
    looked: float = 0.0


@dataclass(frozen=True, slots=True)
class Edition:
    """A publication and what it holds. Equal editions are the same publication, so one may be a cache key."""

    version: str  # SHA-256 over the names and contents of all files
    published_at: datetime
    catalogue: Catalogue = field(compare=False, repr=False)


_served = _Served()


def catalogue() -> Catalogue:
    """The catalogue in service. Raises NothingPublishedError when there is none."""
    return _load(_publication().folder)


def edition() -> Edition:
    """The catalogue in service, with when it was published. Raises NothingPublishedError as well."""
    latest = _publication()
    return Edition(latest.folder, latest.published_at, _load(latest.folder))


def index() -> Index:
    """The search index over the catalogue in service."""
    return _index(_publication().folder)


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


def _publication() -> Publication:
    latest = _served.publication
    if latest is None or time.monotonic() - _served.looked > LOOK_AGAIN:
        forget()
        latest = Publication.objects.order_by("-pk").first()
        if latest is None:
            raise NothingPublishedError("no catalogue has been published")
        _served.publication, _served.looked = latest, time.monotonic()
    return latest


def forget() -> None:
    """Look at the database again at the next question."""
    _served.looked = -LOOK_AGAIN - 1 - time.monotonic()


@lru_cache(maxsize=2)
def _load(folder: str) -> Catalogue:
    return load(settings.DATA / "catalogue" / folder, settings.CITY)


@lru_cache(maxsize=2)
def _index(folder: str) -> Index:
    served = _load(folder)
    return build(served.items.values(), served.synonyms)


@lru_cache(maxsize=512)
def _stored(item: str, version: str) -> Item:
    return item_from_bundle(ItemVersion.objects.get(item=item, version=version).bundle)
