"""Where the site and its database are: in the open only on this machine, or where somebody said so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from yinuo.project import environment as env

NAME, UNLESS = "YINUO_SOMETHING", "YINUO_UNLESS"


def origin(monkeypatch: pytest.MonkeyPatch, value: str, unless: str = "") -> str:
    monkeypatch.setenv(NAME, value)
    monkeypatch.setenv(UNLESS, unless)
    return env.origin(NAME, "http://127.0.0.1:8000", UNLESS)


@pytest.mark.parametrize(
    "value", ["https://hall.example", "http://127.0.0.1:8000", "http://[::1]:8000", "http://localhost"]
)
def test_a_site_is_reached_by_tls_or_on_this_machine(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    assert origin(monkeypatch, value) == value


@pytest.mark.parametrize("value", ["http://hall.example", "http://0.0.0.0:8000", "http://192.0.2.1"])
def test_a_site_in_the_open_is_refused_unless_somebody_said_so(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}.*https.*{UNLESS}"):
        origin(monkeypatch, value)
    assert origin(monkeypatch, value, "1") == value


@pytest.mark.parametrize("value", ["hall.example", "ftp://hall.example", "https://", ""])
def test_what_is_no_address_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=NAME):
        origin(monkeypatch, value, "1")


SHOW = (
    "from yinuo.project.settings import DATABASES as d; print(d['default'].get('OPTIONS', {}).get('sslmode'))"
)


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        ("postgres://u:p@db.example/x", "verify-full"),
        ("postgres://u:p@db.example/x?sslmode=require", "require"),
        ("postgres://u:p@127.0.0.1/x", "None"),
        ("postgres://u:p@localhost/x", "None"),
        ("postgres://u:p@%2Frun%2Fpostgresql/x", "None"),
        ("", "None"),
    ],
)
def test_a_database_elsewhere_is_asked_by_tls_and_its_certificate_checked(
    tmp_path: Path, url: str, mode: str
) -> None:
    made = subprocess.run(
        [sys.executable, "-c", SHOW],
        env=os.environ | {"YINUO_DATA": str(tmp_path), "YINUO_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.stdout.strip() == mode, made.stderr
