"""The pages that the catalogue makes, as somebody who is not signed in gets them in one language."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from yinuo.apps.items.queries import catalogue

LANGUAGES = ("zh-hans", "en")
LISTS = {
    "home", "start", "branches", "branch", "topic", "audience", "letters", "windows", "glossary", "about",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """`language` is one of LANGUAGES; `html` is what the server sent."""

    address: str
    language: str
    html: str

    @property
    def size(self) -> int:
        """In bytes, as sent before any compression."""
        return len(self.html.encode())

    def __str__(self) -> str:
        return f"{self.address} ({self.language})"


def public_pages(language: str) -> list[Page]:
    """The home page and every list that links lead to from there, with its further pages; every guide."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    lists = _lists(client, language)
    guides = [_fetched(client, f"/items/{item}/", language) for item in catalogue().items]
    return [*lists, *guides]


def _lists(client: Client, language: str) -> list[Page]:
    found: dict[str, Page] = {}
    ahead = ["/"]
    while ahead:
        address = ahead.pop()
        if address not in found:
            found[address] = _fetched(client, address, language)
            ahead += filter(_is_list, _links(found[address]))
    return list(found.values())


def _fetched(client: Client, address: str, language: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return Page(address, language, response.content.decode())


def _links(page: Page) -> Iterator[str]:
    for link in re.findall(r'<a\b[^>]*\bhref="([^"#]+)"', page.html):
        yield urljoin(page.address, html.unescape(link))


def _is_list(address: str) -> bool:
    """The same list narrowed by a query is no page of its own; turned to its next page it is."""
    parts = urlsplit(address)
    if parts.netloc or not re.fullmatch(r"(page=\d+)?", parts.query):
        return False
    try:
        return resolve(parts.path).url_name in LISTS
    except Resolver404:
        return False
