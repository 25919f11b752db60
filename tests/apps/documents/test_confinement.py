"""The process in which files of strangers are read: the same result, bounded, and it sees no secret."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from support.nasty import drawn, inflating, nested, on_opening, pdf, png_bomb, with_table

from yinuo.apps.documents import confinement
from yinuo.apps.documents.confinement import clean_pdf, clean_picture
from yinuo.apps.documents.inspection import JPEG, PNG
from yinuo.apps.documents.pdf_cleaning import LARGEST_STREAM, MOST_PAGES, cleaned
from yinuo.apps.documents.pictures import MOST_PIXELS, redrawn
from yinuo.core.errors import Refusal

Reading = Callable[[], bytes | Refusal]
READINGS = [
    pytest.param(lambda: clean_pdf(pdf()), "pdf-too-complex", id="pdf"),
    pytest.param(lambda: clean_picture(drawn("JPEG"), JPEG), "broken-file", id="jpeg"),
    pytest.param(lambda: clean_picture(drawn("PNG"), PNG), "broken-file", id="png"),
]


def refused(result: bytes | Refusal) -> str:
    assert isinstance(result, Refusal)
    return result.code


def test_a_pdf_comes_out_the_same() -> None:
    content = pdf(on_opening)
    assert clean_pdf(content) == cleaned(content)
    result = clean_pdf(pdf(pages=MOST_PAGES + 1))
    assert result == Refusal("too-many-pages", facts={"most": MOST_PAGES})


@pytest.mark.parametrize("kind", [JPEG, PNG])
def test_a_picture_comes_out_the_same(kind: str) -> None:
    content = drawn(kind.removeprefix("image/").upper())
    assert clean_picture(content, kind) == redrawn(content, kind)
    assert isinstance(clean_picture(content, kind), bytes)
    assert refused(clean_picture(content[:60], kind)) == "broken-file"
    assert refused(clean_picture(png_bomb(20_000, 20_000), PNG)) == "too-many-pixels"


@pytest.mark.parametrize(("mode", "kind"), [("RGB", JPEG), ("RGBA", PNG)])
def test_the_largest_picture_finds_room(mode: str, kind: str) -> None:
    largest = BytesIO()
    Image.new(mode, (6_000, MOST_PIXELS // 6_000)).save(largest, kind.removeprefix("image/").upper())
    result = clean_picture(largest.getvalue(), kind)
    assert isinstance(result, bytes)
    assert Image.open(BytesIO(result)).size == (6_000, 10_000)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_in_no_time() -> None:
    started = time.monotonic()
    for ways in (1, 2):
        bomb = pdf(inflating(LARGEST_STREAM + 2, ways), stream_decode_level=pikepdf.StreamDecodeLevel.none)
        assert len(bomb) < 2 * 1024 * 1024
        assert refused(clean_pdf(bomb)) == "pdf-too-complex"
    assert time.monotonic() - started < confinement.SECONDS


def test_very_deep_nesting_is_answered() -> None:
    result = clean_pdf(nested(200_000))
    assert isinstance(result, bytes)
    assert b"[" * 100 not in result


def test_a_page_tree_that_leads_back_to_itself_is_answered() -> None:
    ring = with_table(
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n",
    )
    assert refused(clean_pdf(ring)) == "broken-file"


@pytest.mark.parametrize(("read", "code"), READINGS)
def test_a_process_that_takes_too_long_is_ended(
    read: Reading, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confinement, "SECONDS", 0.01)
    assert refused(read()) == code


@pytest.mark.parametrize(("read", "code"), READINGS)
def test_the_process_does_not_see_the_secrets_of_the_server(
    read: Reading, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A stand-in for Python writes down what it is given."""
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\nenv > {tmp_path}/seen\n")
    spy.chmod(0o755)
    monkeypatch.setenv("YINUO_SECRET_KEY", "a secret")
    monkeypatch.setattr(confinement.sys, "executable", str(spy))
    assert refused(read()) == code
    assert "YINUO" not in (tmp_path / "seen").read_text()
