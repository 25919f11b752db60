"""Forms that are sent to an address which cannot be opened as a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST


def signed_in_post(act: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """By POST, and signed in. Whoever is not signed in comes back to the page that had the form."""

    @require_POST
    @wraps(act)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return act(request, *args, **kwargs)
        return redirect_to_login(_came_from(request))

    return guarded


def _came_from(request: HttpRequest) -> str:
    """The path of the page before this one, if it was one of ours."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return "/"
    return f"{page.path}?{page.query}" if page.query else page.path or "/"
