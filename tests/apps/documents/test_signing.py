"""The demonstration authority and the signer that lives on its files."""

from __future__ import annotations

import asyncio
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from pyhanko.sign.general import SigningError

from yinuo.apps.documents.signing import FileSigner, create_authority
from yinuo.apps.documents.verification import Verdict, verify_pdf

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_only_the_owner_can_read_the_files_of_an_authority(authority: Path) -> None:
    assert {stat.S_IMODE(path.stat().st_mode) for path in authority.iterdir()} == {0o600}
    assert stat.S_IMODE(authority.stat().st_mode) == 0o700


def test_an_authority_is_never_overwritten(tmp_path: Path) -> None:
    create_authority(tmp_path, "示例", NOW)
    before = contents(tmp_path)
    with pytest.raises(FileExistsError):
        create_authority(tmp_path, "示例", NOW)
    assert contents(tmp_path) == before


def test_one_file_of_an_authority_is_enough_to_leave_the_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "codes-key.pem").write_bytes(b"precious")
    with pytest.raises(FileExistsError, match="codes-key"):
        create_authority(tmp_path, "示例", NOW)
    assert contents(tmp_path) == {"codes-key.pem": b"precious"}


def test_a_signer_needs_an_authority(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileSigner(tmp_path)


def test_the_signing_certificate_is_issued_by_the_root_and_is_no_authority_itself(signer: FileSigner) -> None:
    leaf = x509.load_pem_x509_certificate(signer.certificate_pem)
    root = x509.load_pem_x509_certificate(signer.authority_pem)
    leaf.verify_directly_issued_by(root)
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert leaf.extensions.get_extension_for_class(x509.KeyUsage).value.content_commitment


def test_the_published_key_is_the_one_that_checks_signed_bytes(authority: Path, signer: FileSigner) -> None:
    assert load_pem_public_key((authority / "codes-public.pem").read_bytes()) == signer.public_key
    signer.public_key.verify(signer.sign_bytes(b"payload"), b"payload")
    with pytest.raises(InvalidSignature):
        signer.public_key.verify(signer.sign_bytes(b"payload"), b"another")


def test_a_signed_document_still_begins_with_the_unsigned_one(signed: bytes, unsigned: bytes) -> None:
    assert signed.startswith(unsigned)
    assert len(signed) > len(unsigned)


def test_a_signed_document_reads_as_before(signed: bytes) -> None:
    page = pypdfium2.PdfDocument(signed)[0]
    assert "王淑兰" in page.get_textpage().get_text_range()


def test_the_signature_certifies_that_nothing_may_change(signed: bytes) -> None:
    assert b"/SubFilter /ETSI.CAdES.detached" in signed
    assert b"/TransformMethod /DocMDP" in signed
    assert b"/P 1" in signed


def test_a_document_is_signed_once(signer: FileSigner, signed: bytes) -> None:
    with pytest.raises(SigningError):
        signer.sign_pdf(signed, reason="again", field="Second")


def test_signing_works_inside_an_event_loop(signer: FileSigner, unsigned: bytes) -> None:
    async def sign_and_verify() -> object:
        return verify_pdf(signer.sign_pdf(unsigned, reason="r", field="F"), trust=signer.authority_pem)

    with ThreadPoolExecutor(1) as thread:  # a browser test may have left a loop running in this one
        assert isinstance(thread.submit(lambda: asyncio.run(sign_and_verify())).result(), Verdict)


def test_signing_and_verifying_stay_off_the_network(
    signer: FileSigner, unsigned: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    signed = signer.sign_pdf(unsigned, reason="r", field="F")
    assert isinstance(verify_pdf(signed, trust=signer.authority_pem), Verdict)


def test_documents_are_typeset_signed_and_verified_without_django() -> None:
    modules = ("typesetting", "signing", "seal_code", "verification", "sheets")
    imports = ", ".join(f"yinuo.apps.documents.{module}" for module in modules)
    program = f"import sys, {imports}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
