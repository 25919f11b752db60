"""Which language the page is in, and texts in it."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import get_language

from yinuo.catalogue.wording import Language
from yinuo.core.form import Text


def language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "zh"


def said(text: Text | Literal[""] | None) -> str:
    """A text of the catalogue in the language of the page."""
    if not text:  # a template gives "" for what is not there
        return ""
    return text.said(language())
