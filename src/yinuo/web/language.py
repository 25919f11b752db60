"""Which language the page is in, and texts in it."""

from __future__ import annotations

from django.utils.translation import get_language

from yinuo.catalogue.wording import Language
from yinuo.core.form import Text


def language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "zh"


def said(text: Text | None) -> str:
    """A text of the catalogue in the language of the page."""
    if text is None:
        return ""
    return text.en if language() == "en" else text.zh
