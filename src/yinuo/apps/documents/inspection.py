"""What an uploaded file really is: decided by its content, whatever its name says."""

from __future__ import annotations

from yinuo.core.errors import Refusal

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
EXTENSIONS = {JPEG: ".jpg", PNG: ".png", PDF: ".pdf"}

# What people hand in instead, by how it begins: each has a sentence of its own that says what to do.
ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word, Excel, WPS until 2007
IN_OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis")  # a ZIP that is a document
IN_OFD = b"OFD.xml"  # GB/T 33190
PHONE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")
OTHER_PICTURES = (b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
HEAD = 1024  # bytes before which `%PDF-` must stand, as readers look for it


def kind_of(content: bytes) -> str | Refusal:
    """PDF, JPEG or PNG. Otherwise `empty-file`, or what it seems to be: `archive-file`, `office-file`,
    `ofd-file`, `other-picture`, or simply `wrong-type`."""
    if not content:
        return Refusal("empty-file")
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:HEAD].lstrip().startswith(b"%PDF-"):
        return PDF
    return Refusal(_foreign(content))


def _foreign(content: bytes) -> str:
    if content.startswith(OLD_OFFICE):
        return "office-file"
    if content.startswith(ARCHIVES):
        return _packed(content)
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    is_of_a_phone = content[4:8] == b"ftyp" and content[8:12] in PHONE_BRANDS
    is_picture = is_webp or is_of_a_phone or content.startswith(OTHER_PICTURES)
    return "other-picture" if is_picture else "wrong-type"


def _packed(content: bytes) -> str:
    """Office documents and OFD are ZIP files too; the names of their parts stand in them in clear."""
    if content.startswith(b"PK") and any(name in content for name in IN_OFFICE):
        return "office-file"
    return "ofd-file" if content.startswith(b"PK") and IN_OFD in content else "archive-file"
