"""For search engines: which pages there are, and which are nobody's but the applicant's and the staff's."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yinuo.apps.items.queries import edition
from yinuo.catalogue.loading import Catalogue
from yinuo.core.clock import SHANGHAI
from yinuo.web.addresses import public

CLOSED = ("/desk/", "/board/", "/apply/", "/cases/", "/rate/", "/r/")
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that the catalogue makes. Both languages share one address: cookie or browser chooses."""
    made = edition()
    day = made.published_at.astimezone(SHANGHAI).date().isoformat()
    pages = "".join(
        f"<url><loc>{escape(address)}</loc><lastmod>{day}</lastmod></url>\n"
        for address in _pages(made.catalogue)
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_SCHEMA}">\n{pages}</urlset>\n'
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _pages(served: Catalogue) -> Iterator[str]:
    items = served.items.values()
    yield from (public(name) for name in ("home", "branches", "windows", "figures", "open-data"))
    branches, topics = {item.branch for item in items}, {key for item in items for key in item.topics}
    yield from (public("branch", key) for key in served.city.branches if key in branches)
    yield from (public("topic", topic.key) for topic in served.topics if topic.key in topics)
    yield from (public("guide", item.id) for item in items)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = "".join(f"Disallow: {path}\n" for path in CLOSED)
    text = f"User-agent: *\n{closed}\nSitemap: {public('sitemap')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
