"""The two roles of `docs/how-to/run-it.md` on a real PostgreSQL: one owns the tables, the other uses them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from support.clusters import cluster, programs

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "run-it.md"
pytestmark = pytest.mark.skipif(programs() is None, reason="no PostgreSQL is installed")
STAFF = ["people", "add", "B00001", "王建国", "--reason", "the first one"]


@dataclass(frozen=True, slots=True)
class Site:
    """A database that was set up as the page says. `data`: the folder of the deployment."""

    cluster: str
    data: Path

    def url(self, role: str) -> str:
        return self.cluster.replace("//yinuo@", f"//{role}@").removesuffix("/yinuo") + "/hall"

    def run(self, role: str, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "yinuo", *words],
            env=os.environ | {"YINUO_DATA": str(self.data), "YINUO_DATABASE_URL": self.url(role)},
            capture_output=True,
            text=True,
            check=False,
        )


def statements() -> tuple[str, str]:
    """Those of the page for the server and those for the database. Its names become those of this test, where
    `yinuo` is who made the cluster."""
    text = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    named = re.sub(r"\b(TO|ROLE) yinuo\b", r"\1 serving", text).replace("DATABASE yinuo", "DATABASE hall")
    server, _, database = named.partition("\\c yinuo\n")
    return server, database


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with cluster() as url:
        made = Site(url, tmp_path_factory.mktemp("two-roles"))
        server, database = statements()
        with psycopg.connect(url, autocommit=True) as connection:
            for one in filter(str.strip, server.split(";")):
                connection.execute(one)
        with psycopg.connect(made.url("yinuo"), autocommit=True) as connection:
            for one in filter(str.strip, database.split(";")):
                connection.execute(one)
        migrated = made.run("yinuo_owner", "manage", "migrate", "-v", "0")
        assert migrated.returncode == 0, migrated.stderr
        yield made


def test_who_serves_reads_and_writes(site: Site) -> None:
    for words in (["publish"], STAFF):
        done = site.run("serving", *words)
        assert done.returncode == 0, done.stderr
    with psycopg.connect(site.url("serving")) as connection:
        assert connection.execute("SELECT count(*) FROM people_person").fetchone() == (1,)


def test_a_start_with_nothing_to_migrate_needs_no_more(site: Site) -> None:
    again = site.run("serving", "manage", "migrate", "-v", "0")
    assert again.returncode == 0, again.stderr


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (x int)",
        "DROP TABLE cases_caseevent",
        "ALTER TABLE cases_caseevent DROP COLUMN hash",
        "TRUNCATE cases_caseevent",
        "CREATE ROLE another",
    ],
)
def test_who_serves_changes_no_table(site: Site, statement: str) -> None:
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(site.url("serving")) as connection, refused:
        connection.execute(statement.encode())
