"""A simulated month in which web and worker are killed again and again; what was acknowledged must hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.clusters import OLDEST, cluster, programs

KILLS = int(os.environ.get("YINUO_KILLS", "20"))
SEED = int(os.environ.get("YINUO_SEED", "1"))
TESTS = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists(),
    reason="no /proc: the processes to kill cannot be found",
)


@contextmanager
def sqlite() -> Iterator[str]:
    """The default: a file in the data folder."""
    yield ""


@pytest.mark.parametrize(
    "database",
    [
        pytest.param(sqlite, id="sqlite"),
        pytest.param(
            cluster,
            id="postgresql",
            marks=pytest.mark.skipif(
                programs() is None, reason=f"no PostgreSQL {OLDEST} or newer: install Debian's postgresql"
            ),
        ),
    ],
)
def test_nothing_is_lost_or_done_twice_whenever_web_and_worker_are_killed(database: Any) -> None:
    with database() as url:
        month = lived_through(url)
    sys.stdout.write(json.dumps(month["figures"], indent=1) + "\n")  # `make endurance` shows them
    assert month["findings"] == []
    assert sum(month["figures"]["kills"].values()) == KILLS


def lived_through(url: str) -> dict[str, Any]:
    """Findings and figures of a month in processes of its own."""
    words = [sys.executable, "-m", "support.endurance", "--kills", str(KILLS), "--seed", str(SEED)]
    run = subprocess.run(
        words,
        env=os.environ | {"PYTHONPATH": str(TESTS), "YINUO_DATABASE_URL": url},
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    month: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return month
