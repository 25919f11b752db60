"""Reading files and documents, and asking whether a document is still good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import F, Q, QuerySet

from yinuo.apps.documents.models import Check, Document, Upload
from yinuo.apps.documents.seal_code import SealCode, decode
from yinuo.apps.documents.signing import FileSigner, Signer
from yinuo.apps.mandates.queries import covered
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def verify_page() -> str:
    """The public address at which a document is checked; it stands on every paper."""
    return f"{settings.ORIGIN.rstrip('/')}/verify/"


@lru_cache(maxsize=1)
def signer() -> Signer:
    """Whoever signs for this bureau. Raises FileNotFoundError when no authority was made."""
    return FileSigner(settings.DATA / "keys" / "authority")


def uploads(ids: Iterable[str]) -> dict[str, Upload]:
    wanted = [UUID(one) for one in ids if _is_uuid(one)]
    return {str(one.pk): one for one in Upload.objects.filter(pk__in=wanted)}


def own_uploads(ids: Iterable[str], person: Person, today: date) -> dict[str, Upload]:
    """As `uploads`, but only what this person handed in, or what was handed in for whom they act today."""
    wanted = [UUID(one) for one in ids if _is_uuid(one)]
    own = Q(principal="", person=person) | covered(person, today)
    return {str(one.pk): one for one in Upload.objects.filter(own, pk__in=wanted)}


def own_files(person: Person) -> set[str]:
    """The ids of all that a person uploaded for themselves."""
    return {str(pk) for pk in Upload.objects.filter(person=person, principal="").values_list("pk", flat=True)}


def left_behind(moment: datetime) -> QuerySet[Upload]:
    """Uploaded before a moment, and in no case; an application that is still open may name it."""
    return Upload.objects.filter(handed_in=False, uploaded_at__lt=moment).order_by("uploaded_at", "pk")


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def content(stored: Upload | Document) -> bytes:
    with default_storage.open(stored.path) as file:
        return bytes(file.read())


def handed_out(stored: Upload) -> bytes | Refusal:
    """The content for whoever may see it: `being-checked` until the scanner has answered, `locked-file`."""
    if stored.state == Check.WAITING:
        return Refusal("being-checked")
    return Refusal("locked-file") if stored.state == Check.INFECTED else content(stored)


def sound(provided: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """By material, the files that are not infected; a material with no other one is not there."""
    given = {key: list(ids) for key, ids in provided.items()}
    bad = {
        key
        for key, one in uploads(i for ids in given.values() for i in ids).items()
        if one.state == Check.INFECTED
    }
    left = {key: [i for i in ids if i not in bad] for key, ids in given.items()}
    return {key: ids for key, ids in left.items() if ids}


def to_check() -> QuerySet[Upload]:
    """What a scanner has not looked at: first what waits for it, and of that what was tried longest ago."""
    return Upload.objects.filter(state__in=(Check.WAITING, Check.UNSCANNED)).order_by(
        "-state", F("checked_at").asc(nulls_first=True), "uploaded_at"
    )


def document_of(case: str) -> Document | None:
    """The latest document of a case."""
    return Document.objects.filter(case=case).order_by("-issued_on", "-pk").first()


def result_file(document: str) -> bytes | None:
    """The PDF of a document by its id, None where there is none any more."""
    stored = Document.objects.filter(pk=document).first()
    try:
        return content(stored) if stored and stored.path else None
    except FileNotFoundError:
        return None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the public may know of a document: that it was issued, and whether it still holds."""

    seal: SealCode
    revoked_at: datetime | None
    issued_on: date


def standing(code: str) -> Standing | Refusal:
    """Whether a code is ours and its document holds: `not-a-code`, `bad-signature`, `not-issued`.

    A receipt is made anew whenever somebody asks for it and is not kept: its signature vouches for it.
    """
    seal = decode(code, signer().public_key)
    if isinstance(seal, Refusal):
        return seal
    if seal.kind == "receipt":
        return Standing(seal, None, seal.issued_on)
    document = Document.objects.filter(facts=seal.facts, query_code=seal.number).first()
    if document is None:
        return Refusal("not-issued")
    return Standing(seal, document.revoked_at, document.issued_on)
