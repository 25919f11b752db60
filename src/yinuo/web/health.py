"""For whoever watches the machine: alive, ready to serve, and its numbers."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST

from yinuo.apps.documents.scanning import presence
from yinuo.apps.items.queries import NothingPublishedError, catalogue
from yinuo.web.measuring import measured


def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


def ready(request: HttpRequest) -> JsonResponse:
    """503 with the reason while the database or the catalogue is not there.

    The virus scanner is only told of: without it pages are served, and files wait.
    """
    try:
        connection.ensure_connection()
        items = len(catalogue().entries)
    except (DatabaseError, NothingPublishedError, OSError) as error:
        return JsonResponse({"ready": False, "why": type(error).__name__}, status=503)
    return JsonResponse({"ready": True, "items": items, "scanner": presence()})


def metrics(request: HttpRequest) -> HttpResponse:
    """For whoever has the token; for everybody else, and where none is set, there is no such page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse(measured(), content_type=CONTENT_TYPE_LATEST)
