"""Keeping what was filled in, right or wrong: nothing that somebody typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yinuo.apps.cases.keeping import named_files
from yinuo.apps.cases.models import Draft
from yinuo.apps.documents.actions.discard_uploads import discard_uploads
from yinuo.core.errors import Refusal
from yinuo.core.form import Answer

LONGEST = 20_000
MOST_FILES = 6  # of one material


def save_draft(
    draft: Draft,
    *,
    now: datetime,
    answers: Mapping[str, Answer | None] | None = None,
    provided: Mapping[str, list[str]] | None = None,
    unit: str | None = None,
) -> Draft | Refusal:
    """Merge answers (None takes one out), uploads by material and the chosen unit into the draft.

    A file that was taken out is deleted: nothing needs it any more.
    """
    with transaction.atomic():
        fresh = Draft.objects.select_for_update().get(pk=draft.pk)
        if fresh.case_id is not None:
            return Refusal("already-submitted")
        merged = {**fresh.answers, **{key: _short(value) for key, value in (answers or {}).items()}}
        fresh.answers = {key: value for key, value in merged.items() if value is not None}
        before = named_files(fresh.provided)
        fresh.provided = {key: ids for key, ids in {**fresh.provided, **(provided or {})}.items() if ids}
        fresh.unit = fresh.unit if unit is None else unit
        fresh.changed_at = now
        fresh.save(update_fields=["answers", "provided", "unit", "changed_at"])
        discard_uploads(before - named_files(fresh.provided))
    return fresh


def _short(value: Answer | None) -> Answer | None:
    """Far beyond any limit of a field, so that the page can still say that it is too long."""
    return value[:LONGEST] if isinstance(value, str) else value
