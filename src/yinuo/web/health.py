"""For whoever watches the machine: alive, and ready to serve."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from yinuo.apps.items.queries import NothingPublishedError, catalogue


def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


def ready(request: HttpRequest) -> JsonResponse:
    """503 with the reason while the database or the catalogue is not there."""
    try:
        connection.ensure_connection()
        items = len(catalogue().entries)
    except (DatabaseError, NothingPublishedError, OSError) as error:
        return JsonResponse({"ready": False, "why": type(error).__name__}, status=503)
    return JsonResponse({"ready": True, "items": items})
