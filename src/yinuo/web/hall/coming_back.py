"""Whoever sends a form after their session has ended signs in, and what they had typed is still there."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yinuo.web.hall.signing_in.by_password import came_back
from yinuo.web.kept import TOKEN


class ComingBack:
    """Instead of off to the sign-in page, which would lose the form: the sign-in page with the form in it.

    Nothing is stored. The form has passed the check of its token, so a page of ours sent it. The desk has its
    own way (`web/posting.py`), for staff sign in with a second factor.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return came_back(request) if _is_lost(request, response) else response


def _is_lost(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether something that was typed in the hall ends at the sign-in page."""
    if request.method != "POST" or response.status_code != 302:
        return False
    if request.path.startswith(("/desk/", "/board/")):
        return False
    has_words = any(name != TOKEN for name in request.POST)
    sign_in = reverse("sign-in")
    leads_there = urlsplit(response["Location"]).path == sign_in and not request.path.startswith(sign_in)
    return has_words and leads_there and not request.user.is_authenticated
