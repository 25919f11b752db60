"""A PostgreSQL of its own for one test, thrown away afterwards; Debian's package `postgresql` is enough."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

OLDEST = 15
USER = "yinuo"


def programs() -> Path | None:
    """The folder with initdb and pg_ctl of the newest PostgreSQL that is recent enough; None without one."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name))
    on_path = shutil.which("pg_ctl")
    found = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    usable = [one for one in found if (one / "initdb").exists() and _version(one) >= OLDEST]
    return usable[-1] if usable else None


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "pg_ctl", "--version"], capture_output=True, text=True, check=True).stdout
    number = re.search(r"(\d+)", said)
    return int(number[1]) if number else 0


@contextmanager
def cluster() -> Iterator[str]:
    """Its URL. Only a socket in a folder of its own; everything as PostgreSQL is by default, `fsync` too."""
    bin_ = programs()
    assert bin_ is not None, "no PostgreSQL is installed"
    folder = Path(tempfile.mkdtemp(prefix="yinuo-pg-"))
    who = _owner(folder)
    data = folder / "data"
    options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    wait = ["-D", str(data), "-w", "-s"]
    try:
        _run([bin_ / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"], who)
        _run([bin_ / "pg_ctl", "start", *wait, "-l", folder / "log", "-o", options], who)
        _run([bin_ / "createdb", "-h", folder, "-U", USER, USER], who)
        yield f"postgres://{USER}@{quote(str(folder), safe='')}/{USER}"
    finally:
        if (data / "postmaster.pid").exists():
            _run([bin_ / "pg_ctl", "stop", *wait, "-m", "immediate"], who)
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> dict[str, Any]:
    """PostgreSQL does not run as root: there its package's own user runs it."""
    if os.geteuid() != 0:
        return {}
    shutil.chown(folder, "postgres", "postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def _run(words: list[object], who: dict[str, Any]) -> None:
    # pg_ctl leaves a server behind that would keep a pipe open.
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL, cwd="/", **who)
