"""Taking a file in: what it is by its content, asking the scanner, and keeping a cleaned copy of it."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from yinuo.apps.documents.confinement import clean_pdf, clean_picture
from yinuo.apps.documents.file_names import safe_name
from yinuo.apps.documents.inspection import PDF, kind_of
from yinuo.apps.documents.models import Check, Upload
from yinuo.apps.documents.scanning import scan
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

log = structlog.get_logger("yinuo.uploads")

STATES = {"clean": Check.CLEAN, "none": Check.UNSCANNED}  # else it waits for the worker


def upload(
    file: UploadedFile[bytes], *, person: Person, now: datetime, principal: str = "", item: str = ""
) -> Upload | Refusal:
    """The stored file. `too-large`, `infected-file`, or the codes of `inspection.kind_of`,
    `pictures.redrawn` and `pdf_cleaning.cleaned`.

    The scanner sees the file as it came. Where it does not answer in time, the cleaned copy waits for it.
    """
    if (file.size or 0) > settings.LARGEST_UPLOAD:
        return Refusal("too-large", facts={"most_mb": settings.LARGEST_UPLOAD // 1024 // 1024})
    given = file.read()
    kind = kind_of(given)
    if isinstance(kind, Refusal):
        return kind
    verdict = scan(given)
    if verdict.said == "infected":
        log.warning("infected file refused", threat=verdict.threat)
        return Refusal("infected-file")
    content = clean_pdf(given) if kind == PDF else clean_picture(given, kind)
    if isinstance(content, Refusal):
        return content
    key = uuid.uuid4()
    path = default_storage.save(f"uploads/{key.hex[:2]}/{key.hex}", ContentFile(content))
    return Upload.objects.create(
        id=key,
        person=person,
        principal=principal,
        item=item if principal else "",
        name=safe_name(file.name or "", kind),
        content_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=path,
        uploaded_at=now,
        state=STATES.get(verdict.said, Check.WAITING),
        checked_at=None if verdict.said == "none" else now,
    )
