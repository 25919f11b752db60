"""The catalogue in service, and the versions that cases have pinned."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache

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
    folder: str = ""
    looked: float = 0.0


_served = _Served()


def catalogue() -> Catalogue:
    """The catalogue in service. Raises NothingPublishedError when there is none."""
    return _load(_folder())


def index() -> Index:
    """The search index over the catalogue in service."""
    return _index(_folder())


def pinned(item: str, version: str) -> Item:
    """The version of an item that a case was submitted under."""
    current = catalogue().entries.get(item)
    return current.item if current and current.item.version == version else _stored(item, version)


def versions(item: str) -> list[ItemVersion]:
    """Every version of an item that was ever in service, the newest first."""
    return list(ItemVersion.objects.filter(item=item).order_by("-published_at", "-pk"))


def stored(item: str, beginning: str = "") -> ItemVersion | None:
    """The newest published version that begins so, or the newest of all."""
    return next((one for one in versions(item) if one.version.startswith(beginning)), None)


def published(item: str, beginning: str = "") -> Item | None:
    """The item of that version."""
    found = stored(item, beginning)
    return _stored(item, found.version) if found is not None else None


def offered(item: Item, answers: Answers) -> list[Material]:
    """The materials that fit these answers: what is needed, and what may be handed in as well."""
    return [one for one in item.materials if one.when is None or one.when.holds(answers)]


def _folder() -> str:
    if time.monotonic() - _served.looked > LOOK_AGAIN:
        forget()
        latest = Publication.objects.order_by("-pk").first()
        if latest is None:
            raise NothingPublishedError("no catalogue has been published")
        _served.folder, _served.looked = latest.folder, time.monotonic()
    return _served.folder


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
