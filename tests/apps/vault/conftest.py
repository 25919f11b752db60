"""A key ring of its own for each test here, so that it may be broken and turned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.papers import be_quick

from yinuo.apps.vault import ring as ring_


@pytest.fixture
def own_ring(settings: Any, tmp_path: Path) -> Path:
    """Its file."""
    settings.KEY_FILE, settings.KEYS = tmp_path / "keys" / "ring.json", ""
    ring_.make()
    return tmp_path / "keys" / "ring.json"


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> None:
    """A folder of files of its own: the others are sealed with the ring of all tests."""
    place = {"OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | place}


@pytest.fixture
def quick_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    be_quick(monkeypatch)
