"""Who signs documents and codes, behind a protocol that a hardware module or a licensed CA can take over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from yinuo.apps.documents.authority import (
    AUTHORITY_CERTIFICATE,
    CODES_KEY,
    RETIRED,
    SIGNER_CERTIFICATE,
    SIGNER_KEY,
    create_authority,
)
from yinuo.apps.documents.coroutines import finish

__all__ = ["FileSigner", "Signer", "create_authority"]


class Signer(Protocol):
    """Signs PDFs and statements with a certificate's key and code payloads with an Ed25519 key; shows only
    the public halves."""

    @property
    def certificate_pem(self) -> bytes:
        """The certificate of the PDF signature (PEM)."""

    @property
    def authority_pem(self) -> bytes:
        """The certificate that `verify_pdf` is to trust (PEM), published beside the public key."""

    @property
    def public_key(self) -> Ed25519PublicKey:
        """Checks `sign_bytes`; published so that a code verifies without the server."""

    def sign_pdf(self, pdf: bytes, *, reason: str, field: str) -> bytes:
        """The PDF with a PAdES signature appended that allows no change after it."""

    def sign_bytes(self, payload: bytes) -> bytes:
        """The 64 bytes of an Ed25519 signature over the payload."""

    @property
    def statement_keys(self) -> bytes:
        """What checks `sign_statement` (PEM): the key of now, then those that signed before it."""

    def sign_statement(self, payload: bytes) -> bytes:
        """The 64 bytes r‖s of an ECDSA signature (P-256, SHA-256), as browsers check it (IEEE P1363)."""


class FileSigner:
    """Signs with the files that `create_authority` made in a folder.

    PDF: ECDSA on P-256 with SHA-256, PAdES baseline B, certifying (DocMDP: no changes), an invisible
    field. It holds no time stamp of a third party, so the signing time is the word of this clock.
    Codes: Ed25519. Statements: the key of the PDFs; what a PDF's signature covers begins with 0x31, a
    statement with `{`, so neither passes for the other. Certificates in the folder `retired` are of keys
    that signed earlier. Raises FileNotFoundError when the folder holds no authority.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._clock = clock
        self._certificate = (folder / SIGNER_CERTIFICATE).read_bytes()
        self._authority = (folder / AUTHORITY_CERTIFICATE).read_bytes()
        self._retired = [path.read_bytes() for path in sorted((folder / RETIRED).glob("*.pem"), reverse=True)]
        self._codes_key = _codes_key(folder / CODES_KEY)
        self._statement_key = _statement_key(folder / SIGNER_KEY)
        self._pdf_signer = _pdf_signer(folder)

    @property
    def certificate_pem(self) -> bytes:
        return self._certificate

    @property
    def authority_pem(self) -> bytes:
        return self._authority

    @property
    def public_key(self) -> Ed25519PublicKey:
        return self._codes_key.public_key()

    def sign_pdf(self, pdf: bytes, *, reason: str, field: str) -> bytes:
        """Raises pyhanko's SigningError for a PDF that is signed already, PdfReadError for no PDF."""
        meta = PdfSignatureMetadata(
            field_name=field,
            reason=reason,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        signer = _ClockedPdfSigner(meta, self._pdf_signer, self._clock())
        signed = BytesIO()
        finish(signer.async_sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=signed))
        return signed.getvalue()

    def sign_bytes(self, payload: bytes) -> bytes:
        return self._codes_key.sign(payload)

    @property
    def statement_keys(self) -> bytes:
        return b"".join(_public_pem(one) for one in (self._certificate, *self._retired))

    def sign_statement(self, payload: bytes) -> bytes:
        r, s = decode_dss_signature(self._statement_key.sign(payload, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


class _ClockedPdfSigner(PdfSigner):
    """A PDF signer that is told the time."""

    def __init__(self, meta: PdfSignatureMetadata, signer: SimpleSigner, now: datetime) -> None:
        super().__init__(meta, signer)
        self._now = now

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._now
        return session


def _pdf_signer(folder: Path) -> SimpleSigner:
    # The root stays out of the signature: a verifier must bring the one that it trusts.
    return SimpleSigner(
        signing_cert=next(load_certs_from_pemder_data((folder / SIGNER_CERTIFICATE).read_bytes())),
        signing_key=load_private_key_from_pemder_data((folder / SIGNER_KEY).read_bytes(), passphrase=None),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        embed_roots=False,
    )


def _codes_key(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path.name} holds no Ed25519 key")
    return key


def _statement_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not (isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)):
        raise TypeError(f"{path.name} holds no P-256 key")
    return key


def _public_pem(certificate: bytes) -> bytes:
    key = load_pem_x509_certificate(certificate).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
