"""Taking a file in: its size, its type by content, and a name that cannot hurt."""

from __future__ import annotations

import hashlib
import re
import uuid
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from yinuo.apps.documents.inspection import EXTENSIONS, content_type
from yinuo.apps.documents.models import Upload
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

_UNSAFE = re.compile(r"[^\w.\- ()（）]+")


def upload(file: UploadedFile[bytes], *, person: Person, now: datetime) -> Upload | Refusal:
    """The stored file; `too-large`, or the codes of `inspection.content_type`."""
    if (file.size or 0) > settings.LARGEST_UPLOAD:
        return Refusal("too-large", facts={"most_mb": settings.LARGEST_UPLOAD // 1024 // 1024})
    content = file.read()
    kind = content_type(content)
    if isinstance(kind, Refusal):
        return kind
    key = uuid.uuid4()
    path = default_storage.save(f"uploads/{key.hex[:2]}/{key.hex}", ContentFile(content))
    return Upload.objects.create(
        id=key,
        person=person,
        name=safe_name(file.name or "", kind),
        content_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=path,
        uploaded_at=now,
    )


def safe_name(given: str, kind: str) -> str:
    """The file's own name without folders and odd characters, ending as its content demands."""
    stem = _UNSAFE.sub("_", PurePath(given.replace("\\", "/")).stem).strip(" .")[:80]
    return f"{stem or 'file'}{EXTENSIONS[kind]}"
