"""Files that go into a case: from now on they are kept and thrown away with it."""

from __future__ import annotations

from collections.abc import Iterable

from yinuo.apps.documents.models import Upload


def hand_in(ids: Iterable[str]) -> None:
    Upload.objects.filter(pk__in=list(ids), handed_in=False).update(handed_in=True)
