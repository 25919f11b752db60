"""What is sealed opens again and only there; anything else is a clear error without the value in it."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.fixed_clock import NOW

from yinuo.apps.vault import ring
from yinuo.apps.vault.ciphers import AES, KEY_LENGTH, NAMES, lock, sealer, unlock
from yinuo.apps.vault.errors import SealBrokenError, UnknownKeyError
from yinuo.apps.vault.keys import new_key
from yinuo.apps.vault.sealing import seal, seal_bytes, unseal, unseal_bytes

PLACE = "people_person.phone"


@pytest.mark.parametrize("cipher", NAMES)
@given(plain=st.binary(), place=st.binary(max_size=30))
def test_what_is_locked_is_unlocked(cipher: str, plain: bytes, place: bytes) -> None:
    with_key = sealer(cipher, bytes(KEY_LENGTH[cipher]))
    locked = lock(with_key, plain, place)
    assert unlock(with_key, locked, place) == plain
    assert len(locked) == len(plain) + 28
    assert unlock(with_key, locked, place + b"!") is None


@pytest.mark.parametrize("cipher", NAMES)
@given(plain=st.binary(max_size=60), data=st.data())
def test_no_bit_changes_unseen(cipher: str, plain: bytes, data: Any) -> None:
    with_key = sealer(cipher, bytes(KEY_LENGTH[cipher]))
    locked = bytearray(lock(with_key, plain, b""))
    locked[data.draw(st.integers(0, len(locked) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert unlock(with_key, bytes(locked), b"") is None


@pytest.mark.parametrize("cipher", NAMES)
def test_less_than_a_tag_is_nothing(cipher: str) -> None:
    assert unlock(sealer(cipher, bytes(KEY_LENGTH[cipher])), b"short", b"") is None


def test_sm4_gcm_is_that_of_the_standard() -> None:
    """RFC 8998, A.1 (GB/T 32907 in the mode of GCM)."""
    key, nonce = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"), bytes.fromhex("00001234567800000000ABCD")
    plain = bytes.fromhex(
        "AA" * 8 + "BB" * 8 + "CC" * 8 + "DD" * 8 + "EE" * 8 + "FF" * 8 + "EE" * 8 + "AA" * 8
    )
    known = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    wanted = (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert sealer("sm4-gcm", key).encrypt(nonce, plain, known) == bytes.fromhex(wanted)


@pytest.mark.usefixtures("own_ring")
class TestWithARing:
    def test_a_text_comes_back(self) -> None:
        for text in ("13800000001", "王淑兰", "a\x00b", "🐕" * 500):
            assert unseal(seal(text, PLACE), PLACE) == text

    def test_an_empty_text_stays_empty(self) -> None:
        assert seal("", PLACE) == unseal("", PLACE) == ""

    def test_equal_texts_are_sealed_differently(self) -> None:
        assert len({seal("same", PLACE) for _ in range(20)}) == 20

    def test_it_says_its_version_and_key(self) -> None:
        version, key, locked = seal("text", PLACE).split(".")
        assert (version, key) == ("v1", ring.ring().active)
        assert len(locked) == 44  # 12 + 4 + 16 bytes in base64, padded

    def test_a_value_from_another_column_does_not_open(self) -> None:
        with pytest.raises(SealBrokenError, match=r"people_person\.identity"):
            unseal(seal("text", PLACE), "people_person.identity")

    @pytest.mark.parametrize(
        "stored",
        ["in the clear", "v1", "v1.", "v2.00000000.AAAA", "v1.0000.AAAA", "王淑兰", "v1.000000000AAAAAA"],
    )
    def test_what_was_never_sealed_is_refused(self, stored: str) -> None:
        with pytest.raises((SealBrokenError, UnknownKeyError)) as told:
            unseal(stored, PLACE)
        assert PLACE in str(told.value)

    def test_every_changed_character_is_refused(self) -> None:
        sealed = seal("13800000001", PLACE)
        for place in range(len(sealed)):
            changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
            with pytest.raises((SealBrokenError, UnknownKeyError)) as told:
                unseal(changed, PLACE)
            assert "13800000001" not in str(told.value)

    def test_a_key_that_the_ring_does_not_hold_is_named(self, own_ring: Path) -> None:
        sealed = seal("text", PLACE)
        own_ring.unlink()
        ring.make()
        with pytest.raises(UnknownKeyError, match=sealed.split(".")[1]):
            unseal(sealed, PLACE)

    def test_another_key_of_the_same_name_does_not_open(self, own_ring: Path) -> None:
        sealed = seal("text", PLACE)
        held = json.loads(own_ring.read_text())
        held["keys"][0]["secret"] = b64encode(bytes(32)).decode()
        own_ring.write_text(json.dumps(held))
        ring.fresh()
        with pytest.raises(SealBrokenError):
            unseal(sealed, PLACE)

    def test_an_old_key_still_opens(self) -> None:
        sealed, key = seal("text", PLACE), new_key("sm4-gcm", NOW)
        ring.change(lambda held: replace(held.with_key(key), active=key.name))
        assert unseal(sealed, PLACE) == "text"
        again = seal("text", PLACE)
        assert again.split(".")[1] == key.name
        assert unseal(again, PLACE) == "text"

    @given(content=st.binary(max_size=3000))
    def test_a_file_comes_back_and_only_under_its_name(self, content: bytes) -> None:
        sealed = seal_bytes(content, "uploads/ab/abc")
        assert unseal_bytes(sealed, "uploads/ab/abc") == content
        with pytest.raises(SealBrokenError):
            unseal_bytes(sealed, "uploads/ab/abd")

    @pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 a picture in the clear", b"v1.00000000."])
    def test_a_file_in_the_clear_is_refused(self, content: bytes) -> None:
        with pytest.raises((SealBrokenError, UnknownKeyError), match="uploads/a"):
            unseal_bytes(content, "uploads/a")


def test_the_default_is_aes(settings: Any) -> None:
    assert settings.CIPHER == AES
