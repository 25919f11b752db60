"""The environment: every variable is documented, and a wrong value stops the start with its name."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

import yinuo
from yinuo.project import environment as env

SOURCE = Path(yinuo.__file__).parent
DOCUMENTED = SOURCE.parents[1] / "docs" / "reference" / "settings.md"
NAME = "YINUO_SOMETHING"


def test_every_variable_that_is_read_is_documented() -> None:
    read = {
        name for path in SOURCE.rglob("*.py") for name in re.findall(r"\bYINUO_[A-Z_]+", path.read_text())
    }
    documented = set(re.findall(r"^\| `(YINUO_[A-Z_]+)` \|", DOCUMENTED.read_text(), flags=re.MULTILINE))
    assert read == documented


@pytest.mark.parametrize(
    ("value", "read"),
    [("1", True), ("true", True), ("YES", True), ("on", True), ("0", False), ("off", False), ("", False)],
)
def test_a_switch_is_on_or_off(monkeypatch: pytest.MonkeyPatch, value: str, read: bool) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.flag(NAME, not read) is read


def test_what_is_not_set_is_as_it_is_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert env.flag(NAME, True) is True
    assert env.number(NAME, 7) == 7
    assert env.words(NAME, "a, b") == ["a", "b"]
    assert env.text(NAME, "x") == "x"


@pytest.mark.parametrize("value", ["maybe", "2", "truee"])
def test_a_switch_that_is_neither_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.flag(NAME, False)


@pytest.mark.parametrize("value", ["ten", "-1", "1.5", ""])
def test_a_number_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.number(NAME, 1)


def test_a_choice_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "LOUD")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}.*LOUD.*INFO"):
        env.choice(NAME, "INFO", ("INFO", "ERROR"))


def test_a_list_has_no_empty_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, " a.example ,, b.example ,")
    assert env.words(NAME, "") == ["a.example", "b.example"]


def test_a_folder_is_made_and_one_that_cannot_be_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(NAME, str(tmp_path / "a" / "b"))
    assert env.folder(NAME, tmp_path).is_dir()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(NAME, str(tmp_path / "file" / "below"))
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.folder(NAME, tmp_path)


def test_a_secret_is_made_once_and_read_by_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(NAME, raising=False)
    place = tmp_path / "keys" / "secret"
    first = env.secret(NAME, place)
    assert len(first) >= 64
    assert env.secret(NAME, place) == first
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    monkeypatch.setenv(NAME, "from outside")
    assert env.secret(NAME, place) == "from outside"


@pytest.mark.parametrize(
    ("name", "value"),
    [("YINUO_DEMO", "perhaps"), ("YINUO_DATABASE_URL", "nonsense://x"), ("YINUO_LOG_LEVEL", "LOUD")],
)
def test_a_wrong_value_stops_the_start_in_one_line(tmp_path: Path, name: str, value: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "yinuo", "tick"],
        env=os.environ | {"YINUO_DATA": str(tmp_path), name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.startswith(f"yinuo: {name}: ")
    assert len(result.stderr.splitlines()) == 1
