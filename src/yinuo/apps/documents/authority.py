"""A demonstration authority: a root, a certificate that signs PDFs, a key that signs codes."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID

AUTHORITY_KEY = "authority-key.pem"
AUTHORITY_CERTIFICATE = "authority.pem"
SIGNER_KEY = "signer-key.pem"
SIGNER_CERTIFICATE = "signer.pem"
CODES_KEY = "codes-key.pem"
CODES_PUBLIC_KEY = "codes-public.pem"
RETIRED = "retired"  # a folder for the certificates of signers that were renewed
FILES = (
    AUTHORITY_KEY,
    AUTHORITY_CERTIFICATE,
    SIGNER_KEY,
    SIGNER_CERTIFICATE,
    CODES_KEY,
    CODES_PUBLIC_KEY,
)

ROOT_YEARS = 20
SIGNER_YEARS = 5
# RFC 9336: a certificate for signing documents that people read.
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")


def create_authority(folder: Path, name: str, now: datetime) -> None:
    """Write the six PEM files of a new authority, each readable by its owner only (0600).

    name: who signs, at most 64 bytes of UTF-8 with the root's suffix ` root`. now: aware.
    `authority-key.pem` signs only new signer certificates: keep it off the server that issues documents.
    Raises FileExistsError, before anything is written, when any of the files is there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    present = [file for file in FILES if (folder / file).exists()]
    if present:
        raise FileExistsError(f"{folder} already has {', '.join(present)}")
    for file, content in zip(FILES, _contents(name, now), strict=True):
        _write_private(folder / file, content)


def _contents(name: str, now: datetime) -> tuple[bytes, ...]:
    root_key, signer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    codes_key = Ed25519PrivateKey.generate()
    root = _root(root_key, f"{name} root", now)
    signer = _signer(signer_key, name, root=root, root_key=root_key, now=now)
    return (
        _private_pem(root_key),
        root.public_bytes(Encoding.PEM),
        _private_pem(signer_key),
        signer.public_bytes(Encoding.PEM),
        _private_pem(codes_key),
        codes_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


def _root(key: ec.EllipticCurvePrivateKey, name: str, now: datetime) -> x509.Certificate:
    key_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        _builder(key, name, now, years=ROOT_YEARS)
        .issuer_name(_subject(name))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(certificates=True), critical=True)
        .add_extension(key_id, critical=False)
        .sign(key, SHA256())
    )


def _signer(
    key: ec.EllipticCurvePrivateKey,
    name: str,
    *,
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    key_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    root_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return (
        _builder(key, name, now, years=SIGNER_YEARS)
        .issuer_name(root.subject)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(documents=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(key_id, critical=False)
        .add_extension(root_id, critical=False)
        .sign(root_key, SHA256())
    )


def _builder(
    key: ec.EllipticCurvePrivateKey, name: str, now: datetime, *, years: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_subject(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=years * 365))
    )


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _key_usage(*, certificates: bool = False, documents: bool = False) -> x509.KeyUsage:
    """Content commitment (non-repudiation) is what makes a document signature one."""
    return x509.KeyUsage(
        digital_signature=documents,
        content_commitment=documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _private_pem(key: ec.EllipticCurvePrivateKey | Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write_private(path: Path, content: bytes) -> None:
    """O_EXCL: of two runs at once the second stops at its first file."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
