"""Files that somebody with bad intent hands in, made byte by byte or with the libraries that read them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

Change = Callable[[Pdf], None]
SECRET = b"app.alert_4711"  # never in a file that was cleaned


def pdf(change: Change = lambda pdf: None, pages: int = 1, **options: object) -> bytes:
    """A PDF of so many pages with a line of text on each, changed before it is written."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(200, 200))
        made.pages[-1].Contents = made.make_stream(b"BT /F1 12 Tf 10 100 Td (page) Tj ET")
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        made.pages[-1].Resources = Dictionary(Font=Dictionary(F1=font))
    change(made)
    written = BytesIO()
    made.save(written, **options)  # type: ignore[arg-type]
    return written.getvalue()


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(SECRET.decode()))


def on_opening(made: Pdf) -> None:
    made.Root.OpenAction = script()


def on_opening_of_a_page(made: Pdf) -> None:
    made.pages[0].AA = Dictionary(O=script())


def named_script(made: Pdf) -> None:
    tree = Dictionary(Names=Array([String("a"), made.make_indirect(script())]))
    made.Root.Names = Dictionary(JavaScript=made.make_indirect(tree))


def annotated(**facts: object) -> Change:
    """With one annotation on the first page."""

    def change(made: Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 100, 100]), **facts)
        made.pages[0].Annots = Array([made.make_indirect(annotation)])

    return change


def link(**action: object) -> Change:
    return annotated(Subtype=Name.Link, A=Dictionary(**action))


def form(made: Pdf) -> None:
    """A button with a script, and a second form behind the form."""
    annotated(Subtype=Name.Widget, FT=Name.Btn, T=String("go"), AA=Dictionary(U=script()))(made)
    behind = made.make_stream(b"<xdp>" + SECRET + b"</xdp>")
    made.Root.AcroForm = Dictionary(Fields=Array([made.pages[0].Annots[0]]), XFA=behind)


def attachment(made: Pdf) -> None:
    made.attachments["evil.exe"] = b"MZ" + SECRET


def attachment_on_the_page(made: Pdf) -> None:
    stream = made.make_stream(SECRET)
    spec = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=stream))
    annotated(Subtype=Name.FileAttachment, FS=spec)(made)


def film(made: Pdf) -> None:
    content = Dictionary(Assets=Dictionary(Names=Array([])), Note=String(SECRET.decode()))
    annotated(Subtype=Name.RichMedia, RichMediaContent=content)(made)


def chained(made: Pdf) -> None:
    """A script behind an innocent step to another page."""
    link(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([script()]))(made)


def elsewhere(made: Pdf) -> None:
    """A page whose content lies in a file on the network."""
    made.pages[0].Contents = made.make_stream(
        b"", F=Dictionary(FS=Name.URL, F=String("http://x/" + SECRET.decode()))
    )


ACTIVE: dict[str, Change] = {
    "a script on opening": on_opening,
    "a script on a page": on_opening_of_a_page,
    "a named script": named_script,
    "a program to start": link(S=Name.Launch, F=String("cmd.exe" + SECRET.decode())),
    "a form to send": link(S=Name.SubmitForm, F=String("http://x/" + SECRET.decode())),
    "data to fetch": link(S=Name.ImportData, F=String(SECRET.decode())),
    "another file": link(S=Name.GoToR, F=String(SECRET.decode()), D=Array([0, Name.Fit])),
    "a link that is a script": link(S=Name.URI, URI=String("javascript:" + SECRET.decode())),
    "a form": form,
    "an attachment": attachment,
    "an attachment on the page": attachment_on_the_page,
    "a film": film,
    "a chain": chained,
    "content elsewhere": elsewhere,
}


def stray() -> bytes:
    """A script to which nothing leads; some readers find it all the same."""
    return with_table(
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\n",
        b"4 0 obj<</S/JavaScript/JS(" + SECRET + b")>>endobj\n",
    )


def nested(depth: int) -> bytes:
    """A PDF with an array in an array in an array."""
    return with_table(
        b"1 0 obj<</Type/Catalog/Pages 2 0 R/X 4 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\n",
        b"4 0 obj" + b"[" * depth + b"]" * depth + b"endobj\n",
    )


def with_table(*objects: bytes) -> bytes:
    """These objects with their cross-reference table, as a scanner writes it."""
    body, places = b"%PDF-1.4\n", []
    for one in objects:
        places.append(len(body))
        body += one
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % at for at in places)
    return body + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))


def inflating(size: int, ways: int = 1) -> Change:
    """With a stream that was packed so many times, and unpacks to so many bytes at last."""
    packed = zlib.compress(bytes(size), 1)
    for _ in range(ways - 1):
        packed = zlib.compress(packed, 1)

    def change(made: Pdf) -> None:
        made.pages[0].Contents = pikepdf.Stream(made, packed, Filter=Array([Name.FlateDecode] * ways))

    return change


def huge_picture(made: Pdf) -> None:
    facts = {"Width": 100_000, "Height": 100_000, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
    image = pikepdf.Stream(made, b"\0", Type=Name.XObject, Subtype=Name.Image, **facts)
    made.pages[0].Resources.XObject = Dictionary(Im0=image)


def png_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that would unpack to a picture of that size."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def zipped(**files: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def drawn(kind: str, mode: str = "RGB", **options: object) -> bytes:
    """A picture with a red upper half."""
    image = Image.new("RGB", (40, 60), "#ffffff")
    image.paste("#ff0000", (0, 0, 40, 30))
    written = BytesIO()
    image.convert(mode).save(written, kind, **options)
    return written.getvalue()
