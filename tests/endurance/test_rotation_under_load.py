"""Keys are rotated, and the rotation is killed again and again, while processes write.

Nothing is lost, nobody is stopped, nothing stays under the old key, and nobody gets in twice under two keys.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.clusters import OLDEST, cluster, programs
from support.editions import edition, path_of

KILLS = int(os.environ.get("YINUO_KILLS", "3"))
TESTS = Path(__file__).parents[1]
SET_UP = """
import django; django.setup()
from datetime import UTC, datetime
from support.actors import make_cast
from yinuo.project.setting_up import prepare
assert not prepare(datetime.now(UTC), lambda step: None).findings
make_cast()
"""
READ_BACK = """
import sys, json
from support.writing import _digest
from yinuo.apps.cases.models import CaseEvent, Draft
from yinuo.apps.people.models import Person
for line in sys.stdin:
    done = json.loads(line)
    event = CaseEvent.objects.get(case__number=done["case"], seq=1)
    draft = Draft.objects.get(case__number=done["case"])
    assert event.payload["answers"].items() >= done["answers"].items(), done
    assert draft.answers == done["answers"], done
    assert {one: _digest(one) for one in done["files"]} == done["files"], done
    person = Person.objects.by_login(done["phone"])
    assert person.phone == done["phone"] and event.actor == str(person.pk), done
phones = [one.phone for one in Person.objects.all() if one.phone]
assert len(set(phones)) == len(phones)
"""


@contextmanager
def sqlite() -> Iterator[str]:
    yield ""


class Deployment:
    """A data folder, and processes in it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.environment = os.environ | {
            "PYTHONPATH": str(TESTS),
            "DJANGO_SETTINGS_MODULE": "yinuo.project.settings",
            "YINUO_DATA": str(folder),
            "YINUO_DATABASE_URL": url,
            "YINUO_CATALOGUE": str(edition(folder.parent / "edition", path_of("jg-vehicle-transfer"))),
            "YINUO_LOG_LEVEL": "ERROR",
        }

    def start(self, *words: object, **streams: Any) -> subprocess.Popen[str]:
        given = [sys.executable, *map(str, words)]
        return subprocess.Popen(given, env=self.environment, text=True, **streams)

    def run(self, *words: object, put_in: str | None = None) -> str:
        done = self.start(*words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, told = done.communicate(put_in, timeout=300)
        assert done.returncode == 0, (words, out[-2000:], told[-4000:])
        return out

    def yinuo(self, *words: object) -> str:
        return self.run("-m", "yinuo", *words)


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
def test_a_rotation_under_load_loses_nothing_and_stops_nobody(database: Any, tmp_path: Path) -> None:
    with database() as url:
        here = Deployment(tmp_path / "data", url)
        here.run("-c", SET_UP)
        old = here.yinuo("keys", "list").split()[0]
        lines = rotated_under_load(here, tmp_path)
        shown = {line.split()[0]: line for line in here.yinuo("keys", "list").splitlines()}
        assert " 0 " in shown[old], shown
        here.yinuo("keys", "remove", old)
        here.run("-c", "import django; django.setup()\n" + READ_BACK, put_in="".join(lines))
        assert "0 faults" in here.yinuo("audit")
    done = [json.loads(line) for line in lines]
    assert len({one["phone"] for one in done}) == len(done)


def rotated_under_load(here: Deployment, folder: Path) -> list[str]:
    """All that was acknowledged; the writers never fail, and go on before, during and after the rotation."""
    stop, logs = folder / "stop", [folder / f"{who}.jsonl" for who in ("a", "b")]
    writers = [
        here.start("-m", "support.writing", log.stem, stop, stdout=log.open("w"), stderr=subprocess.PIPE)
        for log in logs
    ]
    try:
        all_write(logs, writers, 3)
        here.yinuo("keys", "add")
        for _ in range(KILLS):
            kill_soon(here.start("-m", "yinuo", "keys", "rotate", stderr=subprocess.DEVNULL))
        assert "0 faults" in here.yinuo("keys", "rotate")
        all_write(logs, writers, 2)
    finally:
        stop.touch()
        ends = [(writer.communicate(timeout=120)[1], writer.returncode) for writer in writers]
    assert ends == [("", 0)] * len(writers)
    assert sum(map(_length, logs)) >= 5, "the writers do not go on"
    return [line for log in logs for line in log.read_text().splitlines(keepends=True)]


def all_write(logs: list[Path], writers: list[subprocess.Popen[str]], lines: int) -> None:
    """Wait until they have written so many lines more, or one has ended, which is told at the end."""
    wanted = sum(map(_length, logs)) + lines
    until = time.monotonic() + 120
    while sum(map(_length, logs)) < wanted:
        if any(writer.poll() is not None for writer in writers) or time.monotonic() > until:
            return
        time.sleep(0.1)


def _length(log: Path) -> int:
    return len(log.read_text().splitlines())


def kill_soon(rotation: subprocess.Popen[str]) -> None:
    """Somewhere between its start and its end."""
    try:
        rotation.wait(random.uniform(1, 5))
    except subprocess.TimeoutExpired:
        rotation.send_signal(signal.SIGKILL)
        rotation.wait()
