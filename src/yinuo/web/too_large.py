"""Requests that are too large are refused by what they say of their length, before any lies on the disk."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from yinuo.web.errors import too_large

PIECE = 64 * 1024
PATIENCE = 4  # times the limit: so much is let run out, for browsers read no answer while they still send


class TooLarge:
    """Stands before everything that reads a form, and after what its page shows. A request that says no
    length has no body (PEP 3333)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _length(request) <= settings.LARGEST_REQUEST:
            return self.get_response(request)
        _let_run_out(request)
        return too_large(request)


def _length(request: HttpRequest) -> int:
    told = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(told) if told.isdecimal() else 0


def _let_run_out(request: HttpRequest) -> None:
    """Read and thrown away piece by piece: nothing is kept."""
    left = settings.LARGEST_REQUEST * PATIENCE
    while left > 0 and (piece := request.read(min(PIECE, left))):
        left -= len(piece)
