"""A clock that a test moves: other processes read the moment from a small file, and tell when they write."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE = "YINUO_TEST_CLOCK"
WRITES = "YINUO_TEST_WRITES"


def set_to(path: Path, moment: datetime) -> None:
    """Whoever reads sees the old moment or the new one, never half of it."""
    fresh = path.with_suffix(".new")
    fresh.write_text(moment.isoformat())
    fresh.replace(path)


def now() -> datetime:
    """The moment in the file that the environment names."""
    return datetime.fromisoformat(Path(os.environ[FILE]).read_text()).astimezone(UTC)


def tell_writes() -> None:
    """From now on one byte in a file for each statement that changes something, before it is carried out."""
    from django.db.backends.signals import connection_created

    file = os.open(os.environ[WRITES], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def telling(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            os.write(file, b"w")
        return execute(sql, *given)

    def have(connection: Any, **_: Any) -> None:
        if telling not in connection.execute_wrappers:
            connection.execute_wrappers.append(telling)

    connection_created.connect(have, weak=False)


class Clocked(datetime):
    """Stands where a module says `datetime.now(UTC)`."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return now()
