"""Whether the files and their rows are still what was stored: every fault in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from yinuo.apps.documents.models import Document, Upload
from yinuo.apps.documents.queries import content, signer, uploads
from yinuo.apps.documents.seal_code import SealCode, decode
from yinuo.apps.vault.errors import VaultError


def results(case: str, issued: Sequence[Mapping[str, object]], revoked: datetime | None) -> Iterator[str]:
    """The documents of a case against what its `issued` events say, and its revocation against theirs."""
    said = {str(one["document"]): one for one in issued}
    for pk in Document.objects.filter(case=case).values_list("pk", flat=True):
        event = said.pop(str(pk), None)
        if event is None:
            yield f"document {pk} was issued by no event"
            continue
        yield from (f"document {pk} {what}" for what in _result(pk, event, revoked))
    yield from (f"document {key} is gone" for key in said)


def _result(pk: UUID, event: Mapping[str, object], revoked: datetime | None) -> Iterator[str]:
    try:
        row = Document.objects.get(pk=pk)
        seal = decode(row.seal, signer().public_key)
        if row.sha256 != event["sha256"]:
            yield "has another sha256 in its row than in its event"
        if not isinstance(seal, SealCode) or _vouched(seal) != _vouched(row):
            yield "does not say what its code says"
        if row.revoked_at != revoked:
            yield "was revoked at another time in its row than in the events"
    except Exception as error:  # a row that was changed by hand fails in any way
        yield f"cannot be read ({type(error).__name__})"
        return
    if _digest(row) != event["sha256"]:
        yield "is not the file that was issued"


def _vouched(one: SealCode | Document) -> tuple[object, ...]:
    number = one.number if isinstance(one, SealCode) else one.query_code
    return (number, one.item, one.issued_on, one.facts)


def files() -> Iterator[str]:
    """Every file that was stored, against the size and the hash in its row; an infected one may be gone."""
    for pk in Upload.objects.exclude(path="").order_by("pk").values_list("pk", flat=True).iterator():
        try:
            row = Upload.objects.get(pk=pk)
            if _digest(row) != row.sha256 or len(content(row)) != row.size:
                yield f"upload {pk} is not the file that was handed in"
        except Exception as error:  # as above
            yield f"upload {pk} cannot be read ({type(error).__name__})"


def missing(ids: Iterable[str]) -> Iterator[str]:
    """Files that a case names and nobody has."""
    wanted = set(ids)
    yield from (f"upload {key} is gone" for key in sorted(wanted - uploads(wanted).keys()))


def cases() -> set[str]:
    """The numbers of all cases that any document belongs to."""
    return set(Document.objects.values_list("case", flat=True).distinct())


def _digest(stored: Upload | Document) -> str:
    """Of the file; empty where there is none, or where its seal is broken."""
    try:
        return hashlib.sha256(content(stored)).hexdigest()
    except (OSError, ValueError, VaultError):
        return ""
