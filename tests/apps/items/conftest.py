"""Editions that tests put into service are out of service afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.drafts import HOTEL, VEHICLE
from support.editions import edition, path_of

from yinuo.apps.items.queries import forget


@pytest.fixture(autouse=True)
def _looked_at_anew() -> Iterator[None]:
    yield
    forget()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An edition with two items."""
    return edition(tmp_path / "catalogue", path_of(VEHICLE), path_of(HOTEL))
