"""A deployment for the tests of one process: a data folder, an authority, an edition of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.test import override_settings
from support.editions import edition, path_of

from yinuo.apps.documents import queries as documents
from yinuo.apps.documents.signing import create_authority
from yinuo.apps.items import queries as items
from yinuo.apps.items.actions.publish import publish
from yinuo.apps.items.models import ItemVersion, Publication

FOUNDED = datetime(2026, 1, 1, tzinfo=UTC)
# One of every kind of route that a test walks along.
ITEMS = (
    "jg-vehicle-transfer",
    "za-hotel-license",
    "hz-id-reissue-lost",
    "za-dog-person",
    "xf-recheck",
    "wa-pii-tip",
    "jd-drug-tip",
)
_kept: list[ItemVersion | Publication] = []


@contextmanager
def settled_in(folder: Path) -> Iterator[Path]:
    """Everything that is written goes below `folder`; nothing touches the developer's own data."""
    (folder / "static").mkdir()
    _keep_database_in(folder)
    create_authority(folder / "keys" / "authority", "示例市公安局电子签名", FOUNDED)
    with override_settings(
        DATA=folder,
        STATIC_ROOT=folder / "static",
        STORAGES=settings.STORAGES
        | {"default": settings.STORAGES["default"] | {"OPTIONS": {"location": folder / "files"}}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        documents.signer.cache_clear()
        yield folder


def _keep_database_in(folder: Path) -> None:
    """SQLite as it is run in service: a file, since threads cannot race in a database in memory."""
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")


def put_into_service(folder: Path) -> None:
    """The items below, so that a slip in another one makes no test of ours fail."""
    root = edition(folder / "edition", *map(path_of, ITEMS))
    report = publish(root, FOUNDED)
    assert not report.findings, [str(finding) for finding in report.findings]
    _kept[:] = [*ItemVersion.objects.all(), *Publication.objects.all()]


def restore() -> None:
    """The publication again, after a test with real transactions has emptied the database."""
    items.forget()
    if not Publication.objects.exists():
        for row in _kept:
            row.save(force_insert=True)
