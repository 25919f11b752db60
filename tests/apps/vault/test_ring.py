"""The key ring: made once, for its owner only, known to every process at once, and never shown."""

from __future__ import annotations

import json
import os
import stat
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.fixed_clock import NOW

from yinuo.apps.vault import ring
from yinuo.apps.vault.actions.add_key import add_key
from yinuo.apps.vault.actions.make_ring import make_ring
from yinuo.apps.vault.actions.remove_key import remove_key
from yinuo.apps.vault.errors import RingMissingError, RingUnreadableError
from yinuo.apps.vault.keys import Key, from_file, from_words, new_key, written
from yinuo.apps.vault.sealing import seal
from yinuo.core.errors import Refusal

SECRET = b64encode(bytes(range(32))).decode()
SOUND = {"name": "0123abcd", "cipher": "aes-256-gcm", "made_at": "", "secret": SECRET}


def test_it_is_for_its_owner_only(own_ring: Path) -> None:
    assert stat.S_IMODE(own_ring.stat().st_mode) == 0o600


def test_it_is_made_once(own_ring: Path) -> None:
    before = own_ring.read_text()
    ring.make()
    assert own_ring.read_text() == before
    assert len(ring.fresh().keys) == 1


def test_of_many_who_make_it_at_once_one_wins(settings: Any, tmp_path: Path) -> None:
    settings.KEY_FILE, settings.KEYS = tmp_path / "ring.json", ""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: ring.make(), range(8)))
    assert len(ring.fresh().keys) == 1


def test_a_change_by_another_process_is_seen(own_ring: Path) -> None:
    seal("anything", "a.b")
    key = new_key("sm4-gcm", NOW)
    held = from_file(own_ring.read_text())
    other = own_ring.with_suffix(".other")
    other.write_text(written(replace(held.with_key(key), active=key.name)))
    os.replace(other, own_ring)
    assert ring.fresh().active == key.name
    assert seal("anything", "a.b").startswith(f"v1.{key.name}.")


def test_a_ring_is_written_and_read(own_ring: Path) -> None:
    held = ring.fresh().with_key(new_key("sm4-gcm", NOW))
    assert from_file(written(held)) == held


def test_without_a_ring_the_error_says_where_it_should_be(own_ring: Path) -> None:
    own_ring.unlink()
    with pytest.raises(RingMissingError, match=str(own_ring)):
        ring.fresh()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        json.dumps({"active": "0123abcd", "keys": []}),
        json.dumps({"active": "ffffffff", "keys": [SOUND]}),
        json.dumps({"active": "0123abcd", "keys": [SOUND, SOUND]}),
        json.dumps({"active": "0123abcd", "keys": [SOUND | {"cipher": "rot13"}]}),
        json.dumps({"active": "0123abcd", "keys": [SOUND | {"secret": SECRET[:-8]}]}),
        json.dumps({"active": "0123abcd", "keys": [SOUND | {"secret": SECRET + "!"}]}),
        json.dumps({"active": "../../../", "keys": [SOUND | {"name": "../../../"}]}),
    ],
)
def test_what_is_no_ring_is_refused_without_showing_a_secret(text: str) -> None:
    with pytest.raises(RingUnreadableError) as told:
        from_file(text)
    assert SECRET[:12] not in str(told.value)
    assert told.value.__cause__ is None


def test_keys_come_from_the_environment_the_first_in_use(settings: Any) -> None:
    settings.KEYS = f"bbbbbbbb:sm4-gcm:{SECRET}, aaaaaaaa:aes-256-gcm:{SECRET}"
    held = ring.ring()
    assert (held.active, [key.name for key in held.keys]) == ("bbbbbbbb", ["aaaaaaaa", "bbbbbbbb"])
    assert seal("text", "a.b").startswith("v1.bbbbbbbb.")
    assert add_key(NOW) == remove_key("aaaaaaaa") == Refusal("keys-from-environment")


@pytest.mark.parametrize("words", ["x", f"bbbbbbbb:sm4-gcm:{SECRET}:more:words", f"bbbbbbbb:{SECRET}"])
def test_words_that_are_no_keys_are_refused_without_showing_them(words: str) -> None:
    with pytest.raises(RingUnreadableError) as told:
        from_words(words)
    assert SECRET[:12] not in str(told.value)


def test_no_secret_stands_in_what_is_printed_of_a_key(own_ring: Path) -> None:
    key = Key("0123abcd", "sm4-gcm", b"something secret")
    assert "something" not in f"{key} {key!r} {ring.fresh().with_key(key)}"


def test_a_new_key_waits_for_the_rotation(own_ring: Path) -> None:
    before = ring.fresh().active
    key = add_key(NOW)
    assert isinstance(key, Key)
    assert (ring.fresh().active, ring.fresh().newest) == (before, key)
    assert add_key(NOW) == Refusal("rotation-due", facts={"key": key.name})


@pytest.mark.django_db
def test_no_second_ring_is_made_for_values_of_a_lost_one(own_ring: Path, cast: object) -> None:
    own_ring.unlink()
    with pytest.raises(RingMissingError, match="back-up"):
        make_ring()
    assert not own_ring.exists()


@pytest.mark.django_db
def test_a_deployment_without_values_gets_its_ring(own_ring: Path) -> None:
    own_ring.unlink()
    make_ring()
    assert ring.fresh().keys
