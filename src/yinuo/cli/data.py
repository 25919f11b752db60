"""Where the commands find the catalogue, and how they start Django."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from yinuo.catalogue.loading import Catalogue, CatalogueBrokenError

T = TypeVar("T")

CHECKOUT = Path(__file__).resolve().parents[3] / "catalogue"


def catalogue_root() -> Path:
    """YINUO_CATALOGUE, else the folder `catalogue` here, else the one of the checkout."""
    named = os.environ.get("YINUO_CATALOGUE")
    if named:
        return Path(named)
    here = Path.cwd() / "catalogue"
    return here if here.is_dir() else CHECKOUT


def city_folder(root: Path) -> Path:
    """The folder of the city: YINUO_CITY, else the only one that holds a city.yaml."""
    named = os.environ.get("YINUO_CITY")
    return root / named if named else next(path.parent for path in sorted(root.glob("*/city.yaml")))


def read(reading: Callable[[], T]) -> T | None:
    """What a loader makes, or None with its findings on standard error."""
    try:
        return reading()
    except CatalogueBrokenError as broken:
        for finding in broken.findings:
            print(finding, file=sys.stderr)
        return None


def start_django() -> None:
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinuo.project.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise SystemExit(f"yinuo: {error}") from error


def in_service() -> Catalogue:
    """The catalogue in service. Where there is none the command ends, saying what to do first."""
    start_django()
    from django.db import DatabaseError

    from yinuo.apps.items.queries import NothingPublishedError, catalogue

    try:
        return catalogue()
    except NothingPublishedError:
        raise SystemExit("yinuo: no catalogue is in service: run `yinuo publish` first") from None
    except DatabaseError as error:
        raise SystemExit(f"yinuo: the database is not ready ({error}): run `yinuo manage migrate`") from None
