"""What an uploaded file really is: decided by its content, whatever its name says."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from yinuo.core.errors import Refusal

IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png"}
MOST_PIXELS = 60_000_000  # a page scanned at 600 dpi has about 35 million
EXTENSIONS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}


def content_type(content: bytes) -> str | Refusal:
    """`application/pdf`, `image/jpeg` or `image/png`; otherwise `empty-file`, `wrong-type` or `broken-file`,
    and `too-many-pixels` for a picture that would unpack to more than anybody scans."""
    if not content:
        return Refusal("empty-file")
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf(content)
    return _image(content)


def _pdf(content: bytes) -> str | Refusal:
    try:
        pages = PdfFileReader(BytesIO(content), strict=False).root["/Pages"]["/Count"]
    except (PdfError, KeyError, ValueError, TypeError, IndexError, RecursionError, OSError, AttributeError):
        return Refusal("broken-file")
    return "application/pdf" if int(pages) > 0 else Refusal("broken-file")


def _image(content: bytes) -> str | Refusal:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=list(IMAGES)) as image:
                if image.width * image.height > MOST_PIXELS:
                    return Refusal("too-many-pixels")
                kind = IMAGES[str(image.format)]
                image.load()
    except UnidentifiedImageError:
        return Refusal("wrong-type")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return Refusal("too-many-pixels")
    except (OSError, ValueError, SyntaxError):
        return Refusal("broken-file")
    return kind
