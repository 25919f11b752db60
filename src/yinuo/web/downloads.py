"""Files on their way out: never run by the browser, never kept by anybody between."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from yinuo.apps.documents.models import Upload
from yinuo.apps.documents.queries import handed_out
from yinuo.core.errors import Refusal
from yinuo.web import errors, sentences


def as_download(body: bytes, content_type: str, name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def handed_in(request: HttpRequest, stored: Upload) -> HttpResponse:
    """A file of an applicant, for whoever may see it: not before it was checked, and never with a virus."""
    body = handed_out(stored)
    if isinstance(body, Refusal):
        return errors.locked(request, sentences.refusal(body))
    return as_download(body, stored.content_type, stored.name, inline=True)
