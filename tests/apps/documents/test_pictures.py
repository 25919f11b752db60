"""Pictures that people hand in: drawn anew, upright, and nothing else of the file is left."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from support.nasty import drawn, png_bomb

from yinuo.apps.documents.inspection import JPEG, PNG
from yinuo.apps.documents.pictures import MOST_PIXELS, redrawn
from yinuo.core.errors import Refusal

PLACE = b"45.62,122.84"  # where a phone says that it was


def seen(content: bytes, kind: str) -> Image.Image:
    result = redrawn(content, kind)
    assert isinstance(result, bytes), result
    return Image.open(BytesIO(result))


def code_of(content: bytes, kind: str) -> str:
    result = redrawn(content, kind)
    assert isinstance(result, Refusal)
    return result.code


def exif(orientation: int = 1) -> Image.Exif:
    facts = Image.Exif()
    facts[0x0112] = orientation
    facts[0x010E] = PLACE.decode()
    return facts


def test_where_and_how_a_photo_was_taken_is_gone() -> None:
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + PLACE + b"</x:xmpmeta>"
    photo = drawn("JPEG", exif=exif(), icc_profile=b"profile" + PLACE, comment=PLACE, xmp=xmp)
    assert photo.count(PLACE) == 4
    after = seen(photo, JPEG)
    assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert PLACE not in redrawn(photo, JPEG)  # type: ignore[operator]


def test_what_is_written_in_a_png_is_gone() -> None:
    notes = PngInfo()
    notes.add_text("where", PLACE.decode())
    scan = drawn("PNG", pnginfo=notes, exif=exif())
    assert scan.count(PLACE) == 2
    after = seen(scan, PNG)
    after.load()
    assert after.info == {}
    assert after.convert("RGB").tobytes() == Image.open(BytesIO(scan)).convert("RGB").tobytes()


@pytest.mark.parametrize(
    ("orientation", "red"),
    [(1, (20, 5)), (3, (20, 55)), (6, (55, 20)), (8, (5, 20))],
    ids=["as it lies", "upside down", "turned right", "turned left"],
)
def test_a_photo_stands_upright(orientation: int, red: tuple[int, int]) -> None:
    after = seen(drawn("JPEG", exif=exif(orientation)), JPEG)
    assert after.size == ((40, 60) if orientation in (1, 3) else (60, 40))
    pixel = after.getpixel(red)
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200
    assert pixel[1] < 60


def test_a_photo_with_nonsense_for_exif_is_kept_as_it_lies() -> None:
    assert seen(drawn("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff nonsense"), JPEG).size == (40, 60)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_is_shown_in_its_colours(mode: str) -> None:
    after = seen(drawn("JPEG", mode), JPEG)
    assert after.mode == ("L" if mode == "L" else "RGB")
    assert after.convert("L").getpixel((20, 50)) > 245  # type: ignore[operator]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_kind_of_png_is_shown_in_its_colours(mode: str) -> None:
    after = seen(drawn("PNG", mode), PNG)
    assert after.mode in ("1", "L", "LA", "RGB", "RGBA")
    light, dark = (after.convert("L").getpixel(at) for at in ((20, 50), (20, 10)))
    assert light > 245  # type: ignore[operator]
    assert dark < 130  # type: ignore[operator]


def test_a_scan_in_sixteen_bits_keeps_its_greys() -> None:
    scan, written = Image.new("I;16", (2, 1), 0xFFFF), BytesIO()
    scan.putpixel((1, 0), 0x4000)
    scan.save(written, "PNG")
    after = seen(written.getvalue(), PNG)
    assert (after.mode, after.getpixel((0, 0)), after.getpixel((1, 0))) == ("L", 255, 0x40)


def test_what_is_see_through_stays_so() -> None:
    palette = Image.new("P", (4, 4), 0)
    written = BytesIO()
    palette.save(written, "PNG", transparency=0)
    assert seen(written.getvalue(), PNG).getpixel((0, 0))[3] == 0  # type: ignore[index]


def test_of_several_pictures_the_first_stays() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("#00ff00", "#ff0000", "#0000ff")]
    film, several = BytesIO(), BytesIO()
    frames[0].save(film, "PNG", save_all=True, append_images=frames[1:])
    frames[0].save(several, "MPO", save_all=True, append_images=frames[1:])
    for content, kind in ((film.getvalue(), PNG), (several.getvalue(), JPEG)):
        after = seen(content, kind)
        assert getattr(after, "n_frames", 1) == 1
        assert after.getpixel((4, 4))[1] > 240  # type: ignore[index]
        assert after.getpixel((4, 4))[0] < 20  # type: ignore[index]


def test_what_was_appended_is_gone() -> None:
    for kind, name in ((JPEG, "JPEG"), (PNG, "PNG")):
        after = redrawn(drawn(name) + b"PK\x03\x04<script>evil()</script>", kind)
        assert isinstance(after, bytes)
        assert b"evil" not in after


def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused() -> None:
    for width, height in ((20_000, 20_000), (MOST_PIXELS + 1, 1), (2**31 - 1, 2**31 - 1)):
        assert len(png_bomb(width, height)) < 100
        assert code_of(png_bomb(width, height), PNG) in ("too-many-pixels", "broken-file")
    assert code_of(png_bomb(20_000, 20_000), PNG) == "too-many-pixels"


def test_a_page_scanned_at_600_dpi_is_not_too_large() -> None:
    scan = BytesIO()
    Image.new("1", (4960, 7016)).save(scan, "PNG")
    assert seen(scan.getvalue(), PNG).size == (4960, 7016)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_half_a_picture_is_refused(part: float) -> None:
    for name, kind in (("PNG", PNG), ("JPEG", JPEG)):
        whole = BytesIO()
        Image.effect_noise((64, 64), 50).save(whole, name)
        assert code_of(whole.getvalue()[: int(len(whole.getvalue()) * part)], kind) == "broken-file"


def test_anything_behind_a_good_beginning_is_answered() -> None:
    for seed in range(60):
        noise = bytes((seed * 31 + n * n * 7) % 256 for n in range(400))
        assert code_of(b"\xff\xd8\xff" + noise, JPEG) == "broken-file"
        assert code_of(b"\x89PNG\r\n\x1a\n" + noise, PNG) == "broken-file"
