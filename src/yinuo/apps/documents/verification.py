"""Whether a signed PDF is what a trusted office issued, decided offline from the bytes alone."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from yinuo.apps.documents.coroutines import finish
from yinuo.core.errors import Refusal

logger = logging.getLogger(__name__)

HEADER_WITHIN = 1024  # bytes; where PDF readers look for %PDF-


@dataclass(frozen=True, slots=True)
class Verdict:
    """A signature that holds.

    intact: the signed bytes are unchanged. valid: the signature over them is right. trusted: the
    certificate chains to the trusted root and may sign documents.
    signed_at: the signer's own word, None when it gives none; no third party stamped it.
    covers_whole_document: no byte of the file lies outside the signature. changed_after_signing: the
    file grew after it; of all changes only archive data (time stamps, revocation data) get this far.
    """

    intact: bool
    valid: bool
    trusted: bool
    signer: str
    signed_at: datetime | None
    covers_whole_document: bool
    changed_after_signing: bool


def verify_pdf(pdf: bytes, *, trust: bytes, moment: datetime | None = None) -> Verdict | Refusal:
    """Check every signature of a PDF; the verdict is of the first. Fetches nothing from anywhere.

    trust: PEM of the certificates to trust (`Signer.authority_pem`). moment: when the certificates must
    be valid, now when None; there is no revocation list, a withdrawn document is the register's matter.
    Any bytes are safe: `not-a-pdf`, `no-signature`, `broken` (damaged, changed, or no right signature),
    `untrusted` (right, but by somebody else; `facts` has the signer that it claims). The caller bounds
    the size; what compressed streams may unpack to is bounded by pyHanko. Raises ValueError for a
    `trust` without a certificate.
    """
    context = _context(trust, moment)
    if b"%PDF-" not in pdf[:HEADER_WITHIN]:
        return Refusal("not-a-pdf")
    try:
        return finish(_verify(pdf, context))
    except Exception:
        # The bytes are a stranger's, and pyHanko raises of every kind on them.
        logger.info("a PDF could not be read to its end", exc_info=True)
        return Refusal("broken")


async def _verify(pdf: bytes, context: ValidationContext) -> Verdict | Refusal:
    signatures = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
    if not signatures:
        return Refusal("no-signature")
    verdicts = [await _judge(signature, pdf, context) for signature in signatures]
    return next((one for one in verdicts if isinstance(one, Refusal)), verdicts[0])


def _context(trust: bytes, moment: datetime | None) -> ValidationContext:
    roots = list(load_certs_from_pemder_data(trust))
    if not roots:
        raise ValueError("nothing to trust")
    return ValidationContext(
        trust_roots=roots, moment=moment, allow_fetching=False, revocation_mode="soft-fail"
    )


async def _judge(
    signature: EmbeddedPdfSignature, pdf: bytes, context: ValidationContext
) -> Verdict | Refusal:
    status = await async_validate_pdf_signature(signature, context)
    covers_all = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    signer = _signer(status)
    if not (_holds(status, covers_all=covers_all) and _is_tight(signature, pdf) and _is_plain(signature)):
        return Refusal("broken")
    if not status.trusted:
        return Refusal("untrusted", facts={"signer": signer})
    return Verdict(
        intact=status.intact,
        valid=status.valid,
        trusted=status.trusted,
        signer=signer,
        signed_at=status.signer_reported_dt,
        covers_whole_document=covers_all,
        changed_after_signing=not covers_all,
    )


def _holds(status: PdfSignatureStatus, *, covers_all: bool) -> bool:
    """What was added later must be there for the archive, whatever the signature itself allows."""
    if not (status.intact and status.valid and status.docmdp_ok):
        return False
    level = status.modification_level
    return level is ModificationLevel.NONE if covers_all else level is ModificationLevel.LTA_UPDATES


def _is_tight(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """No signature covers the gap that holds it, so nothing but its one spelling may stand there."""
    start, length, resume, _ = (int(number) for number in signature.byte_range)
    gap, content = pdf[start + length : resume], bytes(signature.pkcs7_content)
    spelling = content.hex().encode()
    if gap not in (b"<" + spelling + b">", b"<" + spelling.upper() + b">"):
        return False
    body = signature.signed_data.dump()
    end = content.index(body) + len(body)
    return _der_length(content) == end and not content[end:].strip(b"\0")


def _is_plain(signature: EmbeddedPdfSignature) -> bool:
    """Nobody signs the outer fields of the CMS either, but they follow from the rest (RFC 5652, 5.1, 5.3)."""
    outer, inner = signature.signed_data, signature.signer_info
    by_issuer = inner["sid"].name == "issuer_and_serial_number"
    versions = {outer["version"].native, inner["version"].native}
    digests = [algorithm.dump() for algorithm in outer["digest_algorithms"]]
    if versions != {"v1" if by_issuer else "v3"} or digests != [inner["digest_algorithm"].dump()]:
        return False
    issuer = signature.signer_cert.issuer.dump()
    return not by_issuer or inner["sid"].chosen["issuer"].dump() == issuer


def _der_length(content: bytes) -> int:
    """Of the value at the start, head included."""
    if content[1] < 0x80:
        return 2 + content[1]
    size = content[1] & 0x7F
    return 2 + size + int.from_bytes(content[2 : 2 + size], "big")


def _signer(status: PdfSignatureStatus) -> str:
    subject = status.signing_cert.subject
    name = subject.native.get("common_name")
    return name if isinstance(name, str) else str(subject.human_friendly)
