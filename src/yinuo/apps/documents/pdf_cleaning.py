"""A PDF without anything that acts: only pages that somebody reads, and what stands on them.

Made for files that may be hostile: call it through `confinement.clean_pdf`, which bounds memory and time.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf, Stream

from yinuo.apps.documents.pdf_stripping import AmbiguousError, containers, stripped
from yinuo.apps.documents.pictures import MOST_PIXELS
from yinuo.core.errors import Refusal

MOST_PAGES = 300
MOST_OBJECTS = 60_000  # an ordinary file of 300 pages has a few thousand
LARGEST_STREAM = 128 * 1024 * 1024  # bytes unpacked; one page in colour at 600 dpi has 104 million
LARGEST_SUM = 512 * 1024 * 1024
# Of any bytes (ISO 32000-1, table 6). The other packings are of pictures, which have `/Width` and `/Height`.
PACKINGS = frozenset(
    f"/{name}"
    for name in ("ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "FlateDecode", "RunLengthDecode", "Crypt")
)


def limit_library() -> None:
    """Bound what the library unpacks, for the whole process: call it once, before anything is opened."""
    most = LARGEST_STREAM + 1
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=most,
        run_length_max_memory=most,
        png_max_memory=most,
        tiff_max_memory=most,
        dct_max_memory=most,
    )


def cleaned(content: bytes) -> bytes | Refusal:
    """The file written anew. A signed one stays as it is, byte for byte, since any change breaks it.

    `pdf-encrypted`, `broken-file`, `pdf-too-complex`, `too-many-pages`, or `signed-and-active` for a signed
    file in which something acts.
    """
    if not _is_whole(content):
        return Refusal("broken-file")
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
            return _checked(pdf) or _written(pdf, content)
    except pikepdf.PasswordError:
        return Refusal("pdf-encrypted")
    except (MemoryError, RecursionError, AmbiguousError):
        return Refusal("pdf-too-complex")
    except Exception:  # a reader that was fed with anything fails in any way
        return Refusal("broken-file")


def _is_whole(content: bytes) -> bool:
    """Whether it has its end: a reader would mend half a file, and pages would be missing unnoticed."""
    return b"%%EOF" in content[-2048:]


def _checked(pdf: Pdf) -> Refusal | None:
    if pdf.is_encrypted:
        return Refusal("pdf-encrypted")
    if len(pdf.objects) > MOST_OBJECTS:
        return Refusal("pdf-too-complex")
    pages = len(pdf.pages)
    if not pages or pages != int(pdf.Root.Pages.Count):
        return Refusal("broken-file")
    if pages > MOST_PAGES:
        return Refusal("too-many-pages", facts={"most": MOST_PAGES})
    return _bombs(pdf)


def _bombs(pdf: Pdf) -> Refusal | None:
    """What would fill the memory of whoever opens it."""
    total = 0
    for stream in _streams(pdf):
        pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
        size = _unpacked(stream)
        total += size
        if pixels > MOST_PIXELS:
            return Refusal("too-many-pixels")
        if size > LARGEST_STREAM or total > LARGEST_SUM:
            return Refusal("pdf-too-complex")
    return None


def _streams(pdf: Pdf) -> Iterator[Stream]:
    return (one for one in pdf.objects if isinstance(one, Stream))


def _unpacked(stream: Stream) -> int:
    """Bytes after unpacking; 0 for a format of its own, such as JPEG. Raises MemoryError for too much."""
    try:
        return len(stream.read_bytes())
    except pikepdf.PdfError:
        if PACKINGS.issuperset(str(one) for one in _filters(stream)):
            raise MemoryError from None  # or broken on purpose: nobody could read it either
        return 0


def _filters(stream: Stream) -> list[Object]:
    given = stream.get("/Filter", Array())
    return list(given) if isinstance(given, Array) else [given]


def _written(pdf: Pdf, content: bytes) -> bytes | Refusal:
    is_signed = _is_signed(pdf)
    acted = stripped(pdf)
    if is_signed and (acted or pdf.get_warnings() or not _is_only_a_pdf(content)):
        return Refusal("signed-and-active")
    if is_signed:
        return content
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    written = BytesIO()
    pdf.save(written, deterministic_id=True, fix_metadata_version=False)
    return written.getvalue()


def _is_only_a_pdf(content: bytes) -> bool:
    """Nothing before and nothing after, where another program would find another file."""
    end = content.rindex(b"%%EOF") + len(b"%%EOF")
    return content.startswith(b"%PDF-") and not content[end:].strip()


def _is_signed(pdf: Pdf) -> bool:
    return any(isinstance(one, Dictionary) and "/ByteRange" in one for one in containers(pdf))
