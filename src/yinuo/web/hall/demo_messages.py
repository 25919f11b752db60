"""The text messages of the demo, so that its visitors can read their codes. There in the demo only."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

NEWEST = 30
INBOX = "text-messages.jsonl"  # where the gateway of the demo keeps what it is given


def demo_messages(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    return render(request, "hall/demo_messages.html", {"rows": _newest()})


def _newest() -> list[dict[str, Any]]:
    """The newest first; a line that is being written is not there yet."""
    path = settings.DATA / INBOX
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [row for line in reversed(lines[-NEWEST:]) if (row := _row(line)) is not None]


def _row(line: str) -> dict[str, Any] | None:
    try:
        message = json.loads(line)
        return {"to": message["to"], "text": message["text"], "at": datetime.fromisoformat(message["at"])}
    except (ValueError, KeyError, TypeError):
        return None
