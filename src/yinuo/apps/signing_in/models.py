"""One-time codes that were asked for, and the accounts that an identity provider knows."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from yinuo.apps.people.models import BY_PHONE
from yinuo.apps.vault.fields import BlindIndex, SealedText

BY_SUBJECT = "link.subject"  # the purpose of the blind index


class Purpose(models.TextChoices):
    """What a code is good for; it is good for nothing else."""

    REGISTER = "register"
    SIGN_IN = "sign-in"
    RESET = "reset"
    PHONE = "phone"
    CLOSE = "close"


class Code(models.Model):
    """One code that was asked for. The digits are not kept, only their digest.

    The row is there whether or not a message went out: nobody can tell by it who has an account. `person` is
    whose number is to change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    phone = SealedText()
    phone_index = BlindIndex(of="phone", purpose=BY_PHONE)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone_index", "purpose"], name="code_of_phone")]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Link(models.Model):
    """The account that belongs to a subject of an identity provider (OpenID Connect Core 1.0, 5.7)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="links")
    issuer = models.CharField(max_length=300)
    subject = SealedText()
    subject_index = BlindIndex(of="subject", purpose=BY_SUBJECT)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("issuer", "subject_index", name="one_account_per_subject")]

    def __str__(self) -> str:
        return f"link {self.pk}"
