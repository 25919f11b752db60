"""A picture drawn anew from its pixels: nothing else of the file is kept.

Where and with which phone it was taken (EXIF, XMP), colour profiles, comments, further frames and whatever
was appended to it are gone; it stands upright. Made for files that may be hostile: call it through
`confinement.clean_picture`, which bounds memory and time.
"""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from yinuo.apps.documents.inspection import JPEG
from yinuo.core.errors import Refusal

MOST_PIXELS = 60_000_000  # a page scanned at 600 dpi has about 35 million
QUALITY = 90  # of a JPEG: small print stays legible, and the file about as large as the phone made it
KEPT_MODES = {JPEG: ("L", "RGB"), "image/png": ("1", "L", "LA", "RGB", "RGBA")}


def redrawn(content: bytes, kind: str) -> bytes | Refusal:
    """The same picture in the same format. `too-many-pixels` before anything is unpacked, or `broken-file`.

    Of an animation or a file of several pictures (APNG, MPO) the first one stays.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=["JPEG", "MPO"] if kind == JPEG else ["PNG"]) as image:
                if image.width * image.height > MOST_PIXELS:
                    return Refusal("too-many-pixels")
                return _drawn_anew(image, kind)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return Refusal("too-many-pixels")
    except Exception:  # a decoder that was fed with anything fails in any way
        return Refusal("broken-file")


def _drawn_anew(image: Image.Image, kind: str) -> bytes:
    image.load()
    upright = _plain(_upright(image), kind)
    upright.info = {}
    drawn = BytesIO()
    if kind == JPEG:
        upright.save(drawn, "JPEG", quality=QUALITY)
    else:
        upright.save(drawn, "PNG")
    return drawn.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the phone was held; as it lies in the file where its EXIF is garbage."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # as above
        return image


def _plain(image: Image.Image, kind: str) -> Image.Image:
    """In a colour mode that every browser shows, without a palette; what is see-through stays so in a PNG."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if kind != JPEG and "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in KEPT_MODES[kind] else image.convert("RGB")
