"""What may be asked of a page: to show it, or to take a form. Anything else is refused unseen."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from yinuo.web.api.door import ROOT as API

OF_PAGES = ("GET", "HEAD", "POST")


class KnownMethods:
    """TRACE and whatever else nobody wrote an answer for get 405. The API refuses by itself, as a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in OF_PAGES or request.path.startswith(API):
            return self.get_response(request)
        return HttpResponseNotAllowed(OF_PAGES)
