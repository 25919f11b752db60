"""Text that no keyboard writes and PostgreSQL does not keep: a request with a NUL in it cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse

from yinuo.web.errors import bad_request


class PlainText:
    """Stands last among the middleware, since its page shows who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any("\0" in text for text in _texts(request)):
            return bad_request(request)
        return self.get_response(request)


def _texts(request: HttpRequest) -> Iterator[str]:
    """Everything of a request that may reach the database as text."""
    yield request.path_info
    for given in (request.GET, request.POST):
        for key, values in given.lists():
            yield key
            yield from map(str, values)
