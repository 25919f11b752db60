"""PDFs that people hand in: whatever acts in them is gone, whatever they show is there."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from support.nasty import (
    ACTIVE,
    SECRET,
    Change,
    chained,
    huge_picture,
    inflating,
    link,
    nested,
    on_opening,
    pdf,
    stray,
)

from yinuo.apps.documents.pdf_cleaning import LARGEST_STREAM, MOST_PAGES, cleaned
from yinuo.apps.documents.signing import FileSigner
from yinuo.core.errors import Refusal

WORDS_OF_ACTION = (
    b"/JavaScript",
    b"/JS",
    b"/Launch",
    b"/SubmitForm",
    b"/ImportData",
    b"/GoToR",
    b"/OpenAction",
)
WORDS_OF_ACTION += (b"/AA", b"/EmbeddedFile", b"/RichMedia", b"/XFA", b"javascript:", b"/FileAttachment")


def kept(content: bytes) -> bytes:
    result = cleaned(content)
    assert isinstance(result, bytes), result
    return result


def refused(result: bytes | Refusal) -> str:
    assert isinstance(result, Refusal)
    return result.code


def spread_out(content: bytes) -> bytes:
    """Everything in clear: no object and no stream packed."""
    written = BytesIO()
    with pikepdf.open(BytesIO(content)) as opened:
        opened.save(
            written,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
        )
    return written.getvalue()


@pytest.mark.parametrize("change", ACTIVE.values(), ids=ACTIVE)
def test_whatever_acts_is_gone(change: Change) -> None:
    content = pdf(change)
    assert SECRET in spread_out(content)
    left = spread_out(kept(content))
    assert SECRET not in left
    assert [word for word in WORDS_OF_ACTION if word in left] == []


def test_also_where_nothing_leads_to_it() -> None:
    assert SECRET in stray()
    assert SECRET not in kept(stray())


def test_also_where_it_is_packed_into_an_object_stream() -> None:
    content = pdf(on_opening, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"/JavaScript" not in content
    assert b"/JavaScript" not in spread_out(kept(content))


def test_what_is_on_the_pages_stays() -> None:
    before, after = (
        pypdfium2.PdfDocument(pdf(chained, pages=3)),
        pypdfium2.PdfDocument(kept(pdf(chained, pages=3))),
    )
    assert len(after) == 3
    for one, other in zip(before, after, strict=True):
        assert other.get_textpage().get_text_bounded().strip() == "page"
        assert one.render().to_pil().tobytes() == other.render().to_pil().tobytes()


def test_a_web_link_to_click_on_and_a_step_to_another_page_stay() -> None:
    left = spread_out(kept(pdf(link(S=Name.URI, URI=String("https://example.org/")))))
    assert b"https://example.org/" in left
    assert b"/GoTo" in spread_out(kept(pdf(link(S=Name.GoTo, D=Array([0, Name.Fit])))))


def test_what_is_about_the_document_goes() -> None:
    def about(made: Pdf) -> None:
        made.docinfo["/Author"] = String("Wang Shulan")
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = ["Wang Shulan"]

    assert b"Wang" in spread_out(pdf(about))
    assert b"Wang" not in spread_out(kept(pdf(about)))


def test_a_polyglot_is_only_a_pdf_afterwards() -> None:
    both = b"<script>evil()</script>\n" + pdf() + b"PK\x03\x04 and an archive"
    left = kept(both)
    assert left.startswith(b"%PDF-")
    assert b"evil" not in left
    assert b"PK" not in left


@pytest.mark.parametrize("owner", ["", "owner"])
def test_a_locked_file_is_refused_with_a_way_out(owner: str) -> None:
    locked = pdf(encryption=pikepdf.Encryption(owner=owner or "a", user="" if owner else "word"))
    assert refused(cleaned(locked)) == "pdf-encrypted"


def test_half_a_file_is_refused_and_not_mended() -> None:
    whole = pdf(pages=20)
    for part in (0.3, 0.6, 0.95):
        assert refused(cleaned(whole[: int(len(whole) * part)])) == "broken-file"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n%%EOF", "broken-file"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF", "broken-file"),
        (pdf(lambda made: made.pages.__delitem__(0)), "broken-file"),
        (pdf(pages=MOST_PAGES + 1), "too-many-pages"),
        (pdf(huge_picture), "too-many-pixels"),
        (nested(100), "pdf-too-complex"),
        (pdf(inflating(LARGEST_STREAM + 1)), "pdf-too-complex"),
    ],
    ids=["empty", "noise", "without a page", "too long", "a huge picture", "nested", "inflating"],
)
def test_what_no_reader_should_open_is_refused(content: bytes, code: str) -> None:
    assert refused(cleaned(content)) == code


def test_a_font_with_the_name_of_an_action_is_not_lost_silently() -> None:
    def rename(made: Pdf) -> None:
        fonts = made.pages[0].Resources.Font
        fonts["/JS"] = fonts.F1

    assert refused(cleaned(pdf(rename))) == "pdf-too-complex"


def test_as_many_pages_as_allowed_are_kept() -> None:
    assert len(pypdfium2.PdfDocument(kept(pdf(pages=MOST_PAGES)))) == MOST_PAGES


def test_a_signed_file_stays_byte_for_byte(signed: bytes) -> None:
    assert cleaned(signed) == signed


def test_a_signed_file_in_which_something_acts_is_refused(signer: FileSigner) -> None:
    for name, change in ACTIVE.items():
        signed = signer.sign_pdf(pdf(change), reason="test", field="Test")
        assert refused(cleaned(signed)) == "signed-and-active", name


def test_a_signed_file_that_is_also_something_else_is_refused(signed: bytes) -> None:
    assert refused(cleaned(signed + b"PK\x03\x04")) == "signed-and-active"
    assert refused(cleaned(b"<html>" + signed)) == "signed-and-active"


def test_cleaning_twice_changes_nothing_more() -> None:
    once = kept(pdf(chained))
    assert kept(once) == once


def test_a_dictionary_of_actions_may_be_shared() -> None:
    def shared(made: Pdf) -> None:
        action = made.make_indirect(Dictionary(S=Name.Launch, F=String(SECRET.decode())))
        made.Root.OpenAction = action
        link(S=Name.GoTo, D=Array([0, Name.Fit]), Next=action)(made)

    assert SECRET not in spread_out(kept(pdf(shared)))
