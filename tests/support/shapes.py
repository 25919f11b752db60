"""Which pages have something in them that no page before them had: the others are built of the same parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from support.public_pages import Page

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b([^>]*)>(?=\s*(</)?)")
TELLING = frozenset({"class", "role", "type", "lang", "scope"})  # attributes of which the value matters too
ATTRIBUTE = re.compile(r'([a-z][\w:.-]*)(?:="([^"]*)")?')
EMPTY = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
Part = tuple[object, ...]


def of_new_parts(pages: Iterable[Page]) -> list[Page]:
    """A part is an element with its class, role and so on, the names of its attributes, and whether it is
    empty, below the elements it stands in, in a language; that it stands there several times is a part of
    its own."""
    seen: set[Part] = set()
    chosen = []
    for page in pages:
        parts = set(_parts(page))
        if not parts <= seen:
            seen |= parts
            chosen.append(page)
    return chosen


def _parts(page: Page) -> Iterator[Part]:
    """Of HTML in which the validator finds nothing, so that every element is ended."""
    open_, once = [("", _place(None, page.language))], set()
    for is_end, tag, attributes, is_empty in TAG.findall(page.html):
        if is_end:
            while open_.pop()[0] != tag:
                pass
            continue
        here = _place(open_[-1][1], f"{tag} {_named(attributes)} {is_empty}")
        yield here, here in once
        once.add(here)
        if tag not in EMPTY:
            open_.append((tag, here))


@cache
def _place(parent: object, element: str) -> object:
    """The same object for the same element in the same place."""
    return object()


@cache
def _named(attributes: str) -> str:
    found = ATTRIBUTE.findall(attributes)
    return " ".join(sorted(f"{name}={value}" if name in TELLING else name for name, value in found))
