"""Throwing an application away before it was handed in, with the files that were uploaded for it."""

from __future__ import annotations

from django.db import transaction

from yinuo.apps.cases.keeping import named_files
from yinuo.apps.cases.models import Draft
from yinuo.apps.documents.actions.discard_uploads import discard_uploads
from yinuo.core.errors import Refusal


def discard_draft(draft: Draft) -> Refusal | None:
    with transaction.atomic():
        files = named_files(draft.provided)
        deleted, _ = Draft.objects.filter(pk=draft.pk, case__isnull=True).delete()
        if not deleted:
            return Refusal("already-submitted")
        discard_uploads(files)
    return None
