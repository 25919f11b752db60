"""Whether a PDF is what the office issued, whatever somebody did to it."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from yinuo.apps.documents.signing import FileSigner
from yinuo.apps.documents.verification import Verdict, verify_pdf
from yinuo.core.errors import Refusal

SIGNED_AT = datetime(2026, 10, 22, 7, 20, tzinfo=UTC)


def code_of(pdf: bytes, signer: FileSigner) -> str:
    verdict = verify_pdf(pdf, trust=signer.authority_pem)
    return verdict.code if isinstance(verdict, Refusal) else "holds"


def flipped(pdf: bytes, at: int, mask: int = 1) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ mask]) + pdf[at + 1 :]


def signature_gap(pdf: bytes) -> tuple[int, int]:
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    return start, pdf.index(b">", start)


def test_an_issued_document_holds(signer: FileSigner, signed: bytes) -> None:
    assert verify_pdf(signed, trust=signer.authority_pem) == Verdict(
        intact=True,
        valid=True,
        trusted=True,
        signer="示例市公安局电子签名",
        signed_at=SIGNED_AT,
        covers_whole_document=True,
        changed_after_signing=False,
    )


@pytest.mark.parametrize("seed", range(8))
def test_one_flipped_byte_is_noticed(signer: FileSigner, signed: bytes, seed: int) -> None:
    places = random.Random(seed)
    for _ in range(12):
        at, mask = places.randrange(len(signed)), 1 << places.randrange(8)
        assert code_of(flipped(signed, at, mask), signer) != "holds", f"byte {at}, mask {mask}"


def test_one_flipped_byte_is_noticed_around_the_edges_of_what_is_signed(
    signer: FileSigner, signed: bytes, unsigned: bytes
) -> None:
    start, end = signature_gap(signed)
    edges = [0, 9, len(unsigned) - 1, len(unsigned), start - 1, start, end - 1, end, end + 1, len(signed) - 1]
    assert [at for at in edges if code_of(flipped(signed, at), signer) == "holds"] == []


@pytest.mark.parametrize("mask", [1, 2, 4, 32])
def test_one_flipped_byte_is_noticed_in_the_signature_itself(
    signer: FileSigner, signed: bytes, mask: int
) -> None:
    start, end = signature_gap(signed)
    places = [*range(start, start + 160), *range(start + 160, end, 29)]
    assert [at for at in places if code_of(flipped(signed, at, mask), signer) == "holds"] == []


def test_the_padding_behind_the_signature_hides_nothing(signer: FileSigner, signed: bytes) -> None:
    _, end = signature_gap(signed)
    assert signed[end - 8 : end] == b"0" * 8
    assert code_of(signed[: end - 8] + b"deadbeef" + signed[end:], signer) == "broken"


def test_a_document_of_somebody_else_is_untrusted_even_under_the_same_name(
    signer: FileSigner, stranger: FileSigner, unsigned: bytes
) -> None:
    forged = stranger.sign_pdf(unsigned, reason="r", field="Decision")
    refusal = verify_pdf(forged, trust=signer.authority_pem)
    assert refusal == Refusal("untrusted", facts={"signer": "示例市公安局电子签名"})


def test_an_unsigned_document_has_no_signature(signer: FileSigner, unsigned: bytes) -> None:
    assert code_of(unsigned, signer) == "no-signature"


def test_a_later_revision_breaks_the_document(signer: FileSigner, signed: bytes) -> None:
    writer, changed = IncrementalPdfFileWriter(BytesIO(signed)), BytesIO()
    writer.root[pdf_name("/Lang")] = pdf_string("en")
    writer.update_root()
    writer.write(changed)
    assert code_of(changed.getvalue(), signer) == "broken"


def test_archive_data_may_be_added_and_are_mentioned(signer: FileSigner, signed: bytes) -> None:
    archived = BytesIO(signed)
    certificate = next(load_certs_from_pemder_data(signer.authority_pem))
    DocumentSecurityStore.add_dss(archived, sig_contents=None, certs=[certificate])
    verdict = verify_pdf(archived.getvalue(), trust=signer.authority_pem)
    assert isinstance(verdict, Verdict)
    assert verdict.changed_after_signing
    assert not verdict.covers_whole_document


@pytest.mark.parametrize("tail", [b"\n", b"\x00" * 64, b"%%EOF\n", b"hello"])
def test_bytes_behind_the_end_break_the_document(signer: FileSigner, signed: bytes, tail: bytes) -> None:
    assert code_of(signed + tail, signer) == "broken"


def test_a_document_that_was_cut_short_is_broken(signer: FileSigner, signed: bytes, unsigned: bytes) -> None:
    lengths = [20, 1000, len(unsigned) - 1, len(signed) - 2000, len(signed) - 1]
    assert {code_of(signed[:length], signer) for length in lengths} == {"broken"}


def test_going_back_to_the_unsigned_revision_shows_that_the_signature_is_gone(
    signer: FileSigner, signed: bytes, unsigned: bytes
) -> None:
    assert code_of(signed[: len(unsigned)], signer) == "no-signature"
    assert code_of(signed[: len(unsigned) + 50], signer) == "no-signature"


@pytest.mark.parametrize("year", [2025, 2032])
def test_a_certificate_outside_its_years_is_untrusted(signer: FileSigner, signed: bytes, year: int) -> None:
    verdict = verify_pdf(signed, trust=signer.authority_pem, moment=datetime(year, 6, 1, tzinfo=UTC))
    assert isinstance(verdict, Refusal)
    assert verdict.code == "untrusted"


@given(garbage=st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_garbage_is_refused_quietly(signer: FileSigner, garbage: bytes) -> None:
    assert code_of(garbage, signer) in ("not-a-pdf", "broken")
    assert code_of(b"%PDF-1.7\n" + garbage, signer) == "broken"


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_document_with_a_piece_of_garbage_is_refused_quietly(
    signer: FileSigner, signed: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(signed) - 1))
    garbage = data.draw(st.binary(min_size=1, max_size=60))
    pdf = signed[:at] + garbage + signed[at + len(garbage) :]
    assert (code_of(pdf, signer) == "holds") == (pdf == signed)


@pytest.mark.parametrize(
    "pdf",
    [
        b"%PDF-1.7\ntrailer<</Root 1 0 R/Prev 9>>startxref\n9\n%%EOF",
        b"%PDF-1.7\n1 0 obj" + b"[" * 5000 + b"]" * 5000 + b"endobj\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\nxref\n0 99999999\ntrailer<<>>\nstartxref\n9\n%%EOF",
    ],
    ids=["loop", "deep", "huge"],
)
def test_a_hostile_file_is_refused_quietly(signer: FileSigner, pdf: bytes) -> None:
    assert code_of(pdf, signer) == "broken"


def test_a_file_that_is_no_pdf_is_called_so(signer: FileSigner) -> None:
    assert {code_of(other, signer) for other in (b"", b"PK\x03\x04", "一诺".encode())} == {"not-a-pdf"}


def test_trusting_nothing_is_a_bug(signed: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        verify_pdf(signed, trust=b"")
