"""Throwing away a document that was made and then not issued."""

from __future__ import annotations

from django.core.files.storage import default_storage

from yinuo.apps.documents.models import Document


def discard(document: Document) -> None:
    """Row and file."""
    default_storage.delete(document.path)
    document.delete()
