"""Files that people hand in, and documents that the office makes."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Upload(models.Model):
    """A file of an applicant. Its content lies in the storage under `path`, which names nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()


class Document(models.Model):
    """A result that was issued. `seal` is the code behind its QR; `revoked_at` ends its validity."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.CharField(max_length=60, db_index=True)
    query_code = models.CharField(max_length=12, db_index=True)
    item = models.CharField(max_length=60)
    seal = models.CharField(max_length=400)
    facts = models.CharField(max_length=32, db_index=True)
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120)
    issued_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)
