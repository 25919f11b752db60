"""A clock that a test moves: other processes read the moment from a small file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

FILE = "YINUO_TEST_CLOCK"


def set_to(path: Path, moment: datetime) -> None:
    """Whoever reads sees the old moment or the new one, never half of it."""
    fresh = path.with_suffix(".new")
    fresh.write_text(moment.isoformat())
    fresh.replace(path)


def now() -> datetime:
    """The moment in the file that the environment names."""
    return datetime.fromisoformat(Path(os.environ[FILE]).read_text()).astimezone(UTC)


class Clocked(datetime):
    """Stands where a module says `datetime.now(UTC)`."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return now()
