"""Taking files in: what they are is decided by their content, and nothing about them can hurt."""

from __future__ import annotations

import hashlib

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from PIL import Image
from support.actors import citizen
from support.drafts import picture, uploaded
from support.fixed_clock import NOW
from support.nasty import SECRET, drawn, nested, on_opening, pdf, png_bomb, zipped

from yinuo.apps.documents.actions.upload import upload
from yinuo.apps.documents.file_names import safe_name
from yinuo.apps.documents.inspection import kind_of
from yinuo.apps.documents.models import Check, Upload
from yinuo.apps.documents.pdf_cleaning import MOST_PAGES
from yinuo.apps.documents.queries import content, handed_out, own_uploads, uploads
from yinuo.apps.people.models import Person
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.web import sentences

EXIF = Image.Exif()
EXIF[0x010F] = "Huawei"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 200
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture
def person(db: None) -> Person:
    return citizen("13800000001", "王淑兰")


def hand_in(person: Person, body: bytes, name: str = "file") -> Upload | Refusal:
    return upload(SimpleUploadedFile(name, body), person=person, now=NOW)


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        (drawn("PNG", exif=EXIF), "image/png", "证件.png"),
        (drawn("JPEG", exif=EXIF), "image/jpeg", "证件.jpg"),
        (pdf(on_opening), "application/pdf", "证件.pdf"),
    ],
)
def test_a_picture_or_a_pdf_is_kept_clean(person: Person, body: bytes, kind: str, name: str) -> None:
    stored = hand_in(person, body, "证件.bin")
    assert isinstance(stored, Upload)
    kept = content(stored)
    assert (stored.content_type, stored.name, stored.size) == (kind, name, len(kept))
    assert stored.sha256 == hashlib.sha256(kept).hexdigest()
    assert b"Huawei" not in kept
    assert SECRET not in kept
    assert kind_of(kept) == kind


def test_without_a_scanner_a_file_is_open_and_known_to_be_unscanned(person: Person) -> None:
    stored = hand_in(person, picture())
    assert isinstance(stored, Upload)
    assert (stored.state, stored.checked_at, stored.is_open) == (Check.UNSCANNED, None, True)
    assert handed_out(stored) == content(stored)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty-file"),
        (EXE, "wrong-type"),
        (HTML, "wrong-type"),
        (SVG, "wrong-type"),
        (b"GIF89a" + b"\x00" * 40, "other-picture"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "other-picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "other-picture"),
        (zipped(**{"a.jpg": picture()}), "archive-file"),
        (b"Rar!\x1a\x07\x01\x00" + b"\x00" * 40, "archive-file"),
        (b"7z\xbc\xaf\x27\x1c" + b"\x00" * 40, "archive-file"),
        (zipped(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b""}), "office-file"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "office-file"),
        (zipped(**{"OFD.xml": b"<ofd:OFD/>"}), "ofd-file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 40, "office-file"),
        (drawn("PNG")[:90], "broken-file"),
        (drawn("JPEG")[:300], "broken-file"),
        (png_bomb(20_000, 20_000), "too-many-pixels"),
        (b"%PDF-1.7 and nothing more", "broken-file"),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "pdf-encrypted"),
        (pdf(pages=MOST_PAGES + 1), "too-many-pages"),
        (nested(100), "pdf-too-complex"),
    ],
    ids=[
        "empty", "a program", "a web page", "SVG", "GIF", "HEIC", "WebP", "ZIP", "RAR", "7z", "Word",
        "LibreOffice", "OFD", "old Word", "half a PNG", "half a JPEG", "a bomb", "a PDF's first line",
        "a locked PDF", "a long PDF", "a nested PDF",
    ],
)  # fmt: skip
def test_anything_else_is_refused_whatever_it_is_called(person: Person, body: bytes, code: str) -> None:
    for name in ("照片.jpg", "照片.pdf"):
        result = hand_in(person, body, name)
        assert isinstance(result, Refusal)
        assert result.code == code
        assert sentences.refusal(result) != sentences.refusal(Refusal("no-such-code"))
    assert not Upload.objects.exists()


def test_a_file_over_the_limit_is_refused_before_it_is_read(person: Person) -> None:
    with override_settings(LARGEST_UPLOAD=1024 * 1024):
        fits = hand_in(person, picture() + b"\0" * (1024 * 1024 - len(picture())))
        result = hand_in(person, picture() + b"\0" * (1024 * 1024 - len(picture()) + 1))
    assert isinstance(fits, Upload)
    assert isinstance(result, Refusal)
    assert (result.code, result.facts["most_mb"]) == ("too-large", 1)


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
        ("a\x00b\x1b[31m.png", "a_b_31m.jpg"),
        ("照\u200b片\u2066.png", "照_片_.jpg"),
        ("cafe\u0301.png", "café.jpg"),
        ("CON.png", "_CON.jpg"),
        ("lpt1.tar.gz", "_lpt1.tar.jpg"),
        (" .hidden .png", "hidden.jpg"),
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
    assert set(own_uploads(wanted, person, day_of(NOW))) == {str(mine.pk)}
