"""Files at rest: unreadable on the disk, whole in the application, gone when they are deleted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.fixed_clock import NOW

from yinuo.apps.vault import ring
from yinuo.apps.vault.errors import SealBrokenError
from yinuo.apps.vault.keys import new_key
from yinuo.apps.vault.storage import FRESH, SealedFiles

NAME = "uploads/ab/abcdef"


@pytest.fixture
def storage(own_ring: Path, tmp_path: Path) -> SealedFiles:
    return SealedFiles(location=tmp_path / "files")


def read(storage: SealedFiles, name: str = NAME) -> bytes:
    with storage.open(name) as file:
        return bytes(file.read())


def turned() -> str:
    key = new_key("sm4-gcm", NOW)
    return ring.change(lambda held: replace(held.with_key(key), active=key.name)).active


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(content=st.binary(max_size=200_000))
def test_a_file_comes_back(storage: SealedFiles, content: bytes) -> None:
    storage.delete(NAME)
    assert storage.save(NAME, ContentFile(content)) == NAME
    assert read(storage) == content


def test_the_disk_holds_the_seal(storage: SealedFiles) -> None:
    storage.save(NAME, ContentFile("身份证 110101199003078888".encode()))
    held = Path(storage.path(NAME)).read_bytes()
    assert held.startswith(b"v1.")
    assert b"110101199003078888" not in held


def test_a_file_put_in_the_place_of_another_does_not_open(storage: SealedFiles) -> None:
    storage.save(NAME, ContentFile(b"one"))
    storage.save(NAME + "0", ContentFile(b"two"))
    Path(storage.path(NAME + "0")).replace(storage.path(NAME))
    with pytest.raises(SealBrokenError, match=NAME):
        read(storage)


def test_a_name_is_given_once(storage: SealedFiles) -> None:
    storage.save(NAME, ContentFile(b"one"))
    with pytest.raises(FileExistsError):
        storage._save(NAME, ContentFile(b"two"))
    assert read(storage) == b"one"
    assert list(storage.names()) == [NAME]


def test_a_missing_file_is_a_missing_file(storage: SealedFiles) -> None:
    with pytest.raises(FileNotFoundError):
        storage.open(NAME)
    storage.delete(NAME)


def test_a_file_is_sealed_anew_once(storage: SealedFiles) -> None:
    storage.save(NAME, ContentFile(b"content"))
    key = turned()
    assert storage.seal_anew(NAME, key)
    assert storage.begins(NAME) == f"v1.{key}."
    assert read(storage) == b"content"
    assert not storage.seal_anew(NAME, key)


def test_a_deleted_file_is_not_brought_back(storage: SealedFiles) -> None:
    storage.save(NAME, ContentFile(b"content"))
    key = turned()
    storage.delete(NAME)
    assert not storage.seal_anew(NAME, key)
    assert not storage.exists(NAME)


def test_what_a_killed_rotation_left_is_no_file_of_anybody(storage: SealedFiles) -> None:
    storage.save(NAME, ContentFile(b"content"))
    Path(storage.path(NAME + FRESH)).write_bytes(b"half")
    assert list(storage.names()) == [NAME]
    key = turned()
    assert storage.seal_anew(NAME, key)
    assert not Path(storage.path(NAME + FRESH)).exists()
