"""Taking files in: what they are is decided by their content, and nothing about them can hurt."""

from __future__ import annotations

import hashlib
import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from PIL import Image
from support.actors import citizen
from support.drafts import picture, uploaded
from support.fixed_clock import NOW

from yinuo.apps.documents.actions.upload import safe_name, upload
from yinuo.apps.documents.inspection import MOST_PIXELS, content_type
from yinuo.apps.documents.models import Upload
from yinuo.apps.documents.queries import content, own_uploads, uploads
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj
trailer<</Root 1 0 R>>
"""
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 200
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture
def person(db: None) -> Person:
    return citizen("13800000001", "王淑兰")


def hand_in(person: Person, body: bytes, name: str = "file") -> Upload | Refusal:
    return upload(SimpleUploadedFile(name, body), person=person, now=NOW)


def with_table(body: bytes) -> bytes:
    """The PDF with its cross-reference table, as a scanner writes it."""
    places = [body.index(b"%d 0 obj" % number) for number in (1, 2, 3)]
    head, tail = body.split(b"trailer")
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = tail.replace(b"<</Root", b"<</Size 4/Root")
    return head + table + b"trailer" + trailer + b"startxref\n%d\n%%%%EOF\n" % len(head)


def half(kind: str) -> bytes:
    """A picture whose second half was lost on the way."""
    whole = BytesIO()
    Image.effect_noise((64, 64), 50).save(whole, kind)
    return whole.getvalue()[: len(whole.getvalue()) // 2]


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that would unpack to a picture of that size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        (picture("PNG"), "image/png", "证件.png"),
        (picture("JPEG"), "image/jpeg", "证件.jpg"),
        (with_table(PDF), "application/pdf", "证件.pdf"),
    ],
)
def test_a_picture_or_a_pdf_is_kept_as_it_was(person: Person, body: bytes, kind: str, name: str) -> None:
    stored = hand_in(person, body, "证件.bin")
    assert isinstance(stored, Upload)
    assert (stored.content_type, stored.name, stored.size) == (kind, name, len(body))
    assert stored.sha256 == hashlib.sha256(body).hexdigest()
    assert content(stored) == body


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty-file"),
        (EXE, "wrong-type"),
        (HTML, "wrong-type"),
        (SVG, "wrong-type"),
        (b"GIF89a" + b"\x00" * 40, "wrong-type"),
        (half("PNG"), "broken-file"),
        (half("JPEG"), "broken-file"),
        (b"%PDF-1.7 and nothing more", "broken-file"),
        (with_table(PDF).replace(b"/Count 1", b"/Count 0"), "broken-file"),
        (with_table(PDF).replace(b"/Pages 2 0 R", b"/Pages 9 0 R"), "broken-file"),
    ],
    ids=[
        "empty", "a program", "a web page", "SVG", "GIF", "half a PNG", "half a JPEG", "a PDF's first line",
        "a PDF without a page", "a PDF without its pages",
    ],
)  # fmt: skip
def test_anything_else_is_refused_whatever_it_is_called(person: Person, body: bytes, code: str) -> None:
    for name in ("照片.jpg", "照片.pdf"):
        result = hand_in(person, body, name)
        assert isinstance(result, Refusal)
        assert result.code == code
    assert not Upload.objects.exists()


def test_a_file_over_the_limit_is_refused_before_it_is_read(person: Person) -> None:
    with override_settings(LARGEST_UPLOAD=1024 * 1024):
        fits = hand_in(person, picture() + b"\0" * (1024 * 1024 - len(picture())))
        result = hand_in(person, picture() + b"\0" * (1024 * 1024 - len(picture()) + 1))
    assert isinstance(fits, Upload)
    assert isinstance(result, Refusal)
    assert (result.code, result.facts["most_mb"]) == ("too-large", 1)


def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused(person: Person) -> None:
    for width, height in ((20_000, 20_000), (MOST_PIXELS + 1, 1)):
        body = bomb(width, height)
        assert len(body) < 100
        result = hand_in(person, body, "照片.png")
        assert isinstance(result, Refusal)
        assert result.code == "too-many-pixels"


def test_a_page_scanned_at_600_dpi_is_not_too_large() -> None:
    scan = BytesIO()
    Image.new("1", (4960, 7016)).save(scan, "PNG")
    assert content_type(scan.getvalue()) == "image/png"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("IMG 2026 (1).png", "IMG 2026 (1).jpg"),
        ("身份证（正面）.HEIC", "身份证（正面）.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\me\\scan.bmp", "scan.jpg"),
        ("a/b\\c", "c.jpg"),
        ('x"; filename="evil.html', "x_ filename_evil.jpg"),
        ("line\r\nbreak.png", "line_break.jpg"),
        ("photo.jpg.exe", "photo.jpg.jpg"),
        ("...", "file.jpg"),
        ("", "file.jpg"),
        ("照" * 300 + ".png", "照" * 80 + ".jpg"),
        ("\u202egnp.exe", "_gnp.jpg"),
    ],
)
def test_a_name_keeps_its_words_and_loses_what_could_hurt(given: str, kept: str) -> None:
    assert safe_name(given, "image/jpeg") == kept


def test_where_a_file_lies_says_nothing_about_anybody(person: Person) -> None:
    stored = uploaded(person, name="王淑兰的身份证.png")
    assert "王淑兰" not in stored.path
    assert stored.path.startswith("uploads/")
    assert default_storage.exists(stored.path)


def test_what_somebody_else_handed_in_is_not_ones_own(person: Person) -> None:
    other = citizen("13800000002", "李建军")
    mine, theirs = uploaded(person), uploaded(other)
    wanted = [str(mine.pk), str(theirs.pk), "not-an-id", ""]
    assert set(uploads(wanted)) == {str(mine.pk), str(theirs.pk)}
    assert set(own_uploads(wanted, person)) == {str(mine.pk)}
