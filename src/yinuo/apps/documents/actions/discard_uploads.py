"""Deleting files that were uploaded for an application that was thrown away."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.storage import default_storage

from yinuo.apps.documents.queries import own_uploads
from yinuo.apps.people.models import Person


def discard_uploads(ids: Iterable[str], *, person: Person) -> int:
    """Delete the person's own files among these; returns how many there were."""
    found = own_uploads(ids, person)
    for stored in found.values():
        default_storage.delete(stored.path)
        stored.delete()
    return len(found)
