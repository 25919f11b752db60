"""The code behind the QR: whole or refused, and never more than it should say."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.apps.documents.seal_code import SealCode, address, decode, encode, facts_digest, qr_svg
from yinuo.apps.documents.signing import FileSigner
from yinuo.core.errors import Refusal

SEAL = SealCode(
    "result", "7KTM4PXC9RHW", "za-hotel-license", date(2026, 10, 22), facts_digest({"holder": "王淑兰"})
)
BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

words = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=80)
seals = st.builds(
    SealCode,
    kind=st.sampled_from(["result", "receipt"]),
    number=words,
    item=words,
    issued_on=st.dates(),
    facts=st.text("0123456789abcdef", min_size=32, max_size=32),
)


def signed_payload(signer: FileSigner, payload: bytes) -> str:
    head = f"YN1.{urlsafe_b64encode(payload).rstrip(b'=').decode()}"
    return f"{head}.{urlsafe_b64encode(signer.sign_bytes(head.encode())).rstrip(b'=').decode()}"


@given(seal=seals)
def test_a_code_reads_back_as_what_was_written(signer: FileSigner, seal: SealCode) -> None:
    assert decode(encode(seal, signer), signer.public_key) == seal


@given(seal=seals, base=st.sampled_from(["https://hall.example/verify#", "/verify/?c="]))
def test_a_code_reads_back_from_its_address(signer: FileSigner, seal: SealCode, base: str) -> None:
    assert decode(f" {address(base, encode(seal, signer))}\n", signer.public_key) == seal


@given(data=st.data())
def test_one_other_character_anywhere_is_refused(signer: FileSigner, data: st.DataObject) -> None:
    code = encode(SEAL, signer)
    at = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([char for char in BASE64URL + ".=" if char != code[at]]))
    assert isinstance(decode(code[:at] + other + code[at + 1 :], signer.public_key), Refusal)


@given(text=st.text())
def test_no_text_is_a_code_by_chance(signer: FileSigner, text: str) -> None:
    for attempt in (text, f"YN1.{text}.{text}", f"YN1.AAAA.{text}"):
        assert isinstance(decode(attempt, signer.public_key), Refusal)


def test_a_code_of_another_office_has_a_bad_signature(signer: FileSigner, stranger: FileSigner) -> None:
    assert decode(encode(SEAL, stranger), signer.public_key) == Refusal("bad-signature")


def test_changed_facts_have_a_bad_signature(signer: FileSigner) -> None:
    _, payload, signature = encode(SEAL, signer).split(".")
    fields = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    fields[4] = "2027-10-22"
    forged = urlsafe_b64encode(json.dumps(fields, separators=(",", ":")).encode()).rstrip(b"=").decode()
    assert decode(f"YN1.{forged}.{signature}", signer.public_key) == Refusal("bad-signature")


@pytest.mark.parametrize(
    "text", ["", "YN1", "YN1..", "YN2.AAAA.AAAA", "https://hall.example/", "YN1.a.b.c", "#"]
)
def test_what_has_not_the_form_of_a_code_is_none(signer: FileSigner, text: str) -> None:
    assert decode(text, signer.public_key) == Refusal("not-a-code")


def test_an_overlong_text_is_no_code(signer: FileSigner) -> None:
    assert decode(signed_payload(signer, b"1" * 2000), signer.public_key) == Refusal("not-a-code")


@pytest.mark.parametrize(
    "payload",
    [
        b"[2,1]",
        b"{}",
        b"\xff",
        b'[2,"result","A","b","2026-10-22","00000000000000000000000000000000"]',
        b'[1,"licence","A","b","2026-10-22","00000000000000000000000000000000"]',
        b'[1,"result",7,"b","2026-10-22","00000000000000000000000000000000"]',
        b'[1,"result","A","b","yesterday","00000000000000000000000000000000"]',
        b'[1,"result","A","b",20261022,"00000000000000000000000000000000"]',
        b'[1,"result","A","b","2026-10-22","0"]',
    ],
)
def test_a_signed_payload_of_another_shape_is_no_code(signer: FileSigner, payload: bytes) -> None:
    assert decode(signed_payload(signer, payload), signer.public_key) == Refusal("not-a-code")


def test_a_signature_over_the_bare_payload_makes_no_code(signer: FileSigner) -> None:
    _, payload, _ = encode(SEAL, signer).split(".")
    bare = signer.sign_bytes(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    text = f"YN1.{payload}.{urlsafe_b64encode(bare).rstrip(b'=').decode()}"
    assert decode(text, signer.public_key) == Refusal("bad-signature")


def test_a_code_says_only_what_it_must(signer: FileSigner) -> None:
    payload = encode(SEAL, signer).split(".")[1]
    fields = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert fields == [1, "result", "7KTM4PXC9RHW", "za-hotel-license", "2026-10-22", SEAL.facts]


def test_facts_digest_does_not_depend_on_order_and_tells_every_fact_apart() -> None:
    assert facts_digest({"a": "1", "b": "2"}) == facts_digest({"b": "2", "a": "1"})
    assert facts_digest({"a": "1", "b": "2"}) != facts_digest({"a": "1", "b": "3"})
    assert facts_digest({"a": "12"}) != facts_digest({"a1": "2"})


@pytest.mark.parametrize(
    "wrong", [{"kind": "x"}, {"number": ""}, {"number": "有字"}, {"item": "a b"}, {"facts": "0"}]
)
def test_a_seal_of_another_shape_is_a_bug(wrong: dict[str, str]) -> None:
    fields = {"kind": "result", "number": "A", "item": "b", "issued_on": date(2026, 1, 1), "facts": "0" * 32}
    with pytest.raises(ValueError, match=r"."):
        SealCode(**(fields | wrong))  # type: ignore[arg-type]


def test_the_base_of_an_address_must_leave_room_for_the_code() -> None:
    with pytest.raises(ValueError, match="ends in"):
        address("https://hall.example/verify", "YN1.a.b")


def test_a_qr_is_an_svg_without_style_or_script(signer: FileSigner) -> None:
    svg = qr_svg(address("https://hall.example/verify#", encode(SEAL, signer)))
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {"svg", "path"}
    assert not any("style" in element.attrib for element in root.iter())


def test_a_qr_stays_coarse_enough_to_scan_from_paper(signer: FileSigner) -> None:
    root = ElementTree.fromstring(qr_svg(address("https://hall.example/verify#", encode(SEAL, signer))))
    modules = int(root.attrib["viewBox"].split()[2])
    assert 27 / modules >= 0.33
