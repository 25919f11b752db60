"""`yinuo keys`: what it prints, when it says no, and that a key never stands in what it prints or logs."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from support.actors import Cast

from yinuo.apps.vault import ring

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_file(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = {"OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | place}
    settings.KEY_FILE, settings.KEYS = tmp_path / "ring.json", ""
    monkeypatch.setattr(ring, "KNOWN_AFTER", 0)
    ring.make()
    return tmp_path / "ring.json"


def uses(shown: str) -> list[str]:
    return [line[23:30].strip() for line in shown.splitlines()]


def test_a_key_is_added_used_and_the_old_one_removed(key_file: Path, cast: Cast, yinuo: Any) -> None:
    old = ring.fresh().active
    assert uses(yinuo("keys", "list")[1]) == ["in use"]
    status, shown, _ = yinuo("keys", "add")
    assert status == 0
    assert "back the key ring up" in shown
    assert uses(yinuo("keys", "list")[1]) == ["in use", "next"]
    status, shown, _ = yinuo("keys", "rotate")
    assert status == 0
    assert shown.endswith("values renewed, 0 faults\n")
    assert uses(yinuo("keys", "list")[1]) == ["old", "in use"]
    assert yinuo("keys", "remove", old)[0] == 0
    assert uses(yinuo("keys", "list")[1]) == ["in use"]


def test_what_cannot_be_done_is_said(key_file: Path, cast: Cast, yinuo: Any, settings: Any) -> None:
    yinuo("keys", "add")
    status, _, told = yinuo("keys", "add")
    assert (status, "not in use yet" in told) == (1, True)
    status, _, told = yinuo("keys", "remove", ring.fresh().active)
    assert (status, "sealed with this key" in told) == (1, True)
    status, _, told = yinuo("keys", "remove", "ffffffff")
    assert (status, "no key of that name" in told) == (1, True)
    secret = json.loads(key_file.read_text())["keys"][0]["secret"]
    settings.KEYS = f"0123abcd:aes-256-gcm:{secret}"
    status, _, told = yinuo("keys", "add")
    assert (status, "YINUO_KEYS" in told) == (1, True)


def test_a_lost_ring_is_one_line(key_file: Path, yinuo: Any) -> None:
    key_file.unlink()
    with pytest.raises(SystemExit) as told:
        yinuo("keys", "list")
    assert str(told.value).startswith("yinuo: no key ring at ")


def test_values_of_a_lost_key_are_counted(key_file: Path, cast: Cast, yinuo: Any) -> None:
    key_file.unlink()
    ring.make()
    status, shown, _ = yinuo("keys", "list")
    assert status == 1
    assert "values are sealed with a key that the ring does not hold" in shown


def test_a_ring_that_others_can_read_is_told(key_file: Path, yinuo: Any) -> None:
    assert yinuo("keys", "list")[2] == ""
    key_file.chmod(0o640)
    assert "chmod 600" in yinuo("keys", "list")[2]


def test_no_secret_is_printed_or_logged(
    key_file: Path, cast: Cast, yinuo: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shown = [yinuo("keys", *words) for words in (["list"], ["add"], ["rotate"], ["list"])]
    secrets = [one["secret"] for one in json.loads(key_file.read_text())["keys"]]
    assert len(secrets) == 2
    for secret in secrets:
        assert secret not in f"{shown}{caplog.text}"
