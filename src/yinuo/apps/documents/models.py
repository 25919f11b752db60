"""Files that people hand in, and documents that the office makes."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from yinuo.apps.vault.fields import SealedText


class Check(models.TextChoices):
    """What is known of a file. `waiting`: nobody opens it before the scanner has looked at it. `unscanned`:
    it came while no scanner was set up, and is opened all the same."""

    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"
    UNSCANNED = "unscanned"


class Upload(models.Model):
    """A file of an applicant. Its content lies in the storage under `path`, which names nobody.

    `sha256` and `size` are of the content as it is stored: cleaned, not as it came. `checked_at`: when the
    scanner was last asked. `threat`: what it calls what it found. What was infected loses its `path` later.
    `handed_in`: a case holds it, and it goes with the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    principal = models.CharField(max_length=60, blank=True)  # for whom; empty: for oneself
    item = models.CharField(max_length=60, blank=True)  # of what, where it is for somebody else
    name = SealedText()
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()
    handed_in = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=Check.choices, default=Check.UNSCANNED)
    checked_at = models.DateTimeField(null=True)
    threat = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                name="upload_left_behind",
                condition=Q(handed_in=False),
            ),
            models.Index(
                fields=["checked_at"],
                name="upload_to_check",
                condition=Q(state__in=["waiting", "unscanned"]),
            ),
            models.Index(fields=["checked_at"], name="upload_infected", condition=Q(state="infected")),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it may be handed out."""
        return self.state in (Check.CLEAN, Check.UNSCANNED)


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
