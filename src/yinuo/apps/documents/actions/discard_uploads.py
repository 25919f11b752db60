"""Deleting files that were uploaded for an application that was thrown away."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.storage import default_storage

from yinuo.apps.documents.queries import uploads


def discard_uploads(ids: Iterable[str]) -> int:
    """Delete these files; returns how many there were."""
    found = uploads(ids)
    for stored in found.values():
        if stored.path:
            default_storage.delete(stored.path)
        stored.delete()
    return len(found)
